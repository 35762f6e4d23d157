import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { BASE } from '../../src/surfaces/web/api.ts';
import { NEVER, openWebBench, type Person, type WebBench } from './support.ts';

let bench: WebBench;
let mei: Person;
const open: Stream[] = [];
beforeEach(async () => {
  bench = await openWebBench();
  mei = await bench.signIn();
});
afterEach(async () => {
  for (const stream of open.splice(0)) stream.leave();
  await bench.close();
});

interface Event {
  event: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events of every shape
  data: any;
}

/** An open page, read event by event. */
class Stream {
  readonly headers: Headers;
  readonly #events: AsyncGenerator<Event>;
  readonly #abort: AbortController;

  constructor(response: Response, abort: AbortController) {
    this.headers = response.headers;
    this.#events = read(response);
    this.#abort = abort;
    open.push(this);
  }
  /** The next event of a kind; others are passed over. Ends in an error when the stream does. */
  async next(kind: string, fits: (data: Event['data']) => boolean = () => true): Promise<Event['data']> {
    for (;;) {
      const { value, done } = await this.#events.next();
      if (done) throw new Error(`the stream ended before "${kind}" came`);
      if (value.event === kind && fits(value.data)) return value.data;
    }
  }
  async ended(): Promise<void> {
    while (!(await this.#events.next()).done);
  }
  leave(): void {
    this.#abort.abort();
  }
}

async function* read(response: Response): AsyncGenerator<Event> {
  let text = '';
  try {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
        const event = field('event');
        if (event) yield { event, data: JSON.parse(field('data') ?? 'null') };
      }
    }
  } catch {
    // aborted by this side, or cut by the other
  }
}

const openStream = ({ cookie }: Person): Promise<Stream> => streamWith({ cookie });

async function streamWith(headers: Record<string, string>): Promise<Stream> {
  const abort = new AbortController();
  const response = await fetch(`${bench.local}${BASE}/events`, {
    headers,
    signal: abort.signal,
  });
  expect(response.status).toBe(200);
  const stream = new Stream(response, abort);
  await stream.next('ready');
  return stream;
}

describe('live events', () => {
  it('tell every open page what was committed', async () => {
    const pages = await Promise.all([openStream(mei), openStream(mei), openStream(await bench.signIn('Jun'))]);
    expect(pages[0]?.headers.get('content-type')).toContain('text/event-stream');
    expect(pages[0]?.headers.get('content-security-policy')).toBeTruthy();
    const { mention } = await bench.drafted();
    for (const page of pages) await page.next('change', ({ mentions }) => mentions.includes(mention.id));
  });

  it('come one by one to a page that takes compressed answers', async () => {
    const page = await streamWith({ cookie: mei.cookie, 'accept-encoding': 'gzip, deflate, br' });
    expect(page.headers.get('content-encoding')).toBeNull();
    for (let n = 0; n < 3; n += 1) {
      const { mention } = await bench.drafted();
      await page.next('change', ({ mentions }) => mentions.includes(mention.id));
    }
  });

  it('go on after the page reconnects, and after the server comes back', async () => {
    (await openStream(mei)).leave();
    const again = await openStream(mei);
    const first = await bench.drafted();
    await again.next('change', ({ mentions }) => mentions.includes(first.mention.id));
    await bench.restart();
    await again.ended();
    const afterwards = await openStream(mei);
    const second = await bench.drafted();
    await afterwards.next('change', ({ mentions }) => mentions.includes(second.mention.id));
  });

  it('bundle a burst, and lose none of it', async () => {
    const page = await openStream(mei);
    const wanted = new Set<string>();
    for (let n = 0; n < 30; n += 1) wanted.add((await bench.drafted()).mention.id);
    let events = 0;
    while (wanted.size > 0) {
      const { mentions } = await page.next('change');
      events += 1;
      for (const id of mentions) wanted.delete(id);
    }
    expect(events).toBeLessThan(90); // each mention alone is three commits
  });

  it('tell what another process did on the same store', async () => {
    const { mention } = await bench.drafted();
    const page = await openStream(mei);
    const other = await openSqliteStore(bench.file);
    await other.decide({
      mentionId: mention.id,
      expectedVersion: mention.version,
      to: 'dismissed',
      audit: { at: bench.clock.now(), actor: 'Jun', action: 'dismissed', subject: mention.id, detail: {} },
    });
    await other.close();
    await page.next('change', ({ mentions, sources }) => mentions.length === 0 && !sources);
    expect((await mei.get('/counts')).json).toMatchObject({ waiting: 0, done: 1 });
  });

  it('show who is here and who looks at what', async () => {
    const jun = await bench.signIn('Jun');
    const { mention } = await bench.drafted();
    const page = await openStream(mei);
    await page.next('presence', ({ people }) => people.length === 1);
    const other = await openStream(jun);
    await page.next('presence', ({ people }) => people.length === 2);
    await jun.post('/presence', { mentionId: mention.id });
    const { people } = await page.next('presence', (data) =>
      data.people.some((one: { mentionId: string }) => one.mentionId),
    );
    expect(people).toContainEqual({ name: 'Jun', mentionId: mention.id });
    expect((await mei.get(`/mentions/${mention.id}`)).json.lookingAt).toEqual(['Jun']);
    expect((await jun.get(`/mentions/${mention.id}`)).json.lookingAt).toEqual([]);
    other.leave();
    await page.next('presence', (data) => data.people.length === 1);
    expect((await mei.get(`/mentions/${mention.id}`)).json.lookingAt).toEqual([]);
  });

  it('end when somebody signs out', async () => {
    const page = await openStream(mei);
    await mei.ask('/session', { method: 'DELETE' });
    await page.ended();
  });

  it('end when an admin takes a role away, signs somebody out or lets them go, and for nobody else', async () => {
    const jun = await bench.signIn('Jun');
    const mine = await openStream(mei);
    const { people } = (await mei.get('/people')).json;
    const { id } = people.find(({ name }: { name: string }) => name === 'Jun');
    const steps = [
      () => mei.ask(`/people/${id}`, { method: 'PATCH', body: { role: 'viewer' } }),
      () => mei.ask(`/people/${id}/sessions`, { method: 'DELETE' }),
    ];
    for (const step of steps) {
      const page = await openStream(jun);
      await step();
      await page.ended();
    }
    expect((await jun.get('/queue')).status).toBe(401);
    const { mention } = await bench.drafted();
    await mine.next('change', ({ mentions }) => mentions.includes(mention.id));
  });

  it('end with the token that opened them', async () => {
    const made = (await mei.post('/me/tokens', { name: 'screen', scopes: ['read'] })).json;
    const page = await streamWith({ authorization: `Bearer ${made.key}` });
    await mei.ask(`/me/tokens/${made.id}`, { method: 'DELETE' });
    await page.ended();
  });

  it('go on under the new name when somebody changes it', async () => {
    const page = await openStream(mei);
    await mei.ask('/me', { method: 'PATCH', body: { name: 'Mei Lin' } });
    await page.ended();
    const { people } = await (await openStream(mei)).next('presence');
    expect(people).toEqual([{ name: 'Mei Lin', mentionId: null }]);
  });

  it('do not keep the server from closing', async () => {
    await bench.restart({ drainMs: NEVER });
    const pages = [];
    for (let n = 0; n < 50; n += 1) pages.push(await openStream(mei));
    await bench.restart();
    await Promise.all(pages.map((page) => page.ended()));
  });
});
