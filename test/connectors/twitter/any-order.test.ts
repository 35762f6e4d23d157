import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aroundX, HOUR, MINUTE, SECOND } from './support.ts';

/** What can happen to a source, in any order. */
const happening = fc.oneof(
  fc.record({ say: fc.integer({ min: 1, max: 12 }), lateMinutes: fc.constantFrom(0, 4) }),
  fc.record({ passSeconds: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 4000 })) }),
  fc.record({ pages: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ fault: fc.constantFrom(...(['reset', 'half-body', 500, 'html', 429] as const)) }),
  fc.constant({ forget: true }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

it('hears every post, whatever happens in whatever order', { timeout: 60_000 }, async () => {
  const story = fc.array(happening, { minLength: 5, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(story, async (happenings: Happening[]) => {
      await using around = await aroundX({ options: { pageSize: 10, searches: ['OKPay'] } });
      const heard = new Set<string>();
      const pull = async () => {
        const page = await around.page().catch(() => undefined);
        for (const { nativeId } of page?.found ?? []) heard.add(nativeId);
        return page?.more ?? false;
      };
      for (const now of happenings) {
        if ('say' in now) {
          const listedAt = around.clock.time + now.lateMinutes * MINUTE;
          for (let n = 0; n < now.say; n++) around.x.say('mei', n % 2 ? `@OKPayHelp ${n}` : `OKPay ${n}`, { listedAt });
        } else if ('passSeconds' in now) around.clock.time += now.passSeconds * SECOND;
        else if ('pages' in now) for (let n = 0; n < now.pages; n++) await pull();
        else if ('fault' in now) around.x.failNext(/GET/, { fault: now.fault });
        else around.x.forgetTokens();
      }
      around.x.onRequest = () => undefined;
      for (let reading = 0; reading < 2; reading++) {
        around.clock.time += HOUR;
        while (await pull());
      }
      expect(around.x.posts.all.filter(({ id }) => !heard.has(id)).map(({ text }) => text)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});
