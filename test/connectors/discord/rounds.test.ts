import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCollector } from '../../../src/stages/collect/index.ts';
import { LocalDiscord } from '../../platforms/discord.ts';
import { RandomTrouble } from '../../platforms/discord-faults.ts';
import { type Room, TYPE } from '../../platforms/discord-world.ts';
import { openDiscord } from '../../platforms/open-discord.ts';
import { HandClock, quiet, temporaryStore } from '../../platforms/open-forum.ts';

/** What may happen, in any order. The number says where, or how much. */
const EVENTS = ['say', 'flood', 'open', 'archive', 'delete', 'close', 'pull', 'restart', 'later'] as const;
const story = fc.array(fc.tuple(fc.constantFrom(...EVENTS), fc.nat({ max: 7 })), { minLength: 5, maxLength: 40 });

it('whatever happens in whatever order, each message that still stands is heard once', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(story, async (events) => {
      const platform = await LocalDiscord.start();
      const disk = await temporaryStore();
      const clock = new HandClock();
      const { world } = platform;
      const guild = world.addGuild('Acorn Wallet');
      const rooms = ['help', 'general'].map((name) => world.addRoom(guild, name));
      const forum = world.addRoom(guild, 'questions', TYPE.forum);
      const threads: Room[] = [];
      const since = clock.now() - 1_000;
      const deps = { store: disk.store, clock, log: quiet, ourHandles: () => [], random: () => 0 };
      const begin = () => ({ source: openDiscord(platform, { clock }), collector: createCollector(deps) });
      let life = begin();
      const pull = async () => {
        const options = { since, signal: new AbortController().signal, asked: true };
        const { state, until } = await life.collector.collect(life.source, options);
        if (state !== 'ok') clock.pass(Math.max(1_000, (until ?? 0) - clock.now()));
        return state === 'ok';
      };
      const say = (place: Room, count: number) => {
        for (let n = 0; n < count; n++) {
          clock.pass(50);
          world.say(place, 'lena', `message ${world.messages.size}`, { at: clock.now() });
        }
      };
      platform.trouble = new RandomTrouble(0.03, events.length);
      platform.trouble.kinds = [{ answer: 500 }, { answer: 'reset' }, { answer: 429, seconds: 1 }];

      for (const [event, n] of events) {
        const places = [...rooms, ...threads];
        const place = places[n % places.length] as Room;
        clock.pass(20);
        if (event === 'say') say(place, 1 + n);
        if (event === 'flood') say(place, 90 + 10 * n);
        if (event === 'open')
          threads.push(world.addThread(n % 2 ? forum : (rooms[0] as Room), `t${n}`, 'kim', 'first', clock.now()));
        if (event === 'archive' && place.type === TYPE.thread) place.archivedAt = clock.now();
        if (event === 'delete') world.remove(world.in(place.id).at(-1)?.id ?? '');
        if (event === 'close') (rooms[1] as Room).denied[n % 2 ? 'add' : 'delete']('history');
        if (event === 'pull') await pull();
        if (event === 'restart') life = begin();
        if (event === 'later') clock.pass(n * 60_000);
      }
      for (const room of rooms) room.denied.clear();
      // The first round that ends well may be one that began before the last messages; the second knows them all.
      for (const _ of ['ending', 'whole']) for (let tries = 0; tries < 60 && !(await pull()); tries++);

      const ids = [...world.messages.values()].map(({ channel, id }) => `${channel}/${id}`);
      const known = await disk.store.known('discord', ids);
      await platform.close();
      await disk.remove();
      expect(ids.filter((id) => !known.has(id))).toEqual([]);
    }),
    { numRuns: 25 },
  );
});
