import { describe, expect, it } from 'vitest';
import type { ReplyOrder } from '#kit';
import type { Source } from '../../../src/core/ports.ts';
import { aroundX, HOUR, MINUTE, SEARCH, SECOND, START } from './support.ts';

const POST = /^POST \/2\/tweets$/;
const signal = () => AbortSignal.timeout(60_000);

function lookUp(source: Source) {
  if (source.reply?.once !== 'look-up') throw new Error('X is looked up.');
  return source.reply;
}
const send = (source: Source, order: ReplyOrder) => lookUp(source).send(order, signal());
const find = (source: Source, order: ReplyOrder) => lookUp(source).find(order, signal());

async function mentioned(text = '@OKPayHelp top-up failed') {
  const around = await aroundX();
  const { id } = around.x.say('mei', text, { at: START - HOUR });
  const order: ReplyOrder = {
    key: `${id}.r1`,
    text: 'Please write to us.',
    nativeId: id,
    replyRef: id,
    firstTriedAt: START,
  };
  return { ...around, order, [Symbol.asyncDispose]: () => around.x.close() };
}

describe('a reply', () => {
  it('goes to the newest version of an edited post, and is found under either id', async () => {
    await using around = await mentioned();
    const { id } = around.x.posts.edit(around.order.nativeId, '@OKPayHelp top-up failed again', START - 50 * MINUTE);
    const order = { ...around.order, replyRef: id };
    const posted = await send(around.source, order);
    expect(around.x.replies).toMatchObject([{ id: posted.nativeId, repliesTo: id }]);
    expect(posted).toMatchObject({ url: `https://x.com/OKPayHelp/status/${posted.nativeId}`, postedAt: START });
    expect(await find(around.source, around.order)).toBeNull();
    expect(await find(around.source, order)).toMatchObject({ nativeId: posted.nativeId });
  });

  it('is one request, whatever happens to it', async () => {
    await using around = await mentioned();
    for (const fault of [500, 'reset', 'half-body', 'html'] as const) {
      around.x.failNext(POST, { fault });
      await expect(send(around.source, around.order)).rejects.toMatchObject({
        kind: expect.stringMatching(/unknown-outcome|bad-shape/),
      });
    }
    expect(around.asked(POST)).toHaveLength(4);
  });

  it('is refused by X where the author did not turn to us, and says what to do', async () => {
    await using around = await mentioned('OKPay ate my money');
    await expect(send(around.source, around.order)).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('by hand'),
    });
  });

  it('to a post that is gone is refused', async () => {
    await using around = await mentioned();
    Object.assign(around.x.posts.all[0] ?? {}, { gone: true });
    await expect(send(around.source, around.order)).rejects.toMatchObject({ kind: 'rejected' });
  });

  it.each([
    ['no credits', { status: 402, body: {} }],
    ['a suspended account', { status: 403, body: { title: 'Forbidden', detail: 'User is suspended' } }],
    ['a key without the right', { status: 403, body: { type: 'https://api.twitter.com/2/problems/client-forbidden' } }],
    ['the usage cap', { status: 429, body: { title: 'UsageCapExceeded' } }],
  ])('waits for a person when the whole account is stopped: %s', async (_, fault) => {
    await using around = await mentioned();
    around.x.failNext(POST, fault);
    await expect(send(around.source, around.order)).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});

describe('one reply for each time somebody turns to us', () => {
  it('also when another draft of ours has answered before', async () => {
    await using around = await mentioned();
    const first = await send(around.source, around.order);
    around.clock.time += HOUR;
    const other = { ...around.order, key: 'other', text: 'Other words.', firstTriedAt: around.clock.time };
    await expect(send(around.open(), other)).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining(first.url ?? '?'),
    });
    expect(around.x.replies).toHaveLength(1);
  });

  it('and a second try that finds the first is done', async () => {
    await using around = await mentioned();
    around.x.failNext(POST, { fault: 'reset', stored: true });
    await send(around.source, around.order).catch(() => {});
    around.clock.time += 2 * MINUTE;
    const posted = await send(around.source, around.order);
    expect(around.x.replies.map(({ id }) => id)).toEqual([posted.nativeId]);
    expect(around.asked(POST)).toHaveLength(1);
  });

  it('does not hang on the look before it', async () => {
    await using around = await mentioned();
    around.x.failNext(SEARCH, { fault: 500 });
    await expect(send(around.source, around.order)).resolves.toMatchObject({ nativeId: expect.any(String) });
  });
});

describe('"duplicate content"', () => {
  it('on our own second try means that the first got through', async () => {
    await using around = await mentioned();
    around.x.failNext(POST, { fault: 'reset', stored: true });
    await send(around.source, around.order).catch(() => {});
    // So soon after it the search has not heard of the first try; X itself has.
    around.clock.time += 3 * SECOND;
    const posted = await send(around.source, around.order);
    expect(around.x.replies.map(({ id }) => id)).toEqual([posted.nativeId]);
  });

  it('stays unknown when the first cannot be found', async () => {
    await using around = await mentioned();
    const body = { title: 'Forbidden', detail: 'You are not allowed to create a Tweet with duplicate content.' };
    around.x.failNext(POST, { status: 403, body });
    const again = { ...around.order, firstTriedAt: START - MINUTE };
    await expect(send(around.source, again)).rejects.toMatchObject({ kind: 'unknown-outcome' });
  });

  it('on a first try means that we said it elsewhere: the wording has to change', async () => {
    await using around = await mentioned();
    const { id } = around.x.say('nils', '@OKPayHelp me too');
    await send(around.source, around.order);
    const other = { ...around.order, nativeId: id, replyRef: id, key: 'other' };
    await expect(send(around.source, other)).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('wording'),
    });
  });
});

describe('looking for a lost reply', () => {
  it('reads all of our posts since the first try', async () => {
    await using around = await mentioned();
    const posted = await send(around.source, around.order);
    for (let n = 0; n < 250; n++) around.x.say('OKPayHelp', `news ${n}`, { at: START + n * SECOND });
    around.clock.time += HOUR;
    expect(await find(around.source, around.order)).toMatchObject({ nativeId: posted.nativeId });
  });

  it('that fails is no "not there"', async () => {
    await using around = await mentioned();
    around.x.failNext(/users\/\d+\/tweets/, { fault: 'half-body' });
    await expect(find(around.source, around.order)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

it('is measured as X counts', async () => {
  await using around = await mentioned();
  const { max, lengthOf } = around.source.replyLimit('twitter');
  expect(max).toBe(280);
  expect(lengthOf('充'.repeat(140))).toBe(280);
  expect(lengthOf('https://help.okpay.example/a/very/long/path/that/goes/on')).toBeLessThanOrEqual(56);
});

describe('looking again at what we hold', () => {
  it('tells what is gone, what was edited and what is the same', async () => {
    await using around = await aroundX({ options: { followDeletions: true } });
    const [gone, edited, same] = ['a', 'b', 'c'].map((text) => around.x.say('mei', `@OKPayHelp ${text}`));
    Object.assign(gone ?? {}, { gone: true });
    const known = [gone, edited, same].map((post) => post?.id ?? '');
    around.clock.time += MINUTE;
    around.x.posts.edit(known[1] ?? '', '@OKPayHelp B', around.clock.time);
    expect(await around.source.recheck?.(known, signal())).toMatchObject([
      { nativeId: known[0], now: 'gone' },
      { nativeId: known[1], now: 'edited', found: { nativeId: known[1], text: '@OKPayHelp B' } },
      { nativeId: known[2], now: 'same' },
    ]);
  });

  it('does not take silence about a post for its end', async () => {
    await using around = await aroundX({ options: { followDeletions: true } });
    const { id } = around.x.say('mei', '@OKPayHelp a');
    const other = { id: '1990000000000000001', text: 'x', author_id: '7' };
    around.x.failNext(/^GET \/2\/tweets$/, { status: 200, body: { data: [other] } });
    expect(await around.source.recheck?.([id], signal())).toEqual([{ nativeId: id, now: 'same' }]);
  });

  it('asks for nothing where the options do not want it: each look is paid for', async () => {
    await using around = await aroundX();
    const { id } = around.x.say('mei', '@OKPayHelp a');
    const before = structuredClone(around.x.requests);
    expect(await around.source.recheck?.([id], signal())).toEqual([]);
    expect(around.x.requests).toEqual(before);
  });
});
