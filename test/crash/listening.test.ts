import { spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LocalDiscord } from '../platforms/discord.ts';
import { until } from '../platforms/open-discord.ts';
import { onSqlite } from './records.ts';

/** In the words of `listening-child.ts`. */
const MOMENTS = ['before emit', 'after emit', 'before save', 'after save'];

it('killed at every step of listening, with people writing all the time: none missed, none doubled', {
  timeout: 120_000,
}, async () => {
  const platform = await LocalDiscord.start();
  const help = platform.world.addRoom(platform.world.addGuild('Acorn Wallet'), 'help');
  const records = await onSqlite();
  let said = 0;
  const say = (count: number) => {
    for (let n = 0; n < count; n++) platform.say(help, `lena_${n % 7}`, `message ${said++}`);
  };
  const live = (kill: { at?: string; on?: number } = {}) => {
    const where = { STORE: records.at, PLATFORM: platform.url, KILL_AT: kill.at ?? '', KILL_ON: String(kill.on ?? 1) };
    const child = spawn(process.execPath, [join(import.meta.dirname, 'listening-child.ts')], {
      env: { ...process.env, ...where },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return { child, ended: event(child, 'exit') };
  };
  const stored = async () => (await records.store.statuses())[0]?.stored ?? 0;
  try {
    for (const [round, at] of [...MOMENTS, ...MOMENTS].entries()) {
      say(3);
      const { ended } = live({ at, on: 1 + (round % 3) });
      const writing = setInterval(() => say(2), 15);
      const [, signal] = await ended;
      expect(signal, at).toBe('SIGKILL');
      clearInterval(writing);
    }
    say(5);
    const { child, ended } = live();
    await platform.gateway.reached(platform.gateway.identified + 1);
    say(5);
    await until(records.store, async () => (await stored()) >= said);
    child.kill('SIGKILL');
    await ended;
    const ids = [...platform.world.messages.values()].map(({ channel, id }) => `${channel}/${id}`);
    expect((await records.store.known('discord', ids)).size).toBe(said);
    expect(await stored()).toBe(said);
    expect(platform.gateway.resumed).toBe(0);
  } finally {
    await platform.close();
    await records.remove();
  }
});
