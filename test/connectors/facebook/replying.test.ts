import { describe, expect, it } from 'vitest';
import type { ReplyOrder } from '#kit';
import { PAGE, type Thing } from '../../platforms/facebook.ts';
import { clock, collect, count, mentions, open, platform, setUpFacebook, signal } from './support.ts';

setUpFacebook();

const TEXT = 'Thank you.\n\nPlease write to our help centre.';
const order = (to: Thing, more: Partial<ReplyOrder> = {}): ReplyOrder => ({
  key: 'k.r1',
  text: TEXT,
  nativeId: to.id,
  replyRef: to.parent ?? to.id,
  firstTriedAt: clock.now(),
  ...more,
});
const send = (what: ReplyOrder) => open().reply?.send(what, signal());
const find = (what: ReplyOrder) => {
  const { reply } = open();
  return reply?.once === 'look-up' ? reply.find(what, signal()) : expect.fail('it can look up');
};
const comment = () => platform.comment('lena', platform.post('', 'news', { from: PAGE }), 'help');

describe('a reply', () => {
  it('stands below the comment, by the Page, and an answer to an answer below the first', async () => {
    const first = comment();
    const answer = platform.comment('kim', first, 'me too');
    await collect();
    const held = (await mentions()).find(({ nativeId }) => nativeId === answer.id);
    const posted = await send(order(answer, { replyRef: held?.replyRef ?? '' }));
    expect(platform.replies).toMatchObject([{ from: PAGE, message: TEXT, parent: first.id, id: posted?.nativeId }]);
    await send(order(platform.post('tomas', 'a post')));
    expect(platform.replies).toHaveLength(2);
  });

  it.each(['reset', 'half-body', 500, 'html'] as const)(
    'whose answer is lost (%s) is looked for, not sent again',
    async (as) => {
      const first = comment();
      expect(await find(order(first))).toBeNull();
      platform.onNext(/^POST/, { as, stored: true });
      await expect(send(order(first))).rejects.toMatchObject({
        kind: expect.stringMatching(/unknown-outcome|bad-shape/),
      });
      expect(count(/^POST/)).toBe(1);
      expect(await find(order(first))).toMatchObject({ nativeId: platform.replies[0]?.id });
    },
  );

  it('that Facebook calls a double, or fails at, is in doubt', async () => {
    const first = comment();
    for (const code of [506, 1, 2]) {
      platform.onNext(/^POST/, { as: 'error', code });
      await expect(send(order(first))).rejects.toMatchObject({ kind: 'unknown-outcome' });
    }
  });

  it('is found among many others, but not an older one with the same words, nor somebody else’s', async () => {
    const first = comment();
    platform.comment('', first, TEXT, { from: PAGE });
    clock.pass(3_600_000);
    platform.comment('copycat', first, TEXT);
    expect(await find(order(first))).toBeNull();
    const { nativeId } = (await send(order(first))) ?? {};
    for (let n = 0; n < 230; n++) platform.comment(`p${n}`, first, `more ${n}`);
    expect(await find(order(first))).toMatchObject({ nativeId });
  });

  it('to what is gone says so, and is not found there either', async () => {
    const first = comment();
    platform.remove(first);
    await expect(send(order(first))).rejects.toMatchObject({ kind: 'rejected' });
    expect(await find(order(first))).toBeNull();
  });

  it.each([
    [10, 'unauthorized'],
    [368, 'unauthorized'],
    [32, 'rate-limited'],
    [100, 'rejected'],
  ])('that is refused with %i is %s, and went nowhere', async (code, kind) => {
    const first = comment();
    platform.onNext(/^POST/, { as: 'error', code });
    await expect(send(order(first))).rejects.toMatchObject({ kind });
    expect(platform.replies).toHaveLength(0);
  });
});
