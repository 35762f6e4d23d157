import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AuthorShape,
  DetailShape,
  SavedViewsShape,
  TemplateOfferShape,
  ViewCountsShape,
} from '../../src/surfaces/web/api.ts';
import { openWebBench, type Person, type WebBench } from './support.ts';

let bench: WebBench;
let mei: Person;
beforeEach(async () => {
  bench = await openWebBench({ priceOf: (_mention, text) => (text.includes('https:') ? 0.2 : 0.01) });
  mei = await bench.signIn();
});
afterEach(() => bench.close());

const CARD = '4111 1111 1111 1111';
const ids = ({ json }: { json: { rows: { mention: { id: string } }[] } }) => json.rows.map(({ mention }) => mention.id);
const put = (who: Person, path: string, body: unknown) => who.ask(path, { method: 'PUT', body });
const remove = (who: Person, path: string) => who.ask(path, { method: 'DELETE' });

describe('the queue is narrowed down', () => {
  it('by who has it: me, nobody, or a person', async () => {
    const [one, two, three] = [await bench.drafted(), await bench.drafted(), await bench.drafted()];
    const assign = (seen: typeof one, to: string) =>
      mei.post(`/mentions/${seen.mention.id}/assign`, { version: seen.mention.version, to });
    await assign(one, 'Mei');
    await assign(two, 'me');
    expect(ids(await mei.get('/queue?assignee=me'))).toEqual([one.mention.id]);
    expect(ids(await mei.get('/queue?assignee=%40Mei'))).toEqual([one.mention.id]);
    expect(ids(await mei.get('/queue?assignee=%40me'))).toEqual([two.mention.id]);
    expect(ids(await mei.get('/queue?assignee=nobody'))).toEqual([three.mention.id]);
    expect(ids(await mei.get('/queue?view=mine&assignee=nobody'))).toEqual([]);
    expect(ids(await mei.get('/queue?view=mine&assignee=me'))).toEqual([one.mention.id]);
  });

  it('by lane, and by how sure the sorting is', async () => {
    const fees = await bench.drafted({}, { unsure: true });
    const fraud = await bench.drafted({}, { problemType: 'security-fraud' });
    expect(ids(await mei.get('/queue?lane=security'))).toEqual([fraud.mention.id]);
    expect(ids(await mei.get('/queue?lane=general'))).toEqual([fees.mention.id]);
    expect(ids(await mei.get('/queue?lane=general&problemType=security-fraud'))).toEqual([]);
    expect(ids(await mei.get('/queue?lane=legal'))).toEqual([]);
    expect(ids(await mei.get('/queue?unsure=false'))).toEqual([fraud.mention.id]);
  });
});

describe('saved views', () => {
  const query = { view: 'waiting', lane: 'security', assignee: 'nobody' };

  it('are mine or the team’s, with their counts', async () => {
    const jun = await bench.signIn('Jun', 'drafter');
    await bench.drafted({}, { problemType: 'security-fraud' });
    await bench.drafted();
    await mei.post('/views', { name: 'Fraud', query, team: true });
    const { json } = await mei.post('/views', { name: 'My Chinese', query: { view: 'waiting', assignee: 'me' } });
    expect(SavedViewsShape.parse(json).views.map(({ name, team, by }) => [name, team, by])).toEqual([
      ['Fraud', true, 'Mei'],
      ['My Chinese', false, 'Mei'],
    ]);
    expect((await jun.get('/views')).json.views.map(({ name }: { name: string }) => name)).toEqual(['Fraud']);
    const [fraud, mine] = json.views;
    const counts = ViewCountsShape.parse((await mei.get('/views/counts')).json);
    expect(counts).toEqual({ [fraud.id]: { count: 1, more: false }, [mine.id]: { count: 0, more: false } });
    expect(Object.keys((await jun.get('/views/counts')).json)).toEqual([fraud.id]);
  });

  it('are counted anew once something changed, and a moment has passed', async () => {
    const { json } = await mei.post('/views', { name: 'All waiting', query: { view: 'waiting' } });
    const count = async () => (await mei.get('/views/counts')).json[json.views[0].id].count;
    expect(await count()).toBe(0);
    await bench.drafted();
    bench.clock.pass(2_001);
    await expect.poll(count).toBe(1);
  });

  it('are changed and taken away by their author, or by a lead where they are the team’s', async () => {
    const jun = await bench.signIn('Jun', 'drafter');
    const ana = await bench.signIn('Ana', 'lead');
    const { id } = (await jun.post('/views', { name: 'Fraud', query, team: true })).json.views[0];
    const own = (await jun.post('/views', { name: 'Own', query })).json.views[1];
    const bo = await bench.signIn('Bo', 'approver');
    const change = { name: 'Fraud first', query, team: true };
    expect((await put(bo, `/views/${id}`, change)).json.error.code).toBe('not-yours');
    expect((await remove(bo, `/views/${id}`)).status).toBe(403);
    const changed = (await put(ana, `/views/${id}`, change)).json.views[0];
    expect(changed).toMatchObject({ id, name: 'Fraud first', by: 'Jun', mayChange: true });
    expect((await jun.get('/views')).json.views).toHaveLength(2);
    expect((await put(ana, `/views/${own.id}`, change)).json.error.code, 'a view that nobody else sees').toBe(
      'unknown-view',
    );
    await remove(ana, `/views/${id}`);
    expect((await jun.get('/views')).json.views).toHaveLength(1);
    const audit = (await bench.store.audit(0, 99)).filter(({ action }) => action.startsWith('view-'));
    expect(audit.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'Jun view-saved',
      'Jun view-saved',
      'Ana view-saved',
      'Ana view-removed',
    ]);
  });

  it('of the team are not made by those who only read, and one name is one view', async () => {
    const vi = await bench.signIn('Vi', 'viewer');
    expect((await vi.post('/views', { name: 'Fraud', query, team: true })).status).toBe(403);
    expect((await vi.post('/views', { name: 'Fraud', query })).status).toBe(200);
    expect((await vi.post('/views', { name: ' FRAUD ', query })).json.error.code).toBe('name-taken');
    for (const body of [{ name: '', query }, { name: 'x', query: { view: 'nowhere' } }, { name: 'x' }]) {
      expect((await vi.post('/views', body)).status).toBe(400);
    }
  });

  it('one of them may be what the inbox opens with', async () => {
    const view = (await mei.post('/views', { name: 'Fraud', query })).json.views[0];
    expect((await mei.get('/me')).json).not.toHaveProperty('start');
    expect((await put(mei, '/views/start', { view: 'urgent' })).json.start).toBe('urgent');
    expect((await mei.get('/me')).json.start).toEqual({ view: 'urgent' });
    await put(mei, '/views/start', { view: view.id });
    expect((await mei.get('/me')).json.start).toEqual(query);
    const jun = await bench.signIn('Jun');
    expect((await put(jun, '/views/start', { view: view.id })).status).toBe(404);
    await remove(mei, `/views/${view.id}`);
    expect((await mei.get('/me')).json).not.toHaveProperty('start');
    expect((await put(mei, '/views/start', { view: null })).json).not.toHaveProperty('start');
  });
});

describe('notes', () => {
  it('are written, changed, taken away and brought back, and stand in the history', async () => {
    const { mention } = await bench.drafted();
    const at = `/mentions/${mention.id}`;
    const written = DetailShape.parse((await mei.post(`${at}/notes`, { text: 'Called her.' })).json);
    expect(written.notes).toMatchObject([{ by: 'Mei', text: 'Called her.', mine: true }]);
    const note = `${at}/notes/${written.notes[0]?.id}`;
    expect((await put(mei, note, { text: 'Called him.' })).json.notes).toMatchObject([{ text: 'Called him.' }]);
    expect((await remove(mei, note)).json.notes).toEqual([]);
    const back = (await mei.post(`${note}/restore`)).json;
    expect(back.notes).toMatchObject([{ text: 'Called him.' }]);
    expect(back.history.map(({ action }: { action: string }) => action)).toEqual([
      'noted',
      'note-edited',
      'note-removed',
      'note-restored',
    ]);
    expect(back.mention.version).toBe(mention.version);
  });

  it('belong to their author, and are read by everybody', async () => {
    const { mention } = await bench.drafted();
    const other = await bench.drafted();
    const at = `/mentions/${mention.id}`;
    const { id } = (await mei.post(`${at}/notes`, { text: 'Called her.' })).json.notes[0];
    const vi = await bench.signIn('Vi', 'viewer');
    const jun = await bench.signIn('Jun', 'admin');
    expect((await vi.get(at)).json.notes).toMatchObject([{ by: 'Mei', mine: false }]);
    expect((await vi.post(`${at}/notes`, { text: 'x' })).status).toBe(403);
    expect((await put(jun, `${at}/notes/${id}`, { text: 'x' })).json.error.code).toBe('not-yours');
    expect((await remove(jun, `${at}/notes/${id}`)).status).toBe(403);
    expect((await remove(mei, `/mentions/${other.mention.id}/notes/${id}`)).status).toBe(404);
    expect((await mei.post(`${at}/notes`, { text: ' ' })).json.error.code).toBe('empty-text');
  });

  it('show personal data covered, until somebody asks, which is recorded', async () => {
    const { mention } = await bench.drafted();
    const at = `/mentions/${mention.id}`;
    const { json } = await mei.post(`${at}/notes`, { text: `Her card is ${CARD}.` });
    expect(JSON.stringify(json)).not.toContain('4111 1111');
    const [{ id, personal }] = json.notes;
    expect(personal).toMatchObject([{ kind: 'card-number', start: 12 }]);
    const seen = await mei.post(`${at}/notes/${id}/reveal`, { start: 12 });
    expect(seen.json).toEqual({ text: CARD });
    expect((await mei.post(`${at}/notes/${id}/reveal`, { start: 3 })).status).toBe(422);
    const { history } = (await mei.get(at)).json;
    expect(history.at(-1)).toMatchObject({ action: 'personal-data-seen', detail: { kind: 'card-number', noteId: id } });
    await remove(mei, `${at}/notes/${id}`);
    expect((await mei.post(`${at}/notes/${id}/reveal`, { start: 12 })).status, 'gone').toBe(422);
  });
});

describe('beside a mention', () => {
  it('stands what else its author wrote on this platform, with personal data covered', async () => {
    const author = { id: 'ana', handle: 'ana' };
    const personal = [{ kind: 'card-number' as const, start: 0, end: CARD.length }];
    const before = await bench.drafted({ author, text: `${CARD} does not work` }, { personal });
    await bench.drafted({ author, platform: 'twitter' });
    const { mention } = await bench.drafted({ author });
    const answer = await mei.get(`/mentions/${mention.id}/author`);
    const found = AuthorShape.parse(answer.json);
    expect(found).toMatchObject({ byState: { drafted: 1 }, answers: [] });
    expect(ids(answer)).toEqual([before.mention.id]);
    expect(answer.text).not.toContain('4111 1111');
    expect((await mei.get('/mentions/nobodyknowsthis0/author')).status).toBe(404);
  });

  it('stand the templates that fit, as they would be posted, with checks, length and price', async () => {
    const { mention } = await bench.drafted();
    const { json } = await mei.get(`/mentions/${mention.id}/templates`);
    const offers = TemplateOfferShape.array().parse(json);
    expect(offers.map(({ id }) => id)).toEqual(['fees/en', 'top-up-failed/en']);
    expect(offers[1]).toMatchObject({
      title: 'Top-up failed',
      version: 'v1',
      text: 'We are sorry about this. See top-up-failed/en.',
      checks: [{ name: 'no-secret-asked', ok: true }],
      length: { max: 280 },
      priceUsd: 0.01,
    });
    const applied = await mei.post(`/mentions/${mention.id}/template`, {
      version: mention.version,
      templateId: offers[1]?.id,
    });
    expect(applied.json.drafts.at(-1)).toMatchObject({ revision: 2, text: offers[1]?.text });
    expect(applied.json.undoes).toBe('template-chosen');
  });

  it('stands what a reply costs, where the platform charges and we post there ourselves', async () => {
    const { mention } = await bench.drafted();
    expect((await mei.get(`/mentions/${mention.id}`)).json.priceUsd).toBe(0.01);
    const typed = await mei.post(`/mentions/${mention.id}/check`, { text: 'See https://help.example/' });
    expect(typed.json.priceUsd).toBe(0.2);
    const byHand = await bench.drafted({ permission: { how: 'by-hand', why: 'no API' } });
    expect((await mei.get(`/mentions/${byHand.mention.id}`)).json).not.toHaveProperty('priceUsd');
  });
});
