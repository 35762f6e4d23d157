import { describe, expect, it } from 'vitest';
import { forum } from './support.ts';

describe('asking again', () => {
  it('costs nothing when nothing changed', async () => {
    await using site = await forum(['/latest.rss']);
    expect((await site.page()).found).toHaveLength(3);
    site.pass(300_000);
    const page = await site.page();
    expect(site.log).toEqual(['GET /latest.rss 200', 'GET /latest.rss 304']);
    expect(page.found).toEqual([]);
    expect(page.coverage).toEqual([{ kind: 'seen', from: site.now() - 300_000, to: site.now() }]);
  });

  it('sends both validators back exactly as they came, weak mark and all', async () => {
    await using site = await forum(['/latest.rss']);
    await site.page();
    await site.page();
    expect(site.lastHeaders()).toMatchObject({
      'if-none-match': expect.stringMatching(/^W\/"[\da-f]{16}"$/),
      'if-modified-since': 'Fri, 20 Nov 2026 08:00:00 GMT',
    });
  });

  it('finds what is new since', async () => {
    await using site = await forum(['/latest.rss']);
    await site.page();
    site.post({ title: '新帖子', html: '<p>提现一直不到账</p>' });
    const { found } = await site.page();
    expect(found[0]?.text).toBe('新帖子\n提现一直不到账');
  });

  it('reads the whole feed once more when keywords changed, since the old answer was filtered by others', async () => {
    await using site = await forum(['/latest.rss'], { keywords: ['nowhere'] });
    const first = await site.page();
    expect(first.found).toEqual([]);
    const changed = { ...first.cursor.feeds };
    for (const state of Object.values(changed)) state.filter = 'of other keywords';
    await site.source.pull?.({ cursor: { ...first.cursor, feeds: changed } }, AbortSignal.timeout(60_000));
    expect(site.log.at(-1)).toBe('GET /latest.rss 200');
  });

  it('takes a 304 that nobody asked for as an error, not as no news', async () => {
    await using site = await forum(['/odd']);
    site.answer('/odd', (response) => response.writeHead(304).end());
    await expect(site.page()).rejects.toMatchObject({ kind: 'bad-shape' });
  });
});

describe('a feed that moves', () => {
  it('is read at its new place from then on, and someone is told once', async () => {
    await using site = await forum(['/moved-twice.rss']);
    const first = await site.page();
    expect(first.notices).toEqual([expect.stringMatching(/moved-twice\.rss has moved to .*\/latest\.rss/)]);
    site.post({});
    const second = await site.page();
    expect(site.log.at(-1)).toBe('GET /latest.rss 200');
    expect(second.notices).toEqual([]);
    // The same posts keep their ids, or all of them would be heard twice.
    expect(second.found.map(({ nativeId }) => nativeId)).toEqual(
      expect.arrayContaining(first.found.map(({ nativeId }) => nativeId)),
    );
  });

  it('is asked for at the old place when the new one stops working', async () => {
    await using site = await forum(['/moved.rss', '/atom.xml']);
    await site.round();
    site.answer('/latest.rss', (response) => response.writeHead(404).end());
    await site.round();
    site.answer('/moved.rss', (response) => response.writeHead(302, { location: '/rdf.xml' }).end());
    const [page] = await site.round();
    expect(page?.found).toHaveLength(3);
  });

  it('stays where it was for a temporary redirect', async () => {
    await using site = await forum(['/elsewhere.rss']);
    expect((await site.page()).notices).toEqual([]);
    await site.page();
    expect(site.log).toEqual(
      ['/elsewhere.rss 302', '/latest.rss 200', '/elsewhere.rss 302', '/latest.rss 304'].map((line) => `GET ${line}`),
    );
  });

  it('is left alone when it is gone for good', async () => {
    await using site = await forum(['/gone.rss', '/latest.rss']);
    const [first] = await site.round();
    expect(first?.notices).toEqual([expect.stringContaining('gone for good')]);
    await site.round();
    expect(site.log.filter((line) => line.includes('gone'))).toHaveLength(1);
  });

  it('says so when nothing is left to read', async () => {
    await using site = await forum(['/gone.rss']);
    await site.page();
    await expect(site.page()).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('gone for good'),
    });
  });
});

describe('a server in trouble', () => {
  it('is not asked again before the time it named', async () => {
    await using site = await forum(['/busy.rss']);
    await expect(site.page()).rejects.toMatchObject({ kind: 'rate-limited', until: site.now() + 30_000 });
    await expect(site.page()).rejects.toMatchObject({ kind: 'rate-limited' });
    expect(site.log).toHaveLength(1);
    site.answer('/busy.rss', (response) => response.writeHead(301, { location: '/latest.rss' }).end());
    site.pass(30_000);
    expect((await site.page()).found).toHaveLength(3);
  });

  it.each([
    ['/login.rss', { kind: 'bad-shape' }],
    ['/blocked.rss', { kind: 'unauthorized', blocked: true }],
    ['/gzip-bomb.rss', { kind: 'bad-shape' }],
    ['/huge.rss', { kind: 'bad-shape' }],
    ['/half.rss', { kind: 'unavailable' }],
    ['/slow.rss', { kind: 'unavailable' }],
    ['/loop.rss', { kind: 'bad-shape' }],
    ['/nowhere', { kind: 'rejected' }],
  ])('%s is never taken for a feed without news', async (path, failure) => {
    await using site = await forum([path], {}, path === '/slow.rss' ? 150 : undefined);
    await expect(site.page()).rejects.toMatchObject(failure);
  });

  it('may have no news', async () => {
    await using site = await forum(['/empty.rss']);
    expect(await site.page()).toMatchObject({ found: [], more: false });
  });

  it('may not send more than the operator allows', async () => {
    await using site = await forum(['/long'], { maxBytes: 20_000 });
    site.answer('/long', (response) =>
      response.end(`<rss version="2.0"><channel><title>${'x'.repeat(30_000)}</title></channel></rss>`),
    );
    await expect(site.page()).rejects.toMatchObject({ kind: 'bad-shape' });
  });
});

describe('the window of a feed', () => {
  it('that moved past everything known is a hole in what was seen', async () => {
    await using site = await forum(['/latest.rss']);
    site.window(3);
    await site.page();
    site.pass(86_400_000);
    for (let i = 0; i < 5; i++) site.post({});
    const { coverage, found } = await site.page();
    const oldest = Math.min(...found.map(({ saidAt }) => saidAt ?? 0));
    expect(coverage?.[0]).toMatchObject({
      kind: 'hole',
      from: site.now() - 86_400_000,
      cause: expect.stringContaining('3 items'),
    });
    expect(oldest).toBeGreaterThan(0);
    expect(coverage?.at(-1)).toMatchObject({ kind: 'seen', to: site.now() });
  });

  it('that still holds something known is no hole', async () => {
    await using site = await forum(['/latest.rss']);
    site.window(3);
    await site.page();
    site.pass(3_600_000);
    site.post({});
    site.post({});
    expect((await site.page()).coverage).toEqual([{ kind: 'seen', from: site.now() - 3_600_000, to: site.now() }]);
  });

  it('is remembered within bounds', async () => {
    await using site = await forum(['/latest.rss']);
    for (let i = 0; i < 1000; i++) site.post({});
    site.window(1000);
    const page = await site.page();
    expect(page.found).toHaveLength(1000);
    expect(JSON.stringify(page.cursor).length).toBeLessThan(5000);
    site.post({});
    expect((await site.page()).coverage).toEqual([]);
  });
});
