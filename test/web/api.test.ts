import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  BASE,
  ConnectorShape,
  CountsShape,
  CSV_TABLES,
  DetailShape,
  HealthShape,
  MeShape,
  PresenceShape,
  QueuePageShape,
  ReportShape,
  SourceShape,
} from '../../src/surfaces/web/api.ts';
import { LISTED_ROUTES } from '../../src/surfaces/web/server/rights.ts';
import { ask, openWebBench, type Person, type WebBench } from './support.ts';

let bench: WebBench;
let mei: Person;
beforeEach(async () => {
  bench = await openWebBench();
  mei = await bench.signIn();
});
afterEach(() => bench.close());

const ids = (answer: { json: { rows: { mention: { id: string } }[] } }) =>
  answer.json.rows.map(({ mention }) => mention.id);

describe('personal data', () => {
  const CARD = '4111 1111 1111 1111';
  const text = `my card ${CARD} was charged, write to nobody@invented.example`;

  it('comes covered wherever a text is shown, until somebody asks to see it, which is recorded', async () => {
    const personal = [{ kind: 'card-number' as const, start: 8, end: 8 + CARD.length }];
    const evidence = [{ text: CARD, start: 8, end: 27, voice: 'lexicon' as const, weight: 1, speaksFor: 'fees' }];
    const { mention } = await bench.drafted({ text, conversationId: 'thread' }, { personal, evidence });
    const { mention: neighbour } = await bench.drafted(
      { text: `me too: ${CARD}`, conversationId: 'thread' },
      { personal },
    );

    const seen = [await mei.get('/queue?view=all'), await mei.get(`/mentions/${mention.id}`)];
    seen.push(await mei.get(`/mentions/${neighbour.id}`));
    for (const { json } of seen) expect(JSON.stringify(json)).not.toContain('4111 1111');
    expect(seen[1]?.json.mention.text).toBe(
      `my card ${'•'.repeat(17)}11 was charged, write to nobody@invented.example`,
    );

    const asked = await mei.post(`/mentions/${mention.id}/reveal`, { start: 8 });
    expect(asked.json).toEqual({ text: CARD });
    const { history } = (await mei.get(`/mentions/${mention.id}`)).json;
    expect(history.at(-1)).toMatchObject({
      actor: 'Mei',
      action: 'personal-data-seen',
      detail: { kind: 'card-number' },
    });
    expect((await mei.post(`/mentions/${mention.id}/reveal`, { start: 9 })).status).toBe(422);
  });
});

describe('the queue', () => {
  it('shows each view what belongs there, and counts the same', async () => {
    const open = (await bench.drafted()).mention;
    const urgent = (await bench.drafted({}, { priority: 'urgent' })).mention;
    const scam = (await bench.drafted({}, { scam: 0.9 })).mention;
    const mine = (await bench.drafted()).mention;
    const later = (await bench.drafted()).mention;
    const gone = (await bench.drafted()).mention;
    const handed = (await bench.drafted({}, { priority: 'urgent', scam: 0.7 })).mention;
    await mei.post(`/mentions/${handed.id}/escalate`, { version: handed.version, note: '' });
    const byHand = (await bench.drafted({ permission: { how: 'by-hand', why: 'no API' } })).mention;
    await mei.post(`/mentions/${mine.id}/assign`, { version: mine.version, to: 'Mei' });
    await mei.post(`/mentions/${later.id}/snooze`, { version: later.version, until: bench.clock.now() + 1000 });
    await mei.post(`/mentions/${gone.id}/dismiss`, { version: gone.version, reason: 'duplicate' });
    await mei.post(`/mentions/${byHand.id}/approve`, { version: byHand.version, revision: 1 });

    const view = async (name: string) => ids(await mei.get(`/queue?view=${name}`)).sort();
    expect(await view('waiting')).toEqual([open.id, urgent.id, scam.id, mine.id, handed.id].sort());
    expect(await view('urgent')).toEqual([urgent.id]);
    expect(await view('mine')).toEqual([mine.id]);
    expect(await view('scam')).toEqual([scam.id]);
    expect(await view('later')).toEqual([later.id]);
    expect(await view('done')).toEqual([gone.id]);
    expect(await view('by-hand')).toEqual([byHand.id]);
    expect(await view('all')).toHaveLength(8);
    expect((await mei.get('/counts')).json).toEqual({
      urgent: 1,
      waiting: 5,
      mine: 1,
      byHand: 1,
      scam: 1,
      later: 1,
      done: 1,
      sample: 0,
    });
  });

  it('puts urgent first and pages without loss', async () => {
    const normal = [];
    for (let n = 0; n < 5; n += 1) normal.push((await bench.drafted()).mention.id);
    const urgent = (await bench.drafted({}, { priority: 'urgent' })).mention.id;
    const seen: string[] = [];
    let after = '';
    do {
      const { json } = await mei.get(`/queue?limit=2${after && `&after=${encodeURIComponent(after)}`}`);
      seen.push(...json.rows.map((row: { mention: { id: string } }) => row.mention.id));
      after = json.next ?? '';
    } while (after);
    expect(seen).toEqual([urgent, ...normal]);
  });

  it('finds words inside Chinese sentences and filters by type, source and language', async () => {
    const zh = (
      await bench.drafted({ text: '我的钱包充值失败了怎么办' }, { lang: 'zh-Hans', problemType: 'top-up-failed' })
    ).mention.id;
    const en = (await bench.drafted()).mention.id;
    expect(ids(await mei.get(`/queue?search=${encodeURIComponent('充值失败')}`))).toEqual([zh]);
    expect(ids(await mei.get('/queue?problemType=fees'))).toEqual([en]);
    expect(ids(await mei.get('/queue?problemType=fees&problemType=top-up-failed'))).toHaveLength(2);
    expect(ids(await mei.get('/queue?lang=zh-Hans'))).toEqual([zh]);
    expect(ids(await mei.get('/queue?source=elsewhere'))).toEqual([]);
    expect(ids(await mei.get('/queue?unsure=true'))).toEqual([]);
  });

  it.each(['view=nope', 'limit=0', 'limit=1e9', 'limit=x', 'order=sideways', `search=${'x'.repeat(201)}`])(
    'says in a sentence what is wrong with ?%s',
    async (query) => {
      const answer = await mei.get(`/queue?${query}`);
      expect(answer.status).toBe(400);
      expect(answer.json.error).toEqual({
        code: 'bad-request',
        message: expect.stringMatching(/^The request is not right\. \w+: .+\.$/),
      });
    },
  );
});

describe('one mention', () => {
  it('comes with what approving would do, and with its thread', async () => {
    const first = await bench.drafted({ conversationId: 't' });
    const second = await bench.drafted({ conversationId: 't', parentId: first.mention.nativeId });
    const { json } = await mei.get(`/mentions/${second.mention.id}`);
    expect(json.replyTo).toEqual({ how: 'api', as: '@brand', where: 'forum · #help' });
    expect(json.templates.map(({ id }: { id: string }) => id)).toEqual(['fees/en', 'top-up-failed/en']);
    expect(json.conversation.map(({ id }: { id: string }) => id)).toEqual([first.mention.id, second.mention.id]);
    expect(json.mayUndo).toBe(false);
  });

  it('says why it can only be answered by hand', async () => {
    const { mention } = await bench.drafted({ permission: { how: 'by-hand', why: 'a feed has no way to answer' } });
    expect((await mei.get(`/mentions/${mention.id}`)).json.replyTo).toMatchObject({
      how: 'by-hand',
      why: 'a feed has no way to answer',
    });
  });

  it('is 404 when it is not there', async () => {
    for (const path of ['/mentions/0000000000000000', '/mentions/__proto__']) {
      const answer = await mei.get(path);
      expect([answer.status, answer.json.error.code]).toEqual([404, 'unknown-mention']);
    }
  });
});

describe('decisions', () => {
  it('answer the fresh mention, one after the other', async () => {
    const seen = await bench.drafted();
    const { id } = seen.mention;
    const decide = async (name: string, body: object) => {
      const { version } = (await mei.get(`/mentions/${id}`)).json.mention;
      const answer = await mei.post(`/mentions/${id}/${name}`, { version, ...body });
      expect([name, answer.status, answer.json]).toEqual([name, 200, expect.any(Object)]);
      return DetailShape.parse(answer.json);
    };
    expect((await decide('edit', { text: 'Words of my own.' })).drafts).toHaveLength(2);
    expect((await decide('template', { templateId: 'fees/en' })).drafts).toHaveLength(3);
    expect((await decide('correct', { problemType: 'top-up-failed' })).assessment?.problemType).toBe('top-up-failed');
    expect((await decide('assign', { to: 'Jun' })).mention.assignee).toBe('Jun');
    expect((await decide('escalate', { note: '' })).mention.state).toBe('escalated');
    expect((await decide('undo', {})).mention.state).toBe('drafted');
    expect((await decide('snooze', { until: bench.clock.now() + 1000 })).mention.state).toBe('snoozed');
    const approved = await decide('approve', { revision: 4 });
    expect([approved.mention.state, approved.mayUndo]).toEqual(['approved', true]);
    expect((await decide('undo', {})).mention.state).toBe('drafted');
    const dismissed = await decide('dismiss', { reason: 'other', note: 'seen' });
    expect(dismissed.history.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'edited',
        'template-chosen',
        'corrected',
        'assigned',
        'escalated',
        'undone',
        'snoozed',
        'approved',
        'dismissed',
      ]),
    );
  });

  it('are refused with 409 on a stale view, and one of eight at once wins', async () => {
    const { mention } = await bench.drafted();
    const jun = await bench.signIn('Jun');
    const body = { version: mention.version, revision: 1 };
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => (n % 2 ? mei : jun).post(`/mentions/${mention.id}/approve`, body)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
    expect(answers.find(({ status }) => status === 409)?.json.error).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Look at it again'),
    });
  });

  it('that cannot be are 422 with a sentence', async () => {
    const { mention } = await bench.drafted();
    const edited = await mei.post(`/mentions/${mention.id}/edit`, {
      version: mention.version,
      text: 'Tell us your password',
    });
    const { version } = edited.json.mention;
    const answer = await mei.post(`/mentions/${mention.id}/approve`, { version, revision: 2 });
    expect([answer.status, answer.json.error]).toEqual([
      422,
      { code: 'check-failed', message: expect.stringContaining('password') },
    ]);
  });

  it('by hand: approve, post, confirm with the address', async () => {
    const { mention } = await bench.drafted({ permission: { how: 'by-hand', why: 'no API' } });
    const approved = await mei.post(`/mentions/${mention.id}/approve`, { version: mention.version, revision: 1 });
    const { version } = approved.json.mention;
    const bad = await mei.post(`/mentions/${mention.id}/posted`, { version, url: 'javascript:alert(1)' });
    expect([bad.status, bad.json.error.message]).toEqual([400, expect.stringContaining('http://')]);
    const done = await mei.post(`/mentions/${mention.id}/posted`, { version, url: 'https://forum.example/1' });
    expect(done.json).toMatchObject({ mention: { state: 'posted' }, receipt: { proof: 'person', confirmedBy: 'Mei' } });
  });

  it('check a text while it is typed', async () => {
    const { mention } = await bench.drafted();
    const { json } = await mei.post(`/mentions/${mention.id}/check`, { text: 'Your password please' });
    expect(json).toEqual({
      checks: [{ name: 'no-secret-asked', ok: false, why: expect.any(String) }],
      length: { used: 20, max: 280 },
    });
  });
});

describe('sources and numbers', () => {
  it('are listed, added, tested, pulled and removed', async () => {
    const body = { connector: 'feed', id: 'my-forum', options: { url: 'https://forum.example/feed' } };
    expect((await mei.post('/sources', body)).status).toBe(201);
    expect((await mei.post('/sources', body)).json.error.code).toBe('source-exists');
    expect((await mei.get('/sources')).json).toMatchObject([{ id: 'my-forum', connector: 'feed', name: 'my-forum' }]);
    expect((await mei.post('/sources/my-forum/test')).json).toEqual({ ok: true, message: 'It works.' });
    expect((await mei.post('/sources/my-forum/pull')).json).toMatchObject({ added: 0 });
    expect((await mei.ask('/sources/my-forum', { method: 'DELETE' })).status).toBe(204);
    expect((await mei.post('/sources/my-forum/pull')).status).toBe(404);
  });

  it('refuse an id that could not be a name', async () => {
    for (const id of ['', 'A', '../x', '__proto__', 'x'.repeat(61)]) {
      expect((await mei.post('/sources', { connector: 'feed', id, options: {} })).status).toBe(400);
    }
  });

  it('count by day and in total', async () => {
    await bench.drafted();
    const { mention } = await bench.drafted();
    await mei.post(`/mentions/${mention.id}/dismiss`, { version: mention.version, reason: 'other' });
    const { json } = await mei.get('/report?days=7');
    expect(json.totals).toEqual({ heard: 2, posted: 0, dismissed: 1, solved: 0, unsolved: 0, cameBack: 0 });
    expect(json.decisions).toMatchObject({ approved: 0, dismissed: 1 });
    expect((await mei.get('/report?days=0')).status).toBe(400);
  });

  it('give each table to a spreadsheet, as a file', async () => {
    await bench.drafted();
    for (const table of CSV_TABLES) {
      const { status, headers, text } = await mei.get(`/report/csv?days=7&table=${table}`);
      expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
      expect(headers['content-disposition']).toBe(`attachment; filename="earshot-${table}-7-days.csv"`);
      expect(text).toMatch(/^\ufeff[a-z0-9_,]+\r\n/);
    }
    expect((await mei.get('/report/csv?table=volume')).text).toContain(',1,0,0,0,0,0\r\n');
    expect((await mei.get('/report/csv?table=people')).status).toBe(400);
  });
});

describe('the answers', () => {
  it('are what the schemas say', async () => {
    const { mention } = await bench.drafted();
    const shapes: [string, z.ZodType][] = [
      ['/me', MeShape],
      ['/counts', CountsShape],
      ['/queue?view=all', QueuePageShape],
      [`/mentions/${mention.id}`, DetailShape],
      ['/sources', z.array(SourceShape)],
      ['/connectors', z.array(ConnectorShape)],
      ['/report', ReportShape],
    ];
    for (const [path, shape] of shapes)
      expect([path, shape.safeParse((await mei.get(path)).json).error]).toEqual([path, undefined]);
    PresenceShape.parse((await mei.post('/presence', { mentionId: null })).json);
    HealthShape.parse((await ask(`${bench.local}/readyz`)).json);
  });

  it('are described in OpenAPI, every route of them', async () => {
    const { json } = await mei.get('/openapi.json');
    expect(json.openapi).toMatch(/^3\./);
    const described = Object.entries(json.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const listed = LISTED_ROUTES.filter((route) => route !== 'GET /openapi.json');
    const expected = listed.map((route) => route.replace(' ', ` ${BASE}`).replace(/:(\w+)/g, '{$1}'));
    expected.push('GET /healthz', 'GET /readyz');
    expect(described.sort()).toEqual(expected.sort());
    const approve = json.paths[`${BASE}/mentions/{id}/approve`].post;
    expect(approve.requestBody.content['application/json'].schema.required.sort()).toEqual(['revision', 'version']);
    expect(approve.responses['200'].content['application/json'].schema.$ref).toBe('#/components/schemas/Detail');
    expect(approve.responses).toHaveProperty('4XX');
    expect(json.components.schemas.Detail.properties).toHaveProperty('replyTo');
    const references = [...JSON.stringify(json).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect([...new Set(references)].filter((name) => !(String(name) in json.components.schemas))).toEqual([]);
    expect(json.paths[`${BASE}/events`].get.responses['200'].content).toHaveProperty('text/event-stream');
  });
});
