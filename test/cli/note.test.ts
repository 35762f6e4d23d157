import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Home, jsonLines, openHome } from './support.ts';

const WORDS = 'Ask the bank first, their number is 4111 1111 1111 1111';
let home: Home;
let id: string;
let noteId: string;
beforeAll(async () => {
  home = await openHome();
  const found = [{ id: '1', text: 'I was charged twice and my top-up failed', author: 'invented_ann' }];
  await writeFile(join(home.dir, 'found.jsonl'), jsonLines(found));
  await home.run(['import', 'found.jsonl']);
  id = (await home.run(['queue', '--all', '--json'])).json[0].mention.id;
});
afterAll(() => home.close());

it('a note is written from standard input, by the beginning of an id, under a name', async () => {
  const noted = await home.run(['note', id.slice(0, 6), '--as', 'Ada', '--json'], { input: `${WORDS}\n` });
  expect(noted).toMatchObject({ code: 0, json: [{ mentionId: id, by: 'Ada', text: WORDS }] });
  noteId = noted.json[0].id;
});

it('it is shown beside the mention, covered as that is, and is in no reply', async () => {
  const shown = await home.run(['show', id]);
  expect(shown.out).toMatch(/Note by Ada .*, for colleagues: Ask the bank first/);
  expect(shown.out).not.toContain('4111');
  expect(shown.out).toMatch(/Ada {2}noted/);
  const [found] = (await home.run(['show', id, '--json'])).json;
  expect(JSON.stringify(found.drafts)).not.toContain('Ask the bank');
});

it('only its author changes it, and nothing empty is noted', async () => {
  const theirs = await home.run(['note', id, '--replace', noteId, '--text', 'Mine now', '--as', 'Ben']);
  expect(theirs).toMatchObject({ code: 3, err: expect.stringContaining('Ada wrote this note') });
  expect(await home.run(['note', id, '--text', ' '])).toMatchObject({ code: 3, err: expect.stringContaining('empty') });
  expect(await home.run(['note', id, '--remove', 'none'])).toMatchObject({ code: 3 });
});

it('its author puts other words in its place, and takes it away', async () => {
  const changed = await home.run(['note', id, '--replace', noteId, '--text', 'Ask them.', '--as', 'Ada', '--json']);
  expect(changed.json).toMatchObject([{ id: noteId, text: 'Ask them.' }]);
  expect(await home.run(['note', id, '--remove', noteId, '--as', 'Ada'])).toMatchObject({ code: 0 });
  const [found] = (await home.run(['show', id, '--json'])).json;
  expect(found.notes).toEqual([]);
  expect(found.drafts, 'who writes a note has decided nothing').toHaveLength(1);
});
