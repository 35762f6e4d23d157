import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, openWebBench, type WebBench } from './support.ts';

let bench: WebBench;
beforeEach(async () => {
  bench = await openWebBench();
});
afterEach(() => bench.close());

const html = { headers: { accept: 'text/html,application/xhtml+xml' } };

async function build(): Promise<void> {
  const { clientDir } = bench.parts;
  await mkdir(join(clientDir, 'assets'), { recursive: true });
  await writeFile(join(clientDir, 'index.html'), '<!doctype html><title>Inbox</title>');
  await writeFile(join(clientDir, 'assets/main-abc123.js'), 'export {};');
  await writeFile(join(clientDir, 'manifest.webmanifest'), '{}');
  await bench.restart();
}

describe('the page', () => {
  it('says how to build it where it is not built', async () => {
    const answer = await ask(bench.local, html);
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('npm run prepare');
    expect(answer.text).toContain('尚未构建');
  });

  it('is asked for again each time, its hashed files never', async () => {
    await build();
    const page = await ask(bench.local, html);
    expect([page.status, page.text]).toEqual([200, '<!doctype html><title>Inbox</title>']);
    expect(page.headers['cache-control']).toBe('no-cache');
    const script = await ask(`${bench.local}/assets/main-abc123.js`);
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(script.headers['content-type']).toContain('javascript');
    expect((await ask(`${bench.local}/manifest.webmanifest`)).headers['cache-control']).toBe('no-cache');
    const etag = String(page.headers.etag);
    expect((await ask(bench.local, { headers: { ...html.headers, 'if-none-match': etag } })).status).toBe(304);
  });

  it('answers every address a person may have kept, and no missing file', async () => {
    await build();
    expect((await ask(`${bench.local}/mention/abc`, html)).text).toContain('Inbox');
    expect((await ask(`${bench.local}/assets/old-000000.js`, html)).status).toBe(404);
    expect((await ask(`${bench.local}/mention/abc`, { headers: { accept: 'application/json' } })).status).toBe(404);
  });

  it('leaves its folder for nobody', async () => {
    await build();
    for (const path of [
      '/../access.json',
      '/%2e%2e/access.json',
      '/assets/..%2f..%2faccess.json',
      '/..\\access.json',
      '/.env',
    ]) {
      const answer = await ask(bench.local, { path });
      expect([path, answer.status >= 400]).toEqual([path, true]);
      expect(answer.text).not.toContain('secret');
    }
  });
});
