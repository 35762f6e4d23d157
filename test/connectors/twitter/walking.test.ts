import { describe, expect, it } from 'vitest';
import { aroundX, DAY, HOUR, MENTIONS, MINUTE, SEARCH, SECOND } from './support.ts';

const texts = (found: { text: string }[]) => found.map(({ text }) => text).sort();
const timeOf = (id = '') => Number((BigInt(id) >> 22n) + 1_288_834_974_657n);

describe('mentions', () => {
  it('are read page by page, the place moving only when the last page is stored', async () => {
    await using around = await aroundX({ options: { pageSize: 10 } });
    for (let n = 0; n < 25; n++)
      around.x.say('mei', `@OKPayHelp ${n}`, { at: around.clock.time - 25 * MINUTE + n * MINUTE });
    const { pages, found } = await around.read();
    expect(found).toHaveLength(25);
    expect(pages.map(({ more }) => more)).toEqual([true, true, false]);
    expect(
      pages.map(({ cursor }) => (cursor as { streams: { mentions: { top?: string } } }).streams.mentions.top),
    ).toEqual([undefined, undefined, around.x.posts.all.at(-1)?.id]);
  });

  it('that come in while pages are read are not skipped', async () => {
    await using around = await aroundX({ options: { pageSize: 10 } });
    for (let n = 0; n < 25; n++) around.x.say('mei', `@OKPayHelp ${n}`);
    const heard = (await around.page()).found;
    around.clock.time += SECOND;
    around.x.say('mei', '@OKPayHelp meanwhile');
    heard.push(...(await around.read()).found);
    heard.push(...(await around.read()).found);
    expect(new Set(texts(heard)).size).toBe(26);
  });

  it('are walked on below the last one when the page token is forgotten', async () => {
    await using around = await aroundX({ options: { pageSize: 10, overlapMinutes: 0 } });
    around.x.say('mei', '@OKPayHelp before');
    await around.read();
    for (let n = 0; n < 25; n++) around.x.say('mei', `@OKPayHelp ${n}`, { at: around.clock.time + n + 1 });
    around.clock.time += HOUR;
    const first = await around.page();
    around.x.forgetTokens();
    const { found } = await around.read();
    const all = Array.from({ length: 25 }, (_, n) => `@OKPayHelp ${n}`);
    expect(texts([...first.found, ...found])).toEqual(expect.arrayContaining(all));
    expect(around.asked(MENTIONS).at(-1)?.query).toMatchObject({ since_id: expect.any(String) });
  });

  it('go on after an empty page that has a token', async () => {
    await using around = await aroundX();
    const empty = { meta: { result_count: 0, next_token: 'b26v0xzz' } };
    around.x.failNext(MENTIONS, { status: 200, body: empty });
    const page = await around.page();
    expect(page).toMatchObject({ found: [], more: true });
  });

  it('that X lists late are heard, since each reading overlaps the one before', async () => {
    await using around = await aroundX();
    around.x.say('mei', '@OKPayHelp late', { listedAt: around.clock.time + 5 * MINUTE });
    around.clock.time += SECOND;
    around.x.say('mei', '@OKPayHelp in time');
    expect(texts((await around.read()).found)).toEqual(['@OKPayHelp in time']);
    around.clock.time += 6 * MINUTE;
    expect(texts((await around.read()).found)).toContain('@OKPayHelp late');
    const { query } = around.asked(MENTIONS).at(-1) ?? {};
    expect(timeOf(query?.since_id)).toBe(around.clock.time - 6 * MINUTE - 10 * MINUTE);
  });

  it('beyond the 800 newest are a hole with its cause', async () => {
    await using around = await aroundX({ options: { overlapMinutes: 1 } });
    around.x.say('mei', '@OKPayHelp before');
    const before = around.clock.time;
    await around.read();
    for (let n = 0; n < 900; n++) around.x.say('mei', `@OKPayHelp ${n}`, { at: before + HOUR + n * SECOND });
    around.clock.time += 2 * HOUR;
    const { found, last } = await around.read();
    expect(found).toHaveLength(800);
    const oldest = before + HOUR + 100 * SECOND;
    expect(last.coverage).toEqual([
      { kind: 'hole', from: before - MINUTE, to: oldest, cause: expect.stringContaining('800') },
      { kind: 'seen', from: oldest, to: around.clock.time - 30 * SECOND },
    ]);
  });

  it('that are many, but reach back to what is known, leave no hole', async () => {
    await using around = await aroundX({ options: { overlapMinutes: 1 } });
    around.x.say('mei', '@OKPayHelp before');
    await around.read();
    for (let n = 0; n < 790; n++) around.x.say('mei', `@OKPayHelp ${n}`, { at: around.clock.time + n });
    around.clock.time += HOUR;
    const { last } = await around.read();
    expect(last.coverage?.map(({ kind }) => kind)).toEqual(['seen']);
  });
});

describe('a search', () => {
  const options = { mentions: false, searches: ['OKPay'], overlapMinutes: 10 };

  it('hears the newest half minute with the next reading', async () => {
    await using around = await aroundX({ options });
    around.x.say('mei', 'OKPay is down');
    expect((await around.read()).found).toEqual([]);
    around.clock.time += MINUTE;
    expect(texts((await around.read()).found)).toEqual(['OKPay is down']);
  });

  it('that rested for more than seven days goes as far as X lets it, and names the hole', async () => {
    await using around = await aroundX({ options });
    around.x.say('mei', 'OKPay one', { at: around.clock.time - HOUR });
    await around.read();
    const restedAt = around.clock.time;
    around.clock.time += 9 * DAY;
    around.x.say('mei', 'OKPay lost', { at: around.clock.time - 8 * DAY });
    around.x.say('mei', 'OKPay two', { at: around.clock.time - 6 * DAY });
    const { found, last } = await around.read();
    expect(texts(found)).toEqual(['OKPay two']);
    expect(around.asked(SEARCH).every(({ failed }) => !failed)).toBe(true);
    const query = around.asked(SEARCH).at(-1)?.query ?? {};
    expect(query).not.toHaveProperty('since_id');
    expect(Date.parse(query.start_time ?? '')).toBe(around.clock.time - 7 * DAY + MINUTE);
    const reach = around.clock.time - 7 * DAY + MINUTE;
    expect(last.coverage?.[0]).toEqual({
      kind: 'hole',
      from: restedAt - 30 * SECOND,
      to: reach,
      cause: expect.stringContaining('seven days'),
    });
  });

  it('that was read all the time has no hole, although nothing was found for weeks', async () => {
    await using around = await aroundX({ options });
    around.x.say('mei', 'OKPay one', { at: around.clock.time - HOUR });
    await around.read();
    for (let day = 0; day < 12; day++) {
      around.clock.time += DAY;
      const { last } = await around.read();
      expect(last.coverage?.map(({ kind }) => kind)).toEqual(['seen']);
    }
  });

  it('goes on when the seven days run away under a walk of many pages', async () => {
    await using around = await aroundX({ options: { ...options, pageSize: 10 } });
    const begin = around.clock.time - 7 * DAY + 2 * HOUR;
    for (let n = 0; n < 40; n++) around.x.say('mei', `OKPay ${n}`, { at: begin + n * HOUR });
    const heard = (await around.page({ since: 0 })).found;
    around.clock.time += HOUR;
    heard.push(...(await around.page()).found);
    around.clock.time += 2 * MINUTE;
    heard.push(...(await around.read()).found);
    expect(new Set(texts(heard)).size).toBe(40);
    expect(around.asked(SEARCH).every(({ query }) => !(query.since_id && query.start_time))).toBe(true);
  });

  it('that X does not understand is told and stops no other', async () => {
    const long = 'x'.repeat(512);
    await using around = await aroundX({ options: { searches: ['OKPay', long] } });
    around.x.onRequest = () => undefined;
    around.x.say('mei', 'OKPay @OKPayHelp', { at: around.clock.time - MINUTE });
    const refuse = {
      status: 400,
      body: { title: 'Invalid Request', detail: 'There were errors processing your request' },
    };
    let searches = 0;
    around.x.onRequest = (route) => (SEARCH.test(route) && ++searches === 2 ? refuse : undefined);
    const { found, last } = await around.read();
    expect(texts(found)).toEqual(['OKPay @OKPayHelp', 'OKPay @OKPayHelp']);
    expect(last.notices?.join()).toContain('There were errors processing');
    expect(last.coverage).toEqual([]);
  });

  it('alone and refused pauses the source', async () => {
    await using around = await aroundX({ options });
    around.x.failNext(SEARCH, { status: 400, body: { title: 'Invalid Request', detail: 'bad operator' } });
    await expect(around.read()).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('bad operator'),
    });
  });

  it('asks one kind of question at a time, with the same floor on every page', async () => {
    await using around = await aroundX({ options: { ...options, pageSize: 10 } });
    around.x.say('mei', 'OKPay', { at: around.clock.time - MINUTE });
    await around.read();
    for (let n = 0; n < 30; n++) around.x.say('mei', `OKPay ${n}`);
    around.clock.time += HOUR;
    await around.read();
    const floors = around
      .asked(SEARCH)
      .slice(1)
      .map(({ query }) => query.since_id);
    expect(floors.length).toBeGreaterThan(2);
    expect(new Set(floors).size).toBe(1);
  });
});

describe('several streams', () => {
  it('have seen together what each of them saw', async () => {
    await using around = await aroundX({ options: { searches: ['OKPay'], overlapMinutes: 0 } });
    const { last } = await around.read({ since: around.clock.time - HOUR });
    expect(last.coverage).toEqual([
      { kind: 'seen', from: around.clock.time - HOUR, to: around.clock.time - 30 * SECOND },
    ]);
  });

  it('tell what was seen also when a search failed for hours in between', async () => {
    await using around = await aroundX({ options: { searches: ['OKPay'], overlapMinutes: 0 } });
    const since = around.clock.time - HOUR;
    around.x.onRequest = (route) => (SEARCH.test(route) ? { fault: 500 } : undefined);
    await around.page({ since });
    for (let hour = 0; hour < 3; hour++) {
      await expect(around.page()).rejects.toMatchObject({ kind: 'unavailable' });
      around.clock.time += HOUR;
      around.x.say('mei', '@OKPayHelp still there?');
      await around.page();
    }
    around.x.onRequest = () => undefined;
    const { last } = await around.read();
    expect(last.coverage).toEqual([{ kind: 'seen', from: since, to: around.clock.time - 30 * SECOND }]);
  });

  it('begin with the mentions again when a search kept them waiting', async () => {
    await using around = await aroundX({ options: { searches: ['OKPay'] } });
    await around.page();
    around.clock.time += 11 * MINUTE;
    await around.page();
    expect(around.asked(/mentions|search/).map(({ route }) => route.split('/').at(-1))).toEqual([
      'mentions',
      'mentions',
    ]);
  });
});
