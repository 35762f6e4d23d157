import { describe, expect, it } from 'vitest';
import { nonceOf } from '../../../connectors/discord/messages.ts';
import type { ReplyOrder } from '../../../src/core/ports.ts';
import { openOutbox } from '../../../src/stages/post/index.ts';
import { accountOf, openDesk } from '../../platforms/desk.ts';
import type { Planned } from '../../platforms/discord-faults.ts';
import type { Room, Said } from '../../platforms/discord-world.ts';
import { quiet } from '../../platforms/open-forum.ts';
import { asked, clock, collect, guild, help, open, platform, setUpDiscord, store } from './support.ts';

setUpDiscord();

const TEXT = 'We are looking into it.';
const orderTo = ({ id }: Said, more: Partial<ReplyOrder> = {}): ReplyOrder => ({
  key: '0123456789abcdef.r1',
  text: TEXT,
  nativeId: `${help.id}/${id}`,
  replyRef: guild,
  firstTriedAt: 0,
  ...more,
});
const send = (order: ReplyOrder, timeoutMs = 5_000) => {
  const { reply } = open({ timeoutMs });
  if (!reply) throw new Error('Discord can reply.');
  return reply.send(order, AbortSignal.timeout(60_000));
};
const question = (content = 'my money is gone', room: Room = help) => platform.world.say(room, 'lena', content);
const bodies = () => platform.exchanges.flatMap(({ method, body }) => (method === 'POST' ? [body] : []));

describe('a reply', () => {
  it('answers the message, rings nobody, and carries a key that Discord enforces', async () => {
    const said = question();
    const text = '@everyone <@800000000000000001> <@&5> hello';
    const posted = await send(orderTo(said, { text }));
    const [reply] = platform.world.replies;
    expect(reply).toMatchObject({ content: text, answers: { message: said.id } });
    expect(posted).toMatchObject({
      nativeId: `${help.id}/${reply?.id}`,
      url: `https://discord.com/channels/${guild}/${help.id}/${reply?.id}`,
    });
    expect(bodies()).toEqual([
      {
        content: text,
        nonce: '0123456789abcdef.r1',
        enforce_nonce: true,
        allowed_mentions: { parse: [], replied_user: false },
        message_reference: { message_id: said.id, channel_id: help.id, fail_if_not_exists: false },
      },
    ]);
  });

  it('to a message that was deleted meanwhile stands on its own', async () => {
    const said = question();
    platform.world.remove(said.id);
    await send(orderTo(said));
    expect(platform.world.replies).toMatchObject([{ content: TEXT }]);
    expect(platform.world.replies[0]?.answers).toBeUndefined();
  });

  it('in a thread goes into the thread, and opens it again', async () => {
    const thread = platform.world.addThread(help, 'a thread', 'lena', 'help');
    const said = question('still waiting', thread);
    thread.archivedAt = Date.now();
    await send(orderTo(said, { nativeId: `${thread.id}/${said.id}` }));
    expect(platform.world.replies).toMatchObject([{ channel: thread.id }]);
    expect(thread.archivedAt).toBeUndefined();
  });

  it('stands under its question, and is not read back: neither as a mention nor as a colleague’s word', async () => {
    const said = question();
    await send(orderTo(said));
    const page = await open({ options: { bots: true } }).pull?.({ since: 0 }, AbortSignal.timeout(60_000));
    expect(page?.found.map(({ nativeId }) => nativeId)).toEqual([`${help.id}/${said.id}`]);
    expect(platform.world.replies.map(({ answers }) => answers)).toEqual([{ channel: help.id, message: said.id }]);
    expect(await collect()).toMatchObject({ added: 1 });
  });
});

describe('the key', () => {
  it('is the same each time, and never longer than Discord takes', () => {
    const long = '0123456789abcdef.r1234567890123';
    expect(nonceOf('0123456789abcdef.r1')).toBe('0123456789abcdef.r1');
    expect(nonceOf(long)).toBe(nonceOf(long));
    expect(nonceOf(long)).not.toBe(nonceOf(`${long}4`));
    for (const key of ['', 'a', long, long.repeat(50)]) expect(nonceOf(key).length).toBeLessThanOrEqual(25);
  });

  it('makes one message of two sends, as long as Discord remembers it', async () => {
    const said = question();
    const [one, two] = [await send(orderTo(said)), await send(orderTo(said))];
    expect(two.nativeId).toBe(one.nativeId);
    expect(platform.world.replies).toHaveLength(1);
    platform.nonceMs = -1;
    await send(orderTo(said, { key: 'another.r1' }));
    await send(orderTo(said, { key: 'another.r1' }));
    expect(platform.world.replies).toHaveLength(3);
  });
});

describe('what Discord says to a reply', () => {
  const no = (status: number, code: number): Planned => ({ answer: 'code', status, code });
  const rows: [string, Planned, string, number][] = [
    ['a missing right', no(403, 50013), 'rejected', 0],
    ['a channel that is gone', no(404, 10003), 'rejected', 0],
    ['a message that is gone', no(404, 10008), 'rejected', 0],
    ['closed direct messages', no(403, 50007), 'rejected', 0],
    ['AutoMod', no(400, 200000), 'rejected', 0],
    ['no right to the history', no(400, 160002), 'rejected', 0],
    ['a no that nobody has heard of', no(400, 999999), 'rejected', 0],
    ['slow mode', no(403, 20016), 'rate-limited', 0],
    ['too many writes to this channel', no(403, 20028), 'rate-limited', 0],
    ['wait', { answer: 429, seconds: 3 }, 'rate-limited', 0],
    ['trouble, before it took the reply', { answer: 502 }, 'unknown-outcome', 0],
    ['trouble, after it took the reply', { answer: 502, stored: true }, 'unknown-outcome', 1],
    ['the line breaks after it took the reply', { answer: 'reset', stored: true }, 'unknown-outcome', 1],
    ['nothing, after it took the reply', { answer: 'never', stored: true }, 'unknown-outcome', 1],
    ['half an answer', { answer: 'half', stored: true }, 'unknown-outcome', 1],
    ['a web page', { answer: 'html', stored: true }, 'bad-shape', 1],
    ['nothing in its answer', { answer: 'empty', stored: true }, 'bad-shape', 1],
  ];
  it.each(rows)('%s', async (_, how, kind, posted) => {
    const said = question();
    platform.onNext('POST', /messages$/, how);
    const failure = await send(orderTo(said), 300).then(
      () => undefined,
      (thrown) => thrown,
    );
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(/\.$/) });
    expect(platform.world.replies).toHaveLength(posted);
    expect(asked(/^POST/), 'nothing is ever sent twice by itself').toHaveLength(1);
  });

  it('a text that is too long, or a locked thread, is a no with its reason', async () => {
    const thread = platform.world.addThread(help, 'locked', 'lena', 'help');
    const said = question('in the locked thread', thread);
    await expect(
      send(orderTo(said, { nativeId: `${thread.id}/${said.id}`, text: 'x'.repeat(2001) })),
    ).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('2,000'),
    });
    thread.locked = true;
    await expect(send(orderTo(said, { nativeId: `${thread.id}/${said.id}` }))).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('locked'),
    });
  });

  it('a full bucket: said at once instead of waited for', async () => {
    const said = question();
    platform.bucket = { count: 1, perMs: 30_000 };
    const { reply } = open();
    await reply?.send(orderTo(said), AbortSignal.timeout(60_000));
    const failure = await reply
      ?.send(orderTo(said, { key: 'b.r1' }), AbortSignal.timeout(60_000))
      .catch((thrown) => thrown);
    expect(failure).toMatchObject({ kind: 'rate-limited' });
    expect(failure.until - clock.now()).toBeGreaterThan(20_000);
    expect(asked(/^POST/)).toHaveLength(1);
  });
});

describe('through the outbox', () => {
  const rows: [string, Planned][] = [
    ['stored, but not answered', { answer: 'never', stored: true }],
    ['stored, and the line broke', { answer: 'reset', stored: true }],
    ['neither stored nor answered', { answer: 'never' }],
    ['trouble before it was stored', { answer: 500 }],
  ];
  it.each(rows)('%s: one reply, and a receipt that says how we know', async (_, how) => {
    question();
    let source = open();
    await collect(source);
    const desk = openDesk(store, clock);
    const [id = ''] = await desk.approveAll();
    platform.onNext('POST', /messages$/, how);
    const outbox = openOutbox({
      templates: { version: () => undefined },
      store,
      sourceOf: () => source,
      accountOf,
      clock,
      signal: new AbortController().signal,
      worker: 'test',
      log: quiet,
    });
    source = open({ timeoutMs: 300 });
    expect(await outbox.run()).toMatchObject({ unsure: 1 });
    source = open();
    expect(await outbox.run()).toMatchObject({ posted: 1 });
    expect(platform.world.replies).toHaveLength(1);
    const { mention, receipt } = await desk.see(id);
    expect(mention.state).toBe('posted');
    expect(receipt).toMatchObject({ proof: 'nonce', nativeId: `${help.id}/${platform.world.replies[0]?.id}` });
  });
});
