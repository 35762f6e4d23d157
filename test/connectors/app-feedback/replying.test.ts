import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReplyOrder, Source } from '../../../src/core/ports.ts';
import { SECRET } from '../../platforms/app.ts';
import { app, bench, only, openSource, say, setUpApp } from './support.ts';

setUpApp();
const TEXT = '您好，这笔充值已经到账，请刷新后查看。';
const signal = () => AbortSignal.timeout(60_000);

async function orderFor(contact: object): Promise<ReplyOrder> {
  await say({ text: '充值失败', user: 'u-17', lang: 'zh-CN', contact }, { id: 'feedback-1' });
  const { nativeId, replyRef = '' } = await only();
  return { key: 'm1.r1', text: TEXT, nativeId, replyRef, firstTriedAt: bench.clock.now() };
}
const send = (source: Source, order: ReplyOrder) => source.reply?.send(order, signal());
const find = (source: Source, order: ReplyOrder) => {
  if (source.reply?.once !== 'look-up') throw new Error('no look-up');
  return source.reply.find(order, signal());
};

describe('a reply in the app', () => {
  it('arrives signed, with a key by which the app knows it again', async () => {
    const order = await orderFor({ by: 'app' });
    expect(await send(openSource(), order)).toMatchObject({ nativeId: 'reply m1.r1' });
    expect(app.replies).toEqual([{ key: 'm1.r1', feedback: 'feedback-1', user: 'u-17', text: TEXT }]);
    await send(openSource(), order);
    expect(app.replies, 'should it ever come twice').toHaveLength(1);
  });

  it('whose answer was lost is looked for before anything else', async () => {
    const order = await orderFor({ by: 'app' });
    const source = openSource();
    expect(await find(source, order)).toBeNull();
    app.onNext('reset', false);
    await expect(send(source, order)).rejects.toMatchObject({ kind: 'unknown-outcome' });
    expect(await find(source, order)).toBeNull();
    app.onNext('reset', true);
    await expect(send(source, order)).rejects.toMatchObject({ kind: 'unknown-outcome' });
    expect(await find(source, order)).toMatchObject({ nativeId: 'reply m1.r1' });
  });

  it('is not taken for sent by a page that says 200', async () => {
    const order = await orderFor({ by: 'app' });
    app.onNext('html', false);
    await expect(send(openSource(), order)).rejects.toMatchObject({
      kind: 'bad-shape',
      message: expect.stringMatching(/"received": true/),
    });
  });

  it('signed with another secret is refused by the app, and said so', async () => {
    const order = await orderFor({ by: 'app' });
    const source = openSource({ variables: { APP_FEEDBACK_SECRET: 'another secret, long enough' } });
    await expect(send(source, order)).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(app.replies).toEqual([]);
  });

  it('does not go into our own network, wherever "replyTo" leads', async () => {
    const order = await orderFor({ by: 'app' });
    for (const replyTo of [
      'http://127.0.0.1:1/',
      'http://169.254.169.254/latest',
      'http://[::1]:80/',
      'http://10.0.0.1/',
    ]) {
      const source = openSource({ options: { replyTo }, guarded: true });
      await expect(send(source, order)).rejects.toMatchObject({
        kind: 'rejected',
        message: expect.stringMatching(/private network/),
      });
    }
  });

  it('to somebody whose words were erased cannot be sent', async () => {
    const { replyRef: _, ...order } = await orderFor({ by: 'app' });
    await expect(send(openSource(), order)).rejects.toMatchObject({ kind: 'rejected' });
  });
});

describe('a reply by e-mail', () => {
  let server: SMTPServer;
  let letters: string[];
  let behaviour: 'take' | 'refuse' | 'busy' | 'break off';
  let port: number;

  beforeEach(async () => {
    letters = [];
    behaviour = 'take';
    server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      authOptional: true,
      onAuth: ({ username, password }, _session, done) =>
        username === 'help' && password === 'right' ? done(null, { user: username }) : done(new Error('no')),
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (behaviour === 'refuse') return done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
          if (behaviour === 'busy') return done(Object.assign(new Error('later'), { responseCode: 451 }));
          letters.push(Buffer.concat(chunks).toString('utf8'));
          if (behaviour === 'break off') for (const connection of server.connections) connection.close();
          else done();
        });
      },
    });
    server.on('error', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.server.address() as { port: number }).port;
  });
  afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const withMail = (mail: object = {}) =>
    openSource({
      options: { mailHost: '127.0.0.1', mailPort: port, mailFrom: 'Acorn Wallet <help@acorn.example>', ...mail },
    });
  const order = async () => orderFor({ by: 'email', email: 'mei@example.org' });

  it('reaches whoever asked for it, with the words it answers and a Message-ID of its own', async () => {
    const given = await order();
    expect(await send(withMail(), given)).toMatchObject({ nativeId: '<m1.r1.reply@acorn.example>' });
    const [letter = ''] = letters;
    expect(letter).toMatch(/^From: Acorn Wallet <help@acorn\.example>\r\nTo: mei@example\.org$/m);
    expect(letter).toMatch(/^Message-ID: <m1\.r1\.reply@acorn\.example>/m);
    const { text } = await simpleParser(letter);
    expect(text).toContain(TEXT);
    expect(text).toContain('> 充值失败');
  });

  it.each([
    ['refuse', 'rejected'],
    ['busy', 'unavailable'],
    ['break off', 'unknown-outcome'],
  ] as const)('that the server answers with "%s" is %s', async (how, kind) => {
    const given = await order();
    behaviour = how;
    await expect(send(withMail(), given)).rejects.toMatchObject({ kind });
  });

  it('that broke off is left to a person: a letter cannot be looked for', async () => {
    expect(await find(withMail(), await order())).toBeNull();
  });

  it('without a server is surely not sent', async () => {
    const given = await order();
    await expect(send(withMail({ mailPort: 1 }), given)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('is offered and tried by the doctor only where it is set', async () => {
    const examine = async (source: Source) => (await source.examine?.(signal()))?.map(({ what, ok }) => [what, ok]);
    expect(await examine(openSource({ origin: 'https://inbox.example.com' }))).toEqual([
      ['address', true],
      ['replies in the app', true],
    ]);
    expect(await examine(withMail())).toEqual([
      ['address', false],
      ['replies in the app', true],
      ['replies by e-mail', true],
    ]);
    const wrong = await withMail({ mailUser: 'help' }).examine?.(signal());
    expect(wrong?.at(-1)).toMatchObject({ ok: false, message: expect.stringMatching(/does not accept the sign-in/) });
  });
});

it('a secret that can be guessed is refused before anything else', async () => {
  const source = openSource({ variables: { APP_FEEDBACK_SECRET: 'short' } });
  await expect(source.check(signal())).rejects.toMatchObject({
    kind: 'unauthorized',
    message: expect.stringMatching(/openssl rand/),
  });
  expect(SECRET.length).toBeGreaterThan(24);
});
