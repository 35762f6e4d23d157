import { describe, expect, it } from 'vitest';
import { type FeedPage, forum } from './support.ts';

const SINCE = Date.UTC(2026, 10, 1);

describe('several feeds in one source', () => {
  it('are a page each, so that each is saved on its own', async () => {
    await using site = await forum(['/latest.rss', '/atom.xml', '/feed.json']);
    const pages = await site.round();
    expect(pages.map(({ found, more }) => [found.length, more])).toEqual([
      [3, true],
      [3, true],
      [3, false],
    ]);
    expect((await site.round()).map(({ found }) => found.length)).toEqual([0, 0, 0]);
  });

  it('that name the same post keep it apart by feed, and the same feed counts once', async () => {
    await using site = await forum(['/latest.rss', '/latest.rss', '/gzip.rss']);
    const ids = (await site.round()).flatMap(({ found }) => found.map(({ nativeId }) => nativeId));
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
  });

  it('go on when one is broken; its hole and its reason are kept', async () => {
    await using site = await forum(['/login.rss', '/latest.rss', '/reset.rss', '/atom.xml']);
    const pages = await site.round(SINCE);
    expect(pages.map(({ found }) => found.length)).toEqual([0, 3, 0, 3]);
    expect(pages[0]?.notices?.[0]).toMatch(/^The feed .*login\.rss answers with a web page/);
    expect(pages[2]?.notices?.[0]).toMatch(/reset\.rss could not be read: 127.*broke off/);
    expect(pages[2]?.coverage).toEqual([
      { kind: 'hole', from: SINCE, to: site.now(), cause: expect.stringContaining('reset.rss') },
    ]);
  });

  it('fail together only when all fail, with all reasons', async () => {
    await using site = await forum(['/login.rss', '/broken-server.rss', '/reset.rss']);
    const failure = await site.round().catch((error) => error);
    expect(failure.kind).toBe('unavailable');
    expect(failure.message.split('\n')).toHaveLength(4);
  });

  it('fail by the name they agree on', async () => {
    await using site = await forum(['/blocked.rss', '/blocked.rss?again']);
    await expect(site.round()).rejects.toMatchObject({ kind: 'unauthorized', blocked: true });
  });

  it('start again from the first when a round stood still', async () => {
    await using site = await forum(['/reset.rss', '/broken-server.rss']);
    await expect(site.round()).rejects.toThrow();
    site.answer('/reset.rss', (response) => response.writeHead(302, { location: '/latest.rss' }).end());
    await expect(site.page()).rejects.toThrow();
    site.pass(300_000);
    expect((await site.page()).found).toHaveLength(3);
  });

  it('may be added and removed between pages', async () => {
    await using site = await forum(['/latest.rss', '/atom.xml']);
    const { cursor } = await site.page();
    await using other = await forum(['/rdf.xml']);
    const page = (await other.source.pull?.({ cursor }, AbortSignal.timeout(60_000))) as FeedPage;
    expect(page.found).toHaveLength(3);
    expect(Object.keys(page.cursor.feeds)).toHaveLength(1);
  });
});

describe('the first reading', () => {
  it('looks back as far as the operator wants, the next as far as the feed goes', async () => {
    await using site = await forum(['/latest.rss']);
    const since = Date.UTC(2026, 10, 20, 9, 30);
    expect((await site.page(since)).found.map(({ saidAt }) => (saidAt ?? 0) >= since)).toEqual([true]);
    site.post({});
    expect((await site.page()).found).toHaveLength(4);
  });
});

describe('checking a source', () => {
  it('says what is at each address', async () => {
    await using site = await forum(['/latest.rss', '/login.rss', '/gone.rss']);
    const { note } = await site.source.check(AbortSignal.timeout(60_000));
    expect(note?.split('\n')).toEqual([
      expect.stringContaining('/latest.rss: 3 items in "OKPay 用户论坛 & help".'),
      expect.stringContaining('web page'),
      expect.stringContaining('gone'),
    ]);
  });

  it('fails when nothing is at any', async () => {
    await using site = await forum(['/login.rss']);
    await expect(site.source.check(AbortSignal.timeout(60_000))).rejects.toMatchObject({ kind: 'bad-shape' });
  });
});
