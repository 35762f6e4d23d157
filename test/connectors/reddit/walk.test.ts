import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HandClock } from '../../platforms/open-forum.ts';
import { openReddit } from '../../platforms/open-reddit.ts';
import { RedditPlatform, type Thing } from '../../platforms/reddit.ts';
import { HOUR, read } from './support.ts';

/** What people do between two requests. Numbers choose whom it concerns. */
const event = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('say' as const), count: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), which: fc.nat(40) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'poll' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 90 }) }) },
);

it('whatever is said and deleted between any two requests: what stays is heard, or lies in a named hole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 12 }),
      fc.array(fc.nat(25), { maxLength: 20 }),
      async (events, during) => {
        const clock = new HandClock();
        const platform = await new RedditPlatform(() => clock.now()).start();
        try {
          const options = { usernameMentions: false, searches: ['help'], pageSize: 10 };
          const source = openReddit(platform, { clock, options });
          const heard = new Set<string>();
          const holes: { from: number; to: number }[] = [];
          const chances = [...during];
          const deleteOne = (which: number) => {
            const there = platform.things.filter(({ deleted }) => !deleted);
            const thing = there.at(-1 - which);
            if (thing) thing.deleted = 'author';
          };
          let from: Parameters<typeof read>[1] = { since: clock.now() - HOUR };
          const poll = async () => {
            const reading = await read(source, from, () => {
              const which = chances.pop();
              if (which !== undefined) deleteOne(which);
            });
            for (const id of reading.ids) heard.add(id);
            holes.push(...reading.holes);
            from = { cursor: reading.cursor };
          };
          for (const one of events) {
            if (one.kind === 'poll') await poll();
            else if (one.kind === 'pass') clock.pass(one.minutes * 60_000);
            else if (one.kind === 'delete') deleteOne(one.which);
            else for (let n = 0; n < one.count; n++) say(platform, clock);
          }
          await poll();
          const missed = platform.things.filter(({ name, deleted }) => !deleted && !heard.has(name));
          const unexplained = missed.filter(
            ({ created }) => !holes.some(({ from, to }) => created * 1000 >= from - 1000 && created * 1000 <= to),
          );
          expect(unexplained).toEqual([]);
        } finally {
          await platform.close();
        }
      },
    ),
    { numRuns: 40, endOnFailure: true },
  );
});

function say(platform: RedditPlatform, clock: HandClock): Thing {
  clock.pass(1000);
  return platform.post('tester', 'wallets', 'help');
}
