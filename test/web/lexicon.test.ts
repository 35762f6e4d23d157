import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeywordList, KeywordVersion } from '../../src/surfaces/web/lexicon-api.ts';
import { openWebBench, type Person, type WebBench } from './support.ts';

let bench: WebBench;
let mei: Person;
let lea: Person;
let drafter: Person;

beforeAll(async () => {
  bench = await openWebBench();
  mei = await bench.signIn();
  lea = await bench.signIn('Lea', 'lead');
  drafter = await bench.signIn('Dan', 'drafter');
});
afterAll(() => bench.close());

const keyword = (phrase: string, over: object = {}) => ({
  phrase,
  problemType: 'fees',
  weight: 3,
  off: false,
  ...over,
});
const list = async (): Promise<KeywordList> => (await mei.get('/lexicon')).json;
const put = (who: Person, before: unknown, own: unknown) =>
  who.ask('/lexicon', { method: 'PUT', body: { before, own } });
const history = async (): Promise<KeywordVersion[]> => (await mei.get('/lexicon/history')).json;
const said = ({ own }: KeywordList) => own.map(({ by: _, at: __, ...rest }) => rest);

describe('the keyword list', () => {
  it('shows what came along in both languages, for leads alone', async () => {
    const { came, own } = await list();
    expect(own).toEqual([]);
    expect(came).toContainEqual({ phrase: '手续费', problemType: 'fees', weight: 3, language: 'zh' });
    expect(new Set(came.map(({ language }) => language))).toEqual(new Set(['en', 'zh']));
    expect((await drafter.get('/lexicon')).status).toBe(403);
    expect((await put(drafter, [], [])).status).toBe(403);
  });

  it('is changed with an author, and holds nothing that says no more than what came along', async () => {
    const asked = [
      keyword(' spread  too wide '),
      keyword('Spread too wide', { weight: 2 }),
      keyword('手續費', { off: true }),
      keyword('年费'),
    ];
    const answer = await put(lea, [], asked);
    expect([answer.status, said(answer.json)]).toEqual([
      200,
      [keyword('Spread too wide', { weight: 2 }), keyword('手续费', { off: true })],
    ]);
    expect(answer.json.own[0]).toMatchObject({ by: 'Lea' });
    expect((await bench.store.audit(0, 1000)).at(-1)).toMatchObject({
      actor: 'Lea',
      action: 'keywords-changed',
      detail: { keywords: ['Spread too wide', '手续费'] },
    });
  });

  it('keeps the author of what a colleague leaves as it is, and is not saved over their change', async () => {
    const before = said(await list());
    const answer = await put(mei, before, [...before, keyword('margin call')]);
    expect(answer.json.own.map(({ by }: { by: string }) => by)).toEqual(['Lea', 'Lea', 'Mei']);
    const late = await put(lea, before, []);
    expect([late.status, late.json.error.code]).toEqual([409, 'conflict']);
    expect(said(await list())).toHaveLength(3);
  });

  it.each([
    [keyword('..'), /cannot be found/],
    [keyword('充值 .. !'), /cannot be found/],
    [keyword('fine', { problemType: 'weather' }), /no problem type "weather"/],
  ])('refuses %o in words', async (wrong, words) => {
    const answer = await put(mei, said(await list()), [wrong]);
    expect([answer.status, answer.json.error.code]).toEqual([422, 'invalid-keyword']);
    expect(answer.json.error.message).toMatch(words);
  });

  it('tells who changed what, and goes back in one step', async () => {
    const [newest, first] = await history();
    expect(newest).toMatchObject({ by: 'Mei', changes: [{ phrase: 'margin call', after: { weight: 3, off: false } }] });
    expect(first?.changes).toEqual([
      { phrase: 'Spread too wide', problemType: 'fees', after: { weight: 2, off: false } },
      { phrase: '手续费', problemType: 'fees', after: { weight: 3, off: true } },
    ]);
    const back = await mei.post('/lexicon/back', { revision: first?.revision });
    expect(said(back.json)).toHaveLength(2);
    expect((await history())[0]).toMatchObject({ by: 'Mei', changes: [{ phrase: 'margin call', before: {} }] });
    expect((await mei.post('/lexicon/back', { revision: 9999 })).json.error.code).toBe('unknown-version');
  });

  it('is tried on the last mentions: which keyword stands where, and what would be sorted otherwise', async () => {
    for (const text of ['the glimmer of my quill', '一笔手续费被收了两次', 'thank you all, great app']) {
      await bench.heard({ text });
    }
    const before = said(await list());
    const own = [...before.filter(({ phrase }) => phrase !== '手续费'), keyword('glimmer'), keyword('my quill')];
    const { json } = await mei.post('/lexicon/try', { own });
    expect(json).toMatchObject({
      looked: 3,
      retagged: 1,
      types: expect.arrayContaining([{ type: 'fees', gained: 1, lost: 0 }]),
    });
    expect(json.words).toEqual(
      expect.arrayContaining([
        { phrase: 'glimmer', problemType: 'fees', found: 1 },
        { phrase: '手续费', problemType: 'fees', found: 1 },
      ]),
    );
    expect(json.examples[0]).toMatchObject({ text: 'the glimmer of my quill', to: 'fees' });
    expect(json.examples[1]).toMatchObject({ text: '一笔手续费被收了两次' });
    expect(said(await list())).toEqual(before);
    expect((await mei.post('/lexicon/try', { own: before })).json).toMatchObject({
      words: [],
      retagged: 0,
      examples: [],
    });
  });
});
