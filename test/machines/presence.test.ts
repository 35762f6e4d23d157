import { once } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PresenceEvent } from '../../src/surfaces/web/api.ts';
import { Fleet, type Machine } from './fleet.ts';

/** Each machine is a process of its own, and other tests run beside them. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const PATIENCE = { timeout: 60_000, interval: 100 };

let fleet: Fleet;
beforeEach(async () => {
  fleet = await Fleet.open();
});
afterEach(() => fleet.close());

/** Somebody who signed in at one machine, with the inbox open there. */
async function openInbox({ link }: Machine) {
  const url = new URL(link);
  const json = { 'content-type': 'application/json' };
  const signedIn = await fetch(new URL('/api/v1/session', url), {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ key: url.searchParams.get('key') }),
  });
  expect(signedIn.status).toBe(204);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const leaving = new AbortController();
  const headers = { cookie, accept: 'text/event-stream' };
  const events = await fetch(new URL('/api/v1/events', url), { headers, signal: leaving.signal });
  let people: PresenceEvent['people'] = [];
  void follow(events, (presence) => {
    people = presence.people;
  }).catch(() => {});
  return {
    /** As the page shows it. */
    at: () => people.map(({ mentionId }) => mentionId).toSorted(),
    look: (mentionId: string | null) =>
      fetch(new URL('/api/v1/presence', url), {
        method: 'POST',
        headers: { ...json, cookie },
        body: JSON.stringify({ mentionId }),
      }),
    leave: () => leaving.abort(),
  };
}

async function follow({ body }: Response, hear: (presence: PresenceEvent) => void): Promise<void> {
  let waiting = '';
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    waiting += new TextDecoder().decode(chunk);
    const events = waiting.split('\n\n');
    waiting = events.pop() ?? '';
    for (const event of events) {
      const data = /^event: presence\ndata: (.*)$/m.exec(event)?.[1];
      if (data) hear(JSON.parse(data));
    }
  }
}

it('who looks at a mention is seen by those who have the inbox open on another machine', async () => {
  const [one, two] = await Promise.all([fleet.start('one', 'web'), fleet.start('two', 'web')]);
  const here = await openInbox(one);
  const there = await openInbox(two);
  await expect.poll(() => there.at(), PATIENCE).toEqual([null, null]);
  await here.look('m1');
  await there.look('m2');
  await expect.poll(() => there.at(), PATIENCE).toEqual(['m1', 'm2']);
  await expect.poll(() => here.at(), PATIENCE).toEqual(['m1', 'm2']);

  // Cut off for a moment: what was said meanwhile is told again.
  two.proxy.cut();
  await here.look('m3');
  two.proxy.mend();
  await expect.poll(() => there.at(), PATIENCE).toEqual(['m2', 'm3']);

  // A machine that starts later is told who is here, and those whose machine stops are gone.
  const late = await openInbox(await fleet.start('three', 'web'));
  await expect.poll(() => late.at(), PATIENCE).toEqual(['m2', 'm3', null].toSorted());
  const ended = once(one.child, 'close');
  one.child.kill('SIGTERM');
  await ended;
  await expect.poll(() => late.at(), PATIENCE).toEqual(['m2', null].toSorted());
  late.leave();
  await expect.poll(() => there.at(), PATIENCE).toEqual(['m2']);
  there.leave();
});
