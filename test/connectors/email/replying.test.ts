import { describe, expect, it } from 'vitest';
import { messageIdFor } from '../../../connectors/email/messages.ts';
import type { ReplyAbility, ReplyOrder, Source } from '../../../src/core/ports.ts';
import { ADDRESS, PASSWORD, TOKEN } from '../../platforms/mail.ts';
import { mailbox, NOW, never, read } from './support.ts';

const TEXT = '您好：\n\n请通过官方帮助中心联系我们。\n.\n> 99 < 100 & "quoted"\n\nOKPay Help';

type LookUp = Extract<ReplyAbility, { once: 'look-up' }>;
const replyOf = (source: Source) => source.reply as LookUp;

/** A mail comes in, and this is the order to answer it. */
async function orderIn(box: Awaited<ReturnType<typeof mailbox>>, written = {}, key = 'm1.r1'): Promise<ReplyOrder> {
  box.platform.write({ id: 'q1@users.example', subject: '充值失败', ...written });
  const { found } = await read(box.open());
  const { nativeId = '', replyRef = '' } = found.at(-1) ?? {};
  return { key, text: TEXT, nativeId, replyRef, firstTriedAt: NOW };
}

describe('a reply', () => {
  it('goes to who wrote, in their conversation, letter by letter as it was approved', async () => {
    await using box = await mailbox({ options: { senderName: 'OKPay Help' } });
    const order = await orderIn(box, { head: ['References: <root@users.example> <middle@users.example>'] });
    const posted = await replyOf(box.open()).send(order, never());
    const [letter] = box.platform.letters;
    expect(letter).toMatchObject({ from: ADDRESS, to: ['mei@users.example'] });
    expect(letter?.mail).toMatchObject({
      subject: 'Re: 充值失败',
      inReplyTo: '<q1@users.example>',
      references: ['root@users.example', 'middle@users.example', 'q1@users.example'].map((id) => `<${id}>`),
      messageId: `<${posted.nativeId}>`,
      from: { text: '"OKPay Help" <help@acorn.example>' },
      date: new Date(NOW),
    });
    expect(letter?.mail.text?.trimEnd()).toBe(TEXT);
    expect(letter?.mail.html).toBe(false);
  });

  it('has a Message-ID made of its key alone, so that every later process knows it', async () => {
    await using box = await mailbox();
    const order = await orderIn(box);
    const { nativeId } = await replyOf(box.open()).send(order, never());
    expect(nativeId).toBe(messageIdFor(order.key, { address: ADDRESS }));
    expect(messageIdFor('m1.r2', { address: ADDRESS })).not.toBe(nativeId);
  });

  it('is recognised as the parent of what its reader writes back', async () => {
    await using box = await mailbox();
    const order = await orderIn(box);
    const { nativeId } = await replyOf(box.open()).send(order, never());
    const [question] = (await read(box.open())).found;
    box.platform.write({
      id: 'q2@users.example',
      head: [`In-Reply-To: <${nativeId}>`, `References: <q1@users.example> <${nativeId}>`],
    });
    const again = (await read(box.open())).found.at(-1);
    expect(again).toMatchObject({ parentId: nativeId, conversationId: question?.conversationId });
  });

  it('goes out with a token, and over a sign-in of its own', async () => {
    await using box = await mailbox({ variables: { EMAIL_ACCESS_TOKEN: TOKEN } });
    await replyOf(box.open()).send(await orderIn(box), never());
    const apart = { EMAIL_PASSWORD: PASSWORD, EMAIL_SMTP_PASSWORD: 'not-this-one' };
    const order = { ...(await orderIn(box)), key: 'm2.r1' };
    await expect(replyOf(box.open({ variables: apart })).send(order, never())).rejects.toMatchObject({
      kind: 'unauthorized',
    });
    expect(box.platform.letters).toHaveLength(1);
  });

  it('is refused where the mention names nobody to answer', async () => {
    await using box = await mailbox();
    const order = await orderIn(box);
    for (const replyRef of ['', '{}', '{"to":"a@b.example, c@d.example","subject":"","references":[]}']) {
      await expect(replyOf(box.open()).send({ ...order, replyRef }, never())).rejects.toMatchObject({
        kind: 'rejected',
      });
    }
    expect(box.platform.letters).toEqual([]);
  });

  it('carries no line into its head that a sender has put into a subject', async () => {
    await using box = await mailbox();
    const subject = `=?utf-8?B?${Buffer.from('Hi\r\nBcc: everybody@users.example').toString('base64')}?=`;
    await replyOf(box.open()).send(await orderIn(box, { subject }), never());
    expect(box.platform.letters[0]?.to).toEqual(['mei@users.example']);
    expect(box.platform.letters[0]?.mail.bcc).toBeUndefined();
  });
});

describe('the copy among the sent mail', () => {
  it.each([
    { sentCopy: 'auto', savesSent: false, copies: 1 },
    { sentCopy: 'auto', savesSent: true, copies: 1 },
    { sentCopy: 'server', savesSent: true, copies: 1 },
    { sentCopy: 'server', savesSent: false, copies: 0 },
    { sentCopy: 'append', savesSent: false, copies: 1 },
    { sentCopy: 'blind-copy', savesSent: false, copies: 1 },
  ])('with $sentCopy, the server saving: $savesSent', async ({ sentCopy, savesSent, copies }) => {
    await using box = await mailbox({ options: { sentCopy } });
    box.platform.savesSent = savesSent;
    const order = await orderIn(box);
    const source = box.open();
    const { nativeId } = await replyOf(source).send(order, never());
    await source.close();
    const sent = box.platform.in('Sent');
    expect(sent).toHaveLength(copies);
    for (const { raw } of sent) expect(raw).toContain(nativeId);
    expect(box.platform.in('INBOX')).toHaveLength(1);
    const found = await replyOf(box.open()).find(order, never());
    expect(found?.nativeId).toBe(copies > 0 ? nativeId : undefined);
  });

  it.each(['append', 'auto'])('is made over one connection, however many go out at once (%s)', async (sentCopy) => {
    await using box = await mailbox({ options: { sentCopy } });
    const order = await orderIn(box);
    await expect.poll(() => box.platform.imap.connections).toBe(0);
    box.platform.imap.most = 0;
    const source = box.open();
    const keys = Array.from({ length: 12 }, (_, n) => `m${n}.r1`);
    await Promise.all(keys.map((key) => replyOf(source).send({ ...order, key }, never())));
    await source.close();
    expect(box.platform.letters).toHaveLength(12);
    expect(box.platform.in('Sent')).toHaveLength(12);
    expect(box.platform.imap.most).toBe(1);
  });

  it('of one that fails leaves the others their turn', async () => {
    const warned: string[] = [];
    const log = { info: () => {}, warn: (message: string) => void warned.push(message) };
    await using box = await mailbox({ options: { sentCopy: 'append' }, log });
    const order = await orderIn(box);
    box.platform.onNext('imap APPEND', { as: 'reset' }, { as: { say: '% NO [OVERQUOTA] Mailbox is full' } });
    const source = box.open();
    for (const key of ['m1.r1', 'm2.r1', 'm3.r1']) await replyOf(source).send({ ...order, key }, never());
    await source.close();
    expect(warned).toHaveLength(2);
    expect(box.platform.in('Sent')).toHaveLength(1);
  });

  it('is no part of sending: without it the reply is out all the same', async () => {
    const warned: string[] = [];
    const log = { info: () => {}, warn: (message: string) => void warned.push(message) };
    await using box = await mailbox({ options: { sentCopy: 'append' }, log });
    const order = await orderIn(box);
    box.platform.onNext('imap APPEND', { as: { say: '% NO [OVERQUOTA] Mailbox is full' } });
    const source = box.open();
    await expect(replyOf(source).send(order, never())).resolves.toMatchObject({ nativeId: expect.any(String) });
    await source.close();
    expect(warned).toEqual(['no copy of a reply among the sent mail']);
  });
});

describe('after a lost answer', () => {
  it.each(['server', 'blind-copy'])(
    'the reply is found where %s puts it, and then a second one never goes out',
    async (sentCopy) => {
      await using box = await mailbox({ options: { sentCopy } });
      box.platform.savesSent = sentCopy === 'server';
      const order = await orderIn(box);
      box.platform.onNext('smtp message', { as: 'reset', stored: true });
      const reply = replyOf(box.open());
      await expect(reply.send(order, never())).rejects.toMatchObject({ kind: 'unknown-outcome' });
      await expect(reply.find(order, never())).resolves.toMatchObject({
        nativeId: messageIdFor(order.key, { address: ADDRESS }),
      });
      expect(box.platform.in('Sent')).toHaveLength(1);
      expect(box.platform.letters).toHaveLength(1);
    },
  );

  it('nothing is found where nothing went out, and a copy that is read is known as ours', async () => {
    await using box = await mailbox({ options: { sentCopy: 'blind-copy' } });
    const order = await orderIn(box);
    box.platform.onNext('smtp message', { as: 'reset' });
    const reply = replyOf(box.open());
    await expect(reply.send(order, never())).rejects.toMatchObject({ kind: 'unknown-outcome' });
    await expect(reply.find(order, never())).resolves.toBeNull();
    box.platform.onNext('smtp message', { as: 'reset', stored: true });
    await reply.send(order, never()).catch(() => {});
    const { found } = await read(box.open());
    expect(found.at(-1)).toMatchObject({
      nativeId: messageIdFor(order.key, { address: ADDRESS }),
      author: { id: ADDRESS },
    });
  });
});

/** What a server says, at which request, and what that means for the reply. */
const REFUSALS: [say: string, at: string, kind: string][] = [
  ['535 5.7.8 Username and Password not accepted', 'AUTH', 'unauthorized'],
  ['454 4.7.0 Temporary authentication failure', 'AUTH', 'unavailable'],
  ['421 4.7.0 Too many connections, try again later', 'EHLO', 'rate-limited'],
  ['530 5.7.0 Must issue a STARTTLS command first', 'MAIL', 'unauthorized'],
  ['550 5.7.60 Client does not have permissions to send as this sender', 'MAIL', 'unauthorized'],
  ['550 5.4.5 Daily user sending limit exceeded', 'MAIL', 'rate-limited'],
  ['452 4.2.2 Mailbox full', 'RCPT', 'unavailable'],
  ['450 4.2.0 Greylisted, please try again in 300 seconds', 'RCPT', 'rate-limited'],
  ['550 5.1.1 No such user here', 'RCPT', 'rejected'],
  ['551 5.7.1 User not local', 'RCPT', 'rejected'],
  ['552 5.3.4 Message too big', 'message', 'rejected'],
  ['554 5.7.1 Message looks like spam', 'message', 'rejected'],
  ['451 4.7.0 Too many messages, try again in 2 minutes', 'message', 'rate-limited'],
  ['451 4.3.0 Temporary system problem', 'message', 'unavailable'],
  ['500 5.5.1 Command unrecognized', 'message', 'unknown-outcome'],
];

describe('what an SMTP server refuses', () => {
  it.each(REFUSALS)('"%s" to %s: %s', async (say, at, kind) => {
    await using box = await mailbox();
    const order = await orderIn(box);
    box.platform.onNext(`smtp ${at}`, { as: { say } });
    const failure = await replyOf(box.open())
      .send(order, never())
      .catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(/^The reply: .+\.$/) });
    if (kind === 'rate-limited') expect((failure as { until: number }).until).toBeGreaterThan(NOW);
    expect(box.platform.letters).toEqual([]);
    expect(`${failure} ${JSON.stringify(failure)}`).not.toContain(PASSWORD);
  });

  it('waits as long as it is told', async () => {
    await using box = await mailbox();
    const order = await orderIn(box);
    box.platform.onNext('smtp RCPT', { as: { say: '450 4.7.1 Greylisted, try again in 7 minutes' } });
    await expect(replyOf(box.open()).send(order, never())).rejects.toMatchObject({ until: NOW + 7 * 60_000 });
  });

  it.each(['connect', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA'])(
    'breaks off at %s: surely nothing went out',
    async (at) => {
      await using box = await mailbox();
      const order = await orderIn(box);
      box.platform.onNext(`smtp ${at}`, { as: 'reset' });
      await expect(replyOf(box.open()).send(order, never())).rejects.toMatchObject({ kind: 'unavailable' });
      expect(box.platform.letters).toEqual([]);
    },
  );

  it('is told to stop in the middle: nobody knows', async () => {
    await using box = await mailbox();
    const order = await orderIn(box);
    const stop = new AbortController();
    box.platform.onLetter = () => stop.abort();
    await expect(replyOf(box.open()).send(order, stop.signal)).rejects.toMatchObject({ kind: 'unknown-outcome' });
  });
});
