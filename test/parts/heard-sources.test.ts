import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHealth } from '../../src/observe/health.ts';
import { openLog } from '../../src/observe/log.ts';
import { openMetrics } from '../../src/observe/metrics.ts';
import { heardSources } from '../../src/parts/heard-sources.ts';
import { openParts, type Parts } from '../../src/parts/index.ts';
import { longestGap } from '../../src/schedule/index.ts';
import { readSettings } from '../../src/settings.ts';

let folder: string;
let parts: Parts;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heard-'));
  parts = await openParts(readSettings({ EARSHOT_DATA: folder }), openLog('silent'), 'server');
  await parts.workspace.update('Mei', 'sources', (draft) => {
    draft.sources = ['news', 'blog'].map((id) => ({
      ...{ id, connector: 'feed', enabled: true, sample: false, lookBackDays: 1 },
      options: { urls: [`https://${id}.example/feed`] },
    }));
  });
  for (const source of ['news', 'blog', 'archive'])
    await parts.store.saveStatus({ source, state: 'unauthorized', message: 'The key is wrong', failuresInARow: 3 });
});
afterEach(async () => {
  await parts.close();
  await rm(folder, { recursive: true });
});

const watched = () => ({ ...parts, dataDir: folder, heardSources: () => heardSources(parts) });
const health = () => readHealth({ ...watched(), stopping: new AbortController().signal, patienceMs: 60_000 });
const numbers = () => openMetrics({ ...watched(), version: '1', patienceMs: 60_000 }).text();

describe('whoever watches', () => {
  it('hears of the sources that are switched on, and of no file that was read once', async () => {
    expect((await health()).sources.map(({ id }) => id)).toEqual(['blog', 'news']);
    expect(await numbers()).not.toContain('source="archive"');
  });

  it('is not woken for a source that somebody switched off or removed', async () => {
    await parts.workspace.update('Mei', 'off', (draft) => {
      draft.sources = draft.sources.filter(({ id }) => id === 'blog').map((one) => ({ ...one, enabled: false }));
    });
    // On a machine that does much else the records may be slow for a moment, and it says so.
    await expect.poll(health).toMatchObject({ status: 'ready', troubles: [], sources: [] });
    expect(await numbers()).not.toMatch(/earshot_source_\w+\{/);
  });

  it('can tell a source that is late from one that is read once a day', async () => {
    await parts.workspace.update('Mei', 'daily', (draft) => {
      const [first] = draft.sources;
      if (first) first.schedule = '0 3 * * *';
    });
    const text = await numbers();
    expect(text).toContain('earshot_source_interval_seconds{source="news"} 86400');
    expect(text).toContain('earshot_source_interval_seconds{source="blog"} 300');
  });
});

describe('the longest gap of a schedule', () => {
  it.each([
    ['*/5 * * * *', 300],
    ['0 3 * * *', 86_400],
    // From Friday evening to Monday morning.
    ['*/5 9-17 * * 1-5', 63 * 3_600 + 300],
  ])('of %s is %d seconds', (cron, seconds) => expect(longestGap(cron)).toBe(seconds));
});
