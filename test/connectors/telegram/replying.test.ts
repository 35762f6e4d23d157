import { describe, expect, it } from 'vitest';
import { keepInMemory, type ReplyOrder } from '#kit';
import { group, type Said } from '../../platforms/telegram.ts';
import { asked, clock, collect, open, platform, setUpTelegram, signal, users } from './support.ts';

setUpTelegram();

const order = (to: Said, more: Partial<ReplyOrder> = {}): ReplyOrder => ({
  key: 'k.r1',
  text: 'Thank you. <b>1 < 2</b> _and_ *more*',
  nativeId: `${to.chat.id}/${to.message_id}`,
  firstTriedAt: clock.now(),
  ...more,
});
const send = (what: ReplyOrder, source = open()) => source.reply?.send(what, signal());
const refusal = (code: number, description: string, parameters?: object) =>
  platform.onNext('sendMessage', { as: 'refused', code, description, ...(parameters && { parameters }) });

describe('a reply', () => {
  it('stands below the message, word for word, without any markup', async () => {
    const said = platform.say(users, 'lena', 'help');
    const posted = await send(order(said));
    expect(platform.replies).toHaveLength(1);
    const [reply] = platform.replies;
    expect(reply?.message).toMatchObject({ text: order(said).text, reply_to_message: { message_id: said.message_id } });
    expect(reply?.payload).not.toHaveProperty('parse_mode');
    expect(posted).toEqual({
      nativeId: `${users.id}/2`,
      url: 'https://t.me/acorn_users/2',
      postedAt: Math.floor(clock.now() / 1000) * 1000,
    });
  });

  it('is sent all the same where the message was deleted meanwhile, and stays in its topic', async () => {
    const said = platform.say(users, 'lena', 'help', { message_thread_id: 7, is_topic_message: true });
    platform.say(users, 'kim', 'something else');
    await collect();
    platform.remove(said);
    await send(order(said, { replyRef: '7' }));
    expect(platform.replies[0]?.message).not.toHaveProperty('reply_to_message');
    expect(platform.replies[0]?.message).toMatchObject({ message_thread_id: 7 });
  });

  it('may hold 4,096 characters', async () => {
    const said = platform.say(users, 'lena', 'help');
    const { max, lengthOf } = open().replyLimit('telegram');
    const longest = '长'.repeat(max);
    expect([max, lengthOf(longest)]).toEqual([4096, 4096]);
    await send(order(said, { text: longest }));
    await expect(send(order(said, { text: `${longest}!` }))).rejects.toMatchObject({ kind: 'rejected' });
    expect(platform.replies).toHaveLength(1);
  });

  it.each(['reset', 'half-body', 500, 'html'] as const)(
    'whose answer is lost (%s) is in doubt, and never sent twice',
    async (as) => {
      const said = platform.say(users, 'lena', 'help');
      platform.onNext('sendMessage', { as, stored: true });
      await expect(send(order(said))).rejects.toMatchObject({
        kind: expect.stringMatching(/unknown-outcome|bad-shape/),
      });
      expect(asked('sendMessage')).toHaveLength(1);
      expect(open().reply?.once).toBe('cannot');
    },
  );

  it('that Telegram puts off says until when, and went nowhere', async () => {
    const said = platform.say(users, 'lena', 'help');
    refusal(429, 'Too Many Requests: retry after 20', { retry_after: 20 });
    await expect(send(order(said))).rejects.toMatchObject({ kind: 'rate-limited', until: clock.now() + 20_000 });
    expect(platform.replies).toHaveLength(0);
  });

  it.each([
    [403, 'Forbidden: bot was blocked by the user'],
    [403, 'Forbidden: bot was kicked from the supergroup chat'],
    [400, 'Bad Request: not enough rights to send text messages to the chat'],
    [400, 'Bad Request: chat not found'],
    [404, 'Not Found'],
  ])('that is refused (%i %s) says why', async (code, description) => {
    const said = platform.say(users, 'lena', 'help');
    refusal(code, description);
    await expect(send(order(said))).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining(description),
    });
  });

  it('to something that is no message of Telegram goes nowhere', async () => {
    const said = platform.say(users, 'lena', 'help');
    await expect(send(order(said, { nativeId: 'abc' }))).rejects.toMatchObject({ kind: 'rejected' });
    expect(asked('sendMessage')).toHaveLength(0);
  });
});

describe('a group that became a supergroup', () => {
  const small = { id: -4_001, type: 'group' as const, title: 'Acorn' };
  const large = group({ id: -1_007_007 });

  it('is answered at its new id once Telegram has told of it, not below a stranger with the same number', async () => {
    const keeping = keepInMemory();
    const said = platform.say(small, 'lena', 'help');
    platform.migrate(small, large);
    platform.say(large, 'kim', 'number one there');
    await collect(open({ keeping }));
    await send(order(said), open({ keeping }));
    expect(platform.replies).toMatchObject([{ message: { chat: { id: large.id } } }]);
    expect(platform.replies[0]?.message).not.toHaveProperty('reply_to_message');
  });

  it('is answered there with the second try where only the refusal told of it', async () => {
    const keeping = keepInMemory();
    const said = platform.say(small, 'lena', 'help');
    platform.migrate(small, large, { silent: true });
    await expect(send(order(said), open({ keeping }))).rejects.toMatchObject({ kind: 'unavailable' });
    expect(platform.replies).toHaveLength(0);
    await send(order(said), open({ keeping }));
    expect(platform.replies).toMatchObject([{ message: { chat: { id: large.id } } }]);
  });
});
