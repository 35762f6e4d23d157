import { afterEach, describe, expect, it } from 'vitest';
import { createCollector, listen } from '../../../src/stages/collect/index.ts';
import { until } from '../../platforms/open-discord.ts';
import { asked, collect, deps, open, platform, setUpTelegram, store, texts, users } from './support.ts';

setUpTelegram();

const lives: (() => Promise<void>)[] = [];
// Runs first, being named last: before the platform goes away.
afterEach(async () => void (await Promise.all(lives.splice(0).map((end) => end()))));

/** Listens as the server process does, until it is ended. */
function live(source = open(), parts = deps) {
  const stop = new AbortController();
  const collector = createCollector(parts);
  const ended = listen(source, parts, collector, { since: 0, signal: stop.signal });
  const end = async () => {
    stop.abort();
    await ended;
  };
  lives.push(end);
  return { source, collector, end };
}
const heard = (text: string) => until(store, async () => (await texts()).includes(text));

describe('a live connection', () => {
  it('hears what is said while it waits, and lets Telegram forget it once it is stored', async () => {
    live();
    platform.say(users, 'lena', 'before');
    await heard('before');
    await platform.waiting();
    platform.say(users, 'lena', 'while it waits');
    await heard('while it waits');
    await platform.waiting();
    expect(platform.pending).toBe(0);
    expect(await store.cursor('telegram')).toMatchObject({ offset: platform.nextUpdate });
  });

  it('makes room for a pull of its own process, and never quarrels with itself', async () => {
    const { source, collector } = live();
    await platform.waiting();
    const signal = AbortSignal.timeout(60_000);
    expect(await collector.collect(source, { since: 0, signal, asked: true })).toMatchObject({ state: 'ok' });
    await platform.waiting();
    expect(platform.conflicts).toBe(0);
  });

  it('ends at once when it is told to', async () => {
    const { end } = live();
    await platform.waiting();
    await end();
    const before = asked('getUpdates').length;
    await collect();
    expect(asked('getUpdates').length).toBeGreaterThan(before);
  });
});
