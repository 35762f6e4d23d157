import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../../src/kit/index.ts';
import { readAll, scratch } from './reading.ts';
import { type Post, packings, writers } from './writers.ts';

const save = scratch();

/** Pieces that readers of files stumble over, between ordinary words of both languages and any characters at all. */
const awkward = fc.constantFrom(
  'top-up failed',
  '充值失败',
  '"',
  '""',
  ',',
  ';',
  '\n',
  '\r\n',
  '\t',
  '\\',
  '\\"',
  '{',
  '}]',
  '"messages":[',
  'From me Fri Oct 2 08:15:00 2026',
  '>From here',
  '\nFrom there',
  '&amp;',
  '<b>',
  '\u202Eabc',
  '\u0000',
  '👩‍👩‍👧',
  '=\n',
);
const text = fc
  .array(
    fc.oneof(awkward, fc.string({ unit: 'grapheme', maxLength: 8 }), fc.string({ unit: 'binary', maxLength: 4 })),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(' '))
  .filter((words) => cleanText(words.toWellFormed()) !== '');
const posts = fc
  .array(fc.record({ text, at: fc.integer({ min: 1e9, max: 2e9 }), author: fc.stringMatching(/^[a-z]{3,9}$/) }), {
    maxLength: 25,
  })
  .map((list): Post[] => list.map((post, index) => ({ ...post, id: index + 1, at: post.at * 1000 })));

describe.each(Object.keys(writers))('%s', (format) => {
  const { name, write, nativeId } = writers[format] as (typeof writers)[string];
  // E-mail names the encoding of each part itself, so a mailbox has no encoding of its own.
  const fitting = Object.keys(packings).filter((packing) => format !== 'mbox' || !/utf-16|mark/.test(packing));

  it('reads back every record, at any page size and from any cursor', async () => {
    await fc.assert(
      fc.asyncProperty(
        posts.filter(({ length }) => length > 0),
        fc.constantFrom(...fitting),
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }),
        async (list, packing, pageSize, restarts) => {
          const { suffix, pack } = packings[packing] as (typeof packings)[string];
          const file = save(name + suffix, pack(write(list).toWellFormed()));
          const { found, skipped, notices } = await readAll(
            { file, pageSize, format },
            (page) => restarts[page % restarts.length] ?? false,
          );
          expect(skipped).toEqual([]);
          expect(found.map((mention) => mention.nativeId)).toEqual(list.map(nativeId));
          expect(found.map((mention) => cleanText(mention.text))).toEqual(
            list.map((post) => cleanText(post.text.toWellFormed())),
          );
          expect(found.map(({ saidAt }) => saidAt)).toEqual(list.map(({ at }) => at));
          expect(notices.at(-1)).toContain(`${list.length} mentions`);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is recognised by its content, whatever the file is called', async () => {
    const list = [{ id: 1, author: 'fern', text: '余额不对', at: 1_790_000_000_000 }];
    const { found } = await readAll({ file: save('unnamed', write(list)) });
    expect(found.map(({ text }) => text)).toEqual(['余额不对']);
    expect(found[0]?.nativeId).toBe(nativeId(list[0] as Post).replace(name, 'unnamed'));
  });
});
