import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPersonal } from '../../src/stages/classify/index.ts';
import type { SettingsAnswer, SettingsVersion } from '../../src/surfaces/web/settings-api.ts';
import { openWebBench, type Person, type WebBench } from './support.ts';

let bench: WebBench;
let mei: Person;
let lea: Person;

beforeAll(async () => {
  bench = await openWebBench();
  mei = await bench.signIn();
  lea = await bench.signIn('Lea', 'lead');
});
afterAll(() => bench.close());

const sectionOf = ({ sections }: SettingsAnswer, id: string) => sections.find((one) => one.id === id)?.value;
const readSettings = async (): Promise<SettingsAnswer> => (await mei.get('/settings')).json;
const put = (who: Person, section: string, body: unknown) => who.ask(`/settings/${section}`, { method: 'PUT', body });
const versions = async (): Promise<SettingsVersion[]> => (await mei.get('/settings/versions')).json;

describe('the settings', () => {
  it('come with a description of each section, and without what Earshot counts itself', async () => {
    const { sections } = await readSettings();
    const brand = sections.find(({ id }) => id === 'brand');
    expect(brand).toMatchObject({ optional: false, needs: 'settings', value: { product: 'Wallet' } });
    expect(brand?.schema).toMatchObject({
      properties: { product: { description: expect.stringContaining('product') } },
    });
    expect(sections.map(({ id }) => id)).not.toContain('revision');
    expect(sections.find(({ id }) => id === 'discord')).toMatchObject({ optional: true });
  });

  it('are changed a section at a time, with an author, a difference and a line in the audit log', async () => {
    const before = sectionOf(await readSettings(), 'keywords');
    const answer = await put(lea, 'keywords', { before, value: ['Wallet', '钱包'] });
    expect([answer.status, sectionOf(answer.json, 'keywords')]).toEqual([200, ['Wallet', '钱包']]);
    const [newest] = await versions();
    expect(newest).toMatchObject({ by: 'Lea', what: 'changed keywords' });
    expect(newest?.difference).toEqual([
      { path: 'keywords.0', after: 'Wallet' },
      { path: 'keywords.1', after: '钱包' },
    ]);
    expect((await bench.store.audit(0, 1000)).slice(-1)).toMatchObject([
      { actor: 'Lea', action: 'settings-changed', detail: { section: 'keywords', revision: newest?.revision } },
    ]);
  });

  it('are not saved over what a colleague saved meanwhile', async () => {
    const before = sectionOf(await readSettings(), 'schedules');
    expect((await put(lea, 'schedules', { before, value: { pull: '*/15 * * * *' } })).status).toBe(200);
    const late = await put(mei, 'schedules', { before, value: { pull: '0 * * * *' } });
    expect([late.status, late.json.error.code]).toEqual([409, 'conflict']);
    expect(sectionOf(await readSettings(), 'schedules')).toEqual({ pull: '*/15 * * * *' });
    // Another section is not in the way.
    expect((await put(mei, 'team', { before: [], value: [{ name: 'Lin' }] })).status).toBe(200);
  });

  it('that cannot be used are refused, each with its place', async () => {
    const before = sectionOf(await readSettings(), 'brand');
    const answer = await put(mei, 'brand', { before, value: { product: '', helpUrl: 'not an address' } });
    expect([answer.status, answer.json.error.code]).toEqual([422, 'invalid-settings']);
    expect(answer.json.error.message).toMatch(/^brand\.product: .+\nbrand\.helpUrl: Write a full web address/);
    expect((await put(mei, 'nothing', { value: 1 })).status).toBe(404);
    expect((await put(mei, 'sources', { value: [] })).status).toBe(404);
  });

  it.each([
    ['en', /Too small/],
    ['zh-Hans', /数值过小/],
    ['zh-Hant', /數值過小/],
  ])('say in %s what is wrong, also where nobody wrote a sentence for it', async (lang, words) => {
    const value = { paceSeconds: 0, closeAfterQuietHours: 24 };
    const headers = { 'accept-language': lang };
    const { status, json } = await lea.ask('/settings/incidents', { method: 'PUT', body: { value }, headers });
    expect([status, json.error.code]).toEqual([422, 'invalid-settings']);
    expect(json.error.message).toMatch(/^incidents\.paceSeconds: /);
    expect(json.error.message).toMatch(words);
  });

  it('that decide who decides are for admins, whichever way they are changed', async () => {
    const before = sectionOf(await readSettings(), 'review');
    const value = { secondApprover: false, secondApproverRole: 'approver' };
    const refused = await put(lea, 'review', { before, value });
    expect([refused.status, refused.json.error.code]).toEqual([403, 'no-right']);
    const [now] = await versions();
    expect((await put(mei, 'review', { before, value })).status).toBe(200);

    const back = await lea.post(`/settings/versions/${now?.revision}/restore`);
    expect([back.status, back.json.error.code]).toEqual([403, 'no-right']);
    expect(sectionOf(await readSettings(), 'review')).toEqual(value);
    const again = await mei.post(`/settings/versions/${now?.revision}/restore`);
    expect([again.status, sectionOf(again.json, 'review')]).toEqual([200, before]);
  });
});

describe('going back', () => {
  it('shows what it would change, does it as a change of its own, and can be taken back itself', async () => {
    const [start] = await versions();
    const before = sectionOf(await readSettings(), 'brand');
    await put(lea, 'brand', { before, value: { ...(before as object), product: 'Purse', signature: 'Team' } });
    const way = (await mei.get(`/settings/versions/${start?.revision}`)).json;
    expect(way).toEqual([
      { path: 'brand.product', before: 'Purse', after: 'Wallet' },
      { path: 'brand.signature', before: 'Team' },
    ]);
    const restored = await lea.post(`/settings/versions/${start?.revision}/restore`);
    expect([restored.status, sectionOf(restored.json, 'brand')]).toEqual([200, before]);
    const [newest, between] = await versions();
    expect(newest).toMatchObject({ by: 'Lea', what: `restored version ${start?.revision}` });
    await lea.post(`/settings/versions/${between?.revision}/restore`);
    expect(sectionOf(await readSettings(), 'brand')).toMatchObject({ product: 'Purse' });
  });

  it('to what is not kept is refused', async () => {
    const answer = await mei.post('/settings/versions/999/restore');
    expect([answer.status, answer.json.error.code]).toEqual([404, 'unknown-version']);
  });
});

describe('keywords', () => {
  it('are tried on the last mentions: which contain them, in any width and case, with personal data covered', async () => {
    const text = 'The ＷＡＬＬＥＴ lost my top-up, card 4111 1111 1111 1111';
    await bench.drafted({ text }, { personal: findPersonal(text) });
    await bench.drafted({ text: '钱包充值不到账' });
    await bench.drafted({ text: 'Nothing to see here' });
    const { json } = await lea.post('/settings/keywords/try', { words: ['wallet', ' 钱包 ', 'purse', ''] });
    expect(json).toMatchObject({
      looked: 3,
      found: 2,
      words: [
        { word: 'wallet', found: 1 },
        { word: '钱包', found: 1 },
        { word: 'purse', found: 0 },
      ],
    });
    expect(json.examples.map((one: { words: string[] }) => one.words)).toEqual([['钱包'], ['wallet']]);
    expect(JSON.stringify(json)).not.toContain('4111');
  });
});
