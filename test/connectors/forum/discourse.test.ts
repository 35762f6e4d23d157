import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { From } from '#kit';
import { DiscoursePlatform } from '../../platforms/discourse.ts';
import { HandClock } from '../../platforms/open-forum.ts';
import { type ForumSettings, openForumAt } from '../../platforms/open-forums.ts';
import { HOUR, MINUTE, orderFor, read, replying, signal } from './support.ts';

let platform: DiscoursePlatform;
let clock: HandClock;
beforeEach(async () => {
  clock = new HandClock();
  platform = await new DiscoursePlatform(() => clock.now()).start();
});
afterEach(() => platform.close());

const open = (settings: ForumSettings = {}) => openForumAt(platform, 'discourse', { clock, ...settings });
const anew = (): From => ({ since: clock.now() - HOUR });
const host = () => new URL(platform.url).host;

describe('a post on Discourse', () => {
  it('becomes a mention with everything a person needs', async () => {
    const first = platform.say('mei_lin', '充值失败 & no answer', '<p>OKPay 没有到账</p>');
    const { found } = await read(open(), anew());
    expect(found).toEqual([
      {
        nativeId: `${host()}/${first.id}`,
        author: { id: String(first.userId), handle: 'mei_lin', url: `${platform.url}/u/mei_lin` },
        text: '充值失败 & no answer\nOKPay 没有到账',
        saidAt: first.createdAt,
        url: `${platform.url}/t/topic-${first.topic.id}/${first.topic.id}/1`,
        conversationId: `${host()}/t/${first.topic.id}`,
        replyRef: JSON.stringify({ topic: first.topic.id, number: 1 }),
        permission: { how: 'api' },
        place: host(),
      },
    ]);
  });

  it('keeps quotes and code apart, and leaves out previews of other pages', async () => {
    const cooked = `
      <aside class="quote" data-username="nils"><div class="title">nils:</div><blockquote><p>OKPay stole it</p></blockquote></aside>
      <p>That is not so <img class="emoji" alt=":smile:" title=":smile:">. Run <code>top-up</code>:</p>
      <pre><code class="lang-sh">okpay pay\n  --again</code></pre>
      <aside class="onebox"><header class="source"><a href="https://news.example/x">news</a></header><article>Scandal at OKPay</article></aside>`;
    const first = platform.say('nils', 'Fees', '<p>x</p>');
    platform.say('mei_lin', first.topic, cooked);
    const { texts } = await read(open(), anew());
    expect(texts[0]).toBe(
      '> OKPay stole it\n\nThat is not so :smile:. Run top-up:\n\n```\nokpay pay\n  --again\n```\n\n[https://news.example/x]',
    );
  });

  it.each([
    ['by the forum itself', { userId: -1 }],
    ['of the staff among themselves', { type: 4 }],
    ['that was flagged and hidden', { hidden: true }],
    ['that was deleted', { deleted: true }],
  ])('%s is not heard', async (_, more) => {
    platform.say('system', 'Welcome', '<p>Hello</p>', more);
    expect((await read(open(), anew())).found).toEqual([]);
  });

  it('without words, a picture alone, is nothing to sort', async () => {
    const first = platform.say('nils', 'Fees', '<p>x</p>');
    platform.say('mei_lin', first.topic, '<p><img src="/uploads/a.png"></p>');
    expect((await read(open(), anew())).texts).toEqual(['Fees\nx']);
  });
});

describe('the newest posts of Discourse', () => {
  it('are read by descending number over pages, back to what is known', async () => {
    for (let n = 0; n < 120; n++) platform.say('nils', `T${n}`, '<p>x</p>');
    const source = open();
    const first = await read(source, anew());
    expect(first.found).toHaveLength(120);
    // The last page is the one with post 1; nothing can come after it.
    expect(platform.requests).toEqual(['GET /posts.json', 'GET /posts.json?before=71', 'GET /posts.json?before=21']);
    expect(first.coverage).toEqual([{ kind: 'seen', from: clock.now() - HOUR, to: clock.now() }]);
  });

  it('of one quiet minute take one request', async () => {
    const source = open();
    let from = anew();
    for (let n = 0; n < 60; n++) platform.say('nils', `T${n}`, '<p>x</p>');
    for (let round = 0; round < 3; round++) from = (await read(source, from)).from;
    platform.requests.length = 0;
    clock.pass(MINUTE);
    platform.say('mei_lin', 'New', '<p>y</p>');
    const { texts } = await read(source, from);
    expect(texts[0]).toBe('New\ny');
    expect(platform.requests).toEqual(['GET /posts.json']);
  });

  it('are kept by keyword, in any letter case and width, and never older than wanted', async () => {
    platform.say('nils', 'Old', '<p>OKPay</p>', { createdAt: clock.now() - 2 * HOUR });
    platform.say('nils', 'Weather', '<p>rain</p>');
    platform.say('nils', 'Wallet', '<p>ＯＫＰａｙ不好用</p>');
    const { texts } = await read(open({ options: { keywords: ['okpay'] } }), anew());
    expect(texts).toEqual(['Wallet\nＯＫＰａｙ不好用']);
  });

  it('that were held back and shown late are heard with the next reading', async () => {
    const source = open();
    const late = platform.say('nils', 'Held', '<p>back</p>', { hidden: true });
    platform.say('nils', 'Seen', '<p>at once</p>');
    const { from } = await read(source, anew());
    late.hidden = false;
    expect((await read(source, from)).texts).toContain('Held\nback');
  });
});

describe('a search on Discourse', () => {
  const searching = (search = 'OKPay') => open({ options: { searches: [search] } });

  it('shows beginnings only, so each new post is fetched whole, with the title of its topic', async () => {
    const long = `OKPay ${'did not pay '.repeat(30)}`.trim();
    const first = platform.say('mei_lin', 'Help', `<p>${long}</p>`);
    platform.say('nils', 'Weather', '<p>rain</p>');
    const { texts } = await read(searching(), anew());
    expect(texts).toEqual([`Help\n${long}`]);
    expect(platform.requests.at(-1)).toBe(`GET /posts/${first.id}.json`);
  });

  it('is read over pages, and known posts are not fetched again', async () => {
    for (let n = 0; n < 60; n++) platform.say('nils', `OKPay ${n}`, '<p>x</p>');
    const source = searching();
    const one = await read(source, anew());
    const two = await read(source, one.from);
    expect(one.found).toHaveLength(60);
    platform.requests.length = 0;
    await read(source, two.from);
    expect(platform.requests.filter((request) => request.includes('/posts/'))).toEqual([]);
  });

  it('that the forum finds too short is no "no news"', async () => {
    await expect(read(searching('OK'), anew())).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('too short'),
    });
  });
});

describe('edits and deletions on Discourse', () => {
  it('are followed', async () => {
    const [kept, edited, gone, hidden] = ['kept', 'edited', 'gone', 'hidden'].map((word) =>
      platform.say('nils', `Title ${word}`, `<p>${word}</p>`),
    ) as [never, never, never, never];
    const source = open();
    const { found } = await read(source, anew());
    clock.pass(MINUTE);
    platform.edit(edited, '<p>changed</p>');
    Object.assign(gone, { deleted: true });
    Object.assign(hidden, { hidden: true });
    const ids = found.map(({ nativeId }) => nativeId);
    const became = new Map((await source.recheck?.(ids, signal()))?.map((one) => [one.nativeId, one]));
    const now = (post: { id: number }) => became.get(`${host()}/${post.id}`);
    expect(now(edited)).toMatchObject({
      now: 'edited',
      found: { text: 'Title edited\nchanged', editedAt: clock.now() },
    });
    // Given back whole, so that the store compares: the text is the one it has, title and all.
    expect(now(kept)).toMatchObject({ now: 'edited', found: { text: 'Title kept\nkept' } });
    expect([now(gone)?.now, now(hidden)?.now]).toEqual(['gone', 'gone']);
  });

  it('are not believed where everything seems to be gone at once', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `${host()}/${n + 500}`);
    await expect(open().recheck?.(ids, signal())).rejects.toMatchObject({ kind: 'unauthorized' });
  });

  it('are not read from a block page, which stands in front of everything', async () => {
    const post = platform.say('nils', 'T', '<p>x</p>');
    platform.faults.strike = (response) => {
      response.writeHead(403, { 'content-type': 'text/html' }).end('<!doctype html><title>Just a moment…</title>');
      return true;
    };
    await expect(open().recheck?.([`${host()}/${post.id}`], signal())).rejects.toMatchObject({ blocked: true });
  });

  it('are asked for of this forum only', async () => {
    await expect(open().recheck?.(['other.example/1'], signal())).resolves.toEqual([]);
    expect(platform.requests).toEqual([]);
  });
});

describe('a reply on Discourse', () => {
  const said = async () => {
    platform.say('nils', 'Fees', '<p>x</p>');
    const { found } = await read(open(), anew());
    return orderFor(found[0] as never, clock.now());
  };

  it('answers the post itself, as our account', async () => {
    const order = await said();
    const posted = await replying(open()).send(order, signal());
    expect(platform.replies).toMatchObject([{ raw: order.text, answers: 1, username: 'acorn_help' }]);
    expect(posted).toMatchObject({
      url: `${platform.url}/t/${platform.replies[0]?.topic.id}/2`,
      postedAt: clock.now(),
    });
  });

  it('whose answer was lost is found at the end of a long topic, past the answers of others', async () => {
    const order = await said();
    platform.onNextReply.push('break off');
    await expect(replying(open()).send(order, signal())).rejects.toMatchObject({ kind: 'unknown-outcome' });
    const [first] = platform.posts;
    for (let n = 0; n < 50; n++) platform.say('nils', first?.topic as never, '<p>me too</p>');
    await expect(replying(open()).find(order, signal())).resolves.toMatchObject({ nativeId: `${host()}/2` });
  });

  it('of an hour ago, or to another post, is not taken for it', async () => {
    const order = await said();
    await replying(open()).send(order, signal());
    const other = { ...order, replyRef: JSON.stringify({ topic: platform.posts[0]?.topic.id, number: 7 }) };
    await expect(replying(open()).find(other, signal())).resolves.toBeNull();
    await expect(replying(open()).find({ ...order, firstTriedAt: clock.now() + HOUR }, signal())).resolves.toBeNull();
  });

  it('that waits for moderators is unsure, never sent again by itself', async () => {
    platform.onNextReply.push('moderated');
    await expect(replying(open()).send(await said(), signal())).rejects.toMatchObject({
      kind: 'unknown-outcome',
      message: expect.stringContaining('moderators'),
    });
  });

  it.each([
    [
      'too short',
      { status: 422, body: { action: 'create_post', errors: ['Body is too similar to what you recently posted'] } },
      'rejected',
      /too similar/,
    ],
    [
      'limited, with the time only in the body',
      { status: 429, body: { errors: ['Slow down'], error_type: 'rate_limit', extras: { wait_seconds: 17 } } },
      'rate-limited',
      /17 s/,
    ],
    [
      'limited, with the time in the header',
      { status: 429, body: { errors: ['Slow down'] }, headers: { 'retry-after': '17' } },
      'rate-limited',
      /./,
    ],
  ])('that is %s', async (_, behaviour, kind, message) => {
    const order = await said();
    platform.onNextReply.push(behaviour);
    const failure = await replying(open())
      .send(order, signal())
      .catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(message) });
    if (kind === 'rate-limited') expect(failure).toMatchObject({ until: clock.now() + 17_000 });
  });

  it('in a closed topic is refused, and the source goes on', async () => {
    const order = await said();
    Object.assign(platform.posts[0]?.topic ?? {}, { closed: true });
    await expect(replying(open()).send(order, signal())).rejects.toMatchObject({ kind: 'rejected' });
  });
});

describe('the key of Discourse', () => {
  it('says who we are', async () => {
    await expect(open().check(signal())).resolves.toEqual({ id: '900', handle: 'acorn_help' });
  });

  it('that is wrong is called so', async () => {
    const source = open({ variables: { DISCOURSE_API_KEY: 'another' } });
    await expect(source.check(signal())).rejects.toMatchObject({ kind: 'unauthorized', message: /key/ });
  });

  it('needs the account it belongs to', () => {
    expect(() => open({ options: { account: '' } })).toThrow('account');
  });

  it('may be missing: then everything public is read, and replies go by hand', async () => {
    platform.say('nils', 'Fees', '<p>x</p>');
    const source = open({ variables: {} });
    await expect(source.check(signal())).resolves.toMatchObject({ note: expect.stringContaining('Acorn forum') });
    const { found } = await read(source, anew());
    expect(found).toMatchObject([{ permission: { how: 'by-hand' } }]);
    await expect(replying(source).send(orderFor(found[0] as never, 0), signal())).rejects.toMatchObject({
      kind: 'unauthorized',
    });
    expect(platform.replies).toEqual([]);
  });

  it('is not shown to a second forum that it is not for', async () => {
    platform.membersOnly = true;
    await expect(read(open({ options: { useKey: false } }), anew())).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringContaining('Only members'),
    });
  });
});
