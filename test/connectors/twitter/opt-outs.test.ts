import { describe, expect, it } from 'vitest';
import { wishIn } from '#kit';
import { keepInMemory } from '../../../src/kit/keep.ts';
import { aroundX, MINUTE } from './support.ts';

describe('a wish to be left alone', () => {
  it.each([
    '@OKPayHelp stop',
    'STOP!',
    'please unsubscribe @OKPayHelp',
    'opt out',
    "don't reply to me",
    '@OKPayHelp 退订',
    '请不要再回复我了',
    '別再聯絡我',
  ])('is heard in: %s', (text) => expect(wishIn(text)).toBe('stop'));

  it.each([
    'stop charging me twice',
    'my transfer will not stop',
    '请不要再扣我的钱',
    'please stop this thief',
    '怎么退订短信通知',
    'start is broken',
  ])('is no wish: %s', (text) => expect(wishIn(text)).toBeUndefined());

  it('is obeyed from then on, over restarts, until the author says otherwise', async () => {
    await using place = await aroundX({ keeping: keepInMemory() });
    const { x, clock, read, open } = place;
    const us = x.us.username;
    const say = (text: string, who = 'invented_ann') => {
      clock.time += MINUTE;
      return x.say(who, `@${us} ${text}`).id;
    };
    const permissions = async (through = open()) =>
      new Map((await read(undefined, through)).found.map(({ nativeId, permission }) => [nativeId, permission.how]));

    const before = say('my top-up failed');
    expect((await permissions()).get(before)).toBe('api');
    const wish = say('stop');
    const after = say('充值失败');
    const other = say('my transfer failed', 'invented_ben');
    const heard = await permissions();
    expect([heard.get(wish), heard.get(after), heard.get(other)]).toEqual(['never', 'never', 'api']);

    const later = say('still nothing');
    expect((await permissions(open())).get(later)).toBe('never');
    // A reply that a person approved before the wish was heard stays here, too.
    const approved = { key: 'k1', text: 'We are sorry to hear that.', nativeId: before, firstTriedAt: clock.time };
    const authorId = x.posts.byId(before)?.author.id ?? '';
    const sent = open().reply?.send({ ...approved, authorId }, new AbortController().signal);
    await expect(sent).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('asked us to stop'),
    });
    expect(x.replies).toEqual([]);

    say('start');
    const again = say('my card was charged');
    expect((await permissions()).get(again)).toBe('api');
  });
});
