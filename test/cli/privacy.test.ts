import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { type Home, jsonLines, openHome } from './support.ts';

let home: Home;
beforeAll(async () => {
  home = await openHome();
  const posts = jsonLines([
    { id: '1', text: 'My top-up failed, card 4111 1111 1111 1111', author: 'invented_ann' },
    { id: '2', text: '充值一直不到账', author: 'Invented_Ann' },
    { id: '3', text: 'The fee is too high', author: 'invented_ben' },
  ]);
  await writeFile(join(home.dir, 'posts.jsonl'), posts);
  await home.run(['import', 'posts.jsonl']);
});
afterAll(() => home.close());

const held = async () => {
  const { out } = await home.run(['queue', '--all', '--json']);
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).mention.nativeId as string);
};
const all = (...more: string[]) => ['--connector', 'archive', ...more];

describe('what is held about one author', () => {
  it('is handed out whole, one mention a line, and that is recorded', async () => {
    const before = (await home.run(['audit', 'verify', '--json'])).json[0].events;
    const { code, json } = await home.run(['export', ...all('--author', '@INVENTED_ann')]);
    expect(code).toBe(0);
    expect(json.map(({ mention }) => mention.text).sort()).toEqual([
      'My top-up failed, card 4111 1111 1111 1111',
      '充值一直不到账',
    ]);
    expect(json[0]).toMatchObject({ assessment: {}, drafts: [{ revision: 1 }], notes: [], history: [] });
    expect((await home.run(['audit', 'verify', '--json'])).json[0].events).toBe(before + 1);
  });

  it('comes with what was said of the account', async () => {
    const store = await openSqliteStore(join(home.data, 'earshot.db'));
    const { rows } = await store.queue({ limit: 9, author: { connector: 'archive', is: 'invented_ben' } });
    const account = { connector: 'archive', authorId: rows[0]?.mention.author.id ?? '' };
    const audit = { at: 5, actor: 'Ada', action: 'scammer-cleared', subject: 'suspects', detail: {} };
    await store.judgeSuspect({ ...account, from: 'suspected', to: 'cleared', audit });
    await store.close();
    const { json } = await home.run(['export', ...all('--author', 'invented_ben')]);
    expect(json).toMatchObject([{ judged: { state: 'cleared', by: 'Ada', at: 5 } }]);
  });

  it('is recorded before a word of it is out, also for whoever breaks off', async () => {
    const events = async () => (await home.run(['audit', 'verify', '--json'])).json[0].events;
    const before = await events();
    const child = home.begin(['export', ...all('--author', 'invented_ann')]);
    child.stdout?.destroy();
    await once(child, 'close');
    expect(await events()).toBe(before + 1);
  });

  it('is erased on request, and not before it was said how much it is', async () => {
    const asked = await home.run(['erase', ...all('--author', 'invented_ann')]);
    expect(asked.out).toContain('2 mentions would be erased');
    expect(await held()).toHaveLength(3);
    expect((await home.run(['erase', ...all('--author', 'invented_ann', '--yes', '--json')])).json).toEqual([
      { found: 2, erased: 2 },
    ]);
    expect((await home.run(['queue', '--all', '--json'])).json.map(({ mention }) => mention.author.handle)).toEqual([
      'invented_ben',
    ]);
    expect((await home.run(['import', 'posts.jsonl', '--json'])).json[0]).toMatchObject({ added: 0 });
  });

  it('or mention by mention', async () => {
    const [last = ''] = await held();
    expect((await home.run(['erase', ...all('--native-id', last, 'unknown', '--yes')])).out).toContain(
      '1 mentions erased',
    );
    expect(await held()).toEqual([]);
    expect((await home.run(['erase', ...all('--native-id', last)])).out).toContain('Nothing of this is held.');
  });

  it.each([
    [3, ['erase', '--connector', 'nowhere', '--author', 'x'], /There is no connector "nowhere"/],
    [3, ['erase', '--connector', 'archive'], /either whose mentions/],
    [2, ['erase', '--author', 'x'], /--connector/],
    [2, ['export', '--connector', 'archive'], /--author/],
  ])('ends with %i and says what is missing: %s', async (code, words, sentence) => {
    expect(await home.run(words)).toMatchObject({ code, err: expect.stringMatching(sentence) });
  });
});
