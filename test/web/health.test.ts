import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, METRICS_TOKEN, openWebBench, type WebBench } from './support.ts';

let bench: WebBench;
beforeEach(async () => {
  bench = await openWebBench();
});
afterEach(() => bench.close());

const ready = () => ask(`${bench.local}/readyz`);
/** What it says in the end: on a machine that does much else the records may be slow for a moment, and it says so. */
const readies = (said: object) => expect.poll(async () => (await ready()).json).toMatchObject(said);
const MINUTE = 60_000;

describe('whoever watches the process', () => {
  it('hears that it is alive, whatever else is wrong', async () => {
    await bench.store.close();
    const { status, json } = await ask(`${bench.local}/healthz`);
    expect([status, json]).toEqual([200, { status: 'alive', version: '1.2.3' }]);
  });

  it('hears that it is ready, and nothing about where the records are', async () => {
    await readies({ status: 'ready', troubles: [], store: expect.stringMatching(/^SQLite \d/) });
    const { status, text } = await ready();
    expect(status).toBe(200);
    expect(text).not.toContain(bench.file);
  });

  it('hears which source needs a person', async () => {
    const status = { source: 'forum-1', message: 'The key is wrong', failuresInARow: 3 };
    await bench.store.saveStatus({ ...status, state: 'unauthorized' });
    await readies({
      status: 'degraded',
      troubles: [{ code: 'source', message: expect.stringContaining('"forum-1" is unauthorized') }],
      sources: [{ id: 'forum-1', state: 'unauthorized' }],
    });
    await bench.store.saveStatus({ ...status, state: 'unavailable' });
    await readies({ status: 'ready' });
  });

  it('hears what stands still: sorting, and sending', async () => {
    await bench.heard();
    const { mention } = await bench.drafted();
    const mei = await bench.signIn();
    expect((await mei.post(`/mentions/${mention.id}/approve`, { version: mention.version, revision: 1 })).status).toBe(
      200,
    );
    await readies({ status: 'ready' });
    bench.clock.pass(6 * MINUTE);
    await readies({ troubles: [{ code: 'sorting' }, { code: 'posting' }] });
  });

  it('is told to send nothing here while the records do not answer', async () => {
    await bench.store.close();
    const { status, json } = await ready();
    expect([status, json.status, json.troubles[0].code]).toEqual([503, 'not-ready', 'store']);
  });
});

describe('the numbers for Prometheus', () => {
  const numbers = (token = METRICS_TOKEN) =>
    ask(`${bench.local}/metrics`, { headers: { authorization: `Bearer ${token}` } });

  it('are for whoever shows the token', async () => {
    expect((await ask(`${bench.local}/metrics`)).status).toBe(401);
    expect((await numbers('wrong')).status).toBe(401);
    expect((await numbers()).status).toBe(200);
  });

  it("tell what waits, how the sources are and how long answers take, and nobody's words", async () => {
    const { mention } = await bench.drafted({ text: 'zebra words', author: { id: 'zebra' } }, { priority: 'urgent' });
    await bench.store.saveStatus({ source: 'forum-1', state: 'blocked', message: 'zebra', failuresInARow: 2 });
    bench.clock.pass(90_000);
    const mei = await bench.signIn();
    await mei.get(`/mentions/${mention.id}`);
    const { text } = await numbers();
    expect(text).toContain('earshot_mentions{state="drafted"} 1');
    expect(text).toContain('earshot_urgent_waiting 1');
    expect(text).toContain('earshot_urgent_oldest_seconds 90');
    expect(text).toContain('earshot_source_up{source="forum-1"} 0');
    expect(text).toMatch(
      /earshot_http_request_seconds_count\{method="GET",route="\/api\/v1\/mentions\/:id",status="200"\} 1/,
    );
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toContain('zebra');
    expect(text).not.toContain(mention.id);
  });

  it('say that the records do not answer, and tell what the process knows by itself', async () => {
    await bench.drafted();
    expect((await numbers()).text).toContain('earshot_store_up 1');
    await bench.store.close();
    const { status, text } = await numbers();
    expect(status).toBe(200);
    expect(text).toContain('earshot_store_up 0');
    expect(text).toContain('process_resident_memory_bytes');
    // No number of earlier, and none that was never so.
    expect(text).not.toMatch(/earshot_(mentions|urgent_waiting|replies_overdue)/);
  });
});
