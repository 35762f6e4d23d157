import { describe, expect, it } from 'vitest';
import { ADDRESS } from '../../platforms/mail.ts';
import { heard, mailbox, never, raw, read } from './support.ts';

describe('mail that nobody waits for an answer to', () => {
  const AUTOMATIC: [what: string, head: string[]][] = [
    ['an automatic answer', ['Auto-Submitted: auto-replied']],
    ['a generated mail', ['Auto-Submitted: auto-generated (order)']],
    ['an autoresponder', ['X-Autoreply: yes']],
    ['Exchange, suppressing answers', ['X-Auto-Response-Suppress: DR, OOF, AutoReply']],
    ['a note of absence', ['Subject: Automatic reply: Top-up']],
    ['a note of absence in Chinese', [`Subject: =?utf-8?B?${Buffer.from('自动回复：充值').toString('base64')}?=`]],
    ['bulk mail', ['Precedence: bulk']],
    ['a list', ['List-Id: Wallet news <news.wallet.example>']],
    ['a newsletter', ['List-Unsubscribe: <https://news.example/u>']],
    ['a sender that reads no answers', ['From: no-reply@shop.example']],
    ['a bounce by its return path', ['Return-Path: <>']],
    ['a bounce by its sender', ['From: Mail Delivery System <MAILER-DAEMON@mx.example>']],
    ['a delivery report', ['Content-Type: multipart/report; report-type=delivery-status; boundary=b']],
    ['a read receipt', ['Content-Type: multipart/report; report-type=disposition-notification; boundary=b']],
  ];

  it.each(AUTOMATIC)('is left out with its reason: %s', async (_, head) => {
    const { found, skipped } = await heard(raw(head, 'Hello'));
    expect(found).toBeUndefined();
    expect(skipped?.reason).toMatch(/\.$/);
  });

  it.each(AUTOMATIC)('is heard where that is wanted, and never answered: %s', async (_, head) => {
    const { found } = await heard(raw(head, 'Hello'), { automatic: 'hear' });
    expect(found?.permission).toMatchObject({ how: 'never', why: expect.stringMatching(/\.$/) });
  });

  it.each([
    ['says that no machine wrote it', ['Auto-Submitted: no']],
    ['is of first class', ['Precedence: first-class']],
    ['speaks of an automatic reply', ['Subject: Your automatic reply did not help']],
    ['is from somebody called Reply', ['From: noreplyson@users.example']],
  ])('is not what %s', async (_, head) => {
    expect((await heard(raw(head, 'Hello'))).found?.permission).toEqual({ how: 'api' });
  });

  it('is not what comes through a group of our own', async () => {
    const head = [
      'List-Id: Help <help.acorn.example>',
      'Precedence: list',
      'List-Unsubscribe: <mailto:x@acorn.example>',
    ];
    const { found } = await heard(raw(head, 'Hello'), { ownLists: ['help.acorn.example'] });
    expect(found?.permission).toEqual({ how: 'api' });
  });
});

describe('a delivery report about a reply of ours', () => {
  it('is heard in the conversation of the reply, and never answered', async () => {
    const ours = `earshot.${'ab'.repeat(16)}@acorn.example`;
    const { found } = await heard(
      raw(
        ['From: MAILER-DAEMON@mx.example', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b'],
        '--b',
        'Content-Type: text/plain',
        '',
        'Your message could not be delivered to mei@users.example.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Final-Recipient: rfc822; mei@users.example',
        'Action: failed',
        '--b',
        'Content-Type: message/rfc822',
        '',
        `Message-ID: <${ours}>`,
        'References: <q0@users.example>',
        'From: help@acorn.example',
        '',
        'Hello',
        '--b--',
      ),
    );
    expect(found).toMatchObject({
      conversationId: 'q0@users.example',
      permission: { how: 'never' },
      text: expect.stringContaining('could not be delivered'),
    });
  });
});

describe('who may be answered', () => {
  const results = (said: string) => [`Authentication-Results: mx.acorn.example; ${said}`];

  it.each([
    ['dmarc=pass header.from=users.example', 'api'],
    ['dmarc=fail header.from=users.example', 'by-hand'],
    ['spf=fail smtp.mailfrom=evil.example; dkim=none', 'by-hand'],
    ['spf=softfail; dkim=pass header.d=users.example', 'api'],
    ['none', 'api'],
  ])('by what our mail server found: %s', async (said, how) => {
    const { found } = await heard(raw(results(said), 'Hello'));
    expect(found?.permission.how).toBe(how);
  });

  it('by our own server only, where its name is set', async () => {
    const head = ['Authentication-Results: evil.example; dmarc=fail', ...results('dmarc=pass')];
    expect((await heard(raw(head, 'Hello'), { authServer: 'mx.acorn.example' })).found?.permission.how).toBe('api');
  });

  it('not whoever only claims to be us: a stranger, and heard', async () => {
    const { found } = await heard(raw([`From: Help <${ADDRESS}>`, ...results('dmarc=fail')], 'Send me your code'));
    expect(found?.permission.how).toBe('by-hand');
    expect(found?.author.id).not.toBe(ADDRESS);
    expect(found?.author.handle).toBeUndefined();
  });

  it('not ourselves, under any of our names', async () => {
    const { found } = await heard(raw(['From: Lin <lin@acorn.example>'], 'Hello'), { aliases: ['lin@acorn.example'] });
    expect(found?.author.id).toBe(ADDRESS);
    const round = await heard(raw([`Reply-To: ${ADDRESS}`], 'Hello'));
    expect(round.found?.permission.how).toBe('never');
  });

  it.each([
    ['another address', ['Reply-To: other@users.example'], 'by-hand'],
    ['several', ['Reply-To: mei@users.example, other@users.example'], 'by-hand'],
    ['the sender', ['Reply-To: Mei <MEI@users.example>'], 'api'],
    ['nobody', ['From: "undisclosed"'], 'never'],
  ])('with a Reply-To that names %s', async (_, head, how) => {
    expect((await heard(raw(head, 'Hello'))).found?.permission.how).toBe(how);
  });

  it('through a form of ours: whoever filled it in', async () => {
    const head = [
      'From: Website <no-reply@acorn.example>',
      'Reply-To: Kim <kim@users.example>',
      'Auto-Submitted: auto-generated',
    ];
    const { found } = await heard(raw(head, 'Hello'), { contactForms: ['no-reply@acorn.example'] });
    expect(found).toMatchObject({ author: { id: 'kim@users.example', name: 'Kim' }, permission: { how: 'api' } });
    expect(found?.replyRef).toContain('kim@users.example');
  });

  it('nobody without an SMTP server', async () => {
    expect((await heard(raw([], 'Hello'), { smtpHost: '' })).found?.permission).toMatchObject({ how: 'by-hand' });
  });
});

describe('a conversation', () => {
  it('holds together by References, In-Reply-To, or itself', async () => {
    await using box = await mailbox();
    box.platform.write({ id: 'a@x.example' });
    box.platform.write({ id: 'b@x.example', head: ['In-Reply-To: <a@x.example>'] });
    box.platform.write({ id: 'c@x.example', head: ['References: <a@x.example>', '\t<b@x.example>'] });
    const { found } = await read(box.open());
    expect(new Set(found.map(({ conversationId }) => conversationId))).toEqual(new Set(['a@x.example']));
  });

  it('cannot be written over by a stranger who learned an id', async () => {
    await using box = await mailbox();
    box.platform.write({ id: 'a@x.example', from: 'mei@users.example' });
    box.platform.write({ id: 'a@x.example', from: 'eve@users.example' });
    const { found } = await read(box.open());
    expect(new Set(found.map(({ nativeId }) => nativeId)).size).toBe(2);
  });

  it('knows the answer that a colleague wrote in a mail program', async () => {
    await using box = await mailbox({ options: { folders: ['INBOX', 'Sent'], aliases: ['lin@acorn.example'] } });
    box.platform.write({ id: 'a@x.example', from: 'mei@users.example' });
    box.platform.write(
      {
        id: 'b@acorn.example',
        from: 'lin@acorn.example',
        to: 'mei@users.example',
        head: ['In-Reply-To: <a@x.example>'],
      },
      'Sent',
    );
    const { found } = await read(box.open());
    expect(found[1]).toMatchObject({ author: { id: ADDRESS }, parentId: found[0]?.nativeId });
  });
});

describe('what doctor says', () => {
  it('signs in to both servers and looks at folders, news, senders and copies', async () => {
    await using box = await mailbox();
    box.platform.deliver(raw(['Authentication-Results: mx.acorn.example; dmarc=pass'], 'Hello'));
    const findings = await box.open().examine?.(never());
    expect(findings?.map(({ what, ok }) => [what, ok])).toEqual([
      ['folder', true],
      ['live', true],
      ['forged senders', true],
      ['sent mail', true],
      ['sending', true],
    ]);
    expect(findings?.[2]?.message).toMatch(/mx\.acorn\.example.*"authServer"/);
  });

  it('says what to do where senders are not checked, nothing is kept, and nothing can be sent', async () => {
    await using box = await mailbox({
      options: { sentFolder: 'Done' },
      variables: { EMAIL_PASSWORD: 'local-mail-password-8c41', EMAIL_SMTP_PASSWORD: 'wrong' },
    });
    box.platform.write();
    const findings = (await box.open().examine?.(never())) ?? [];
    expect(findings.filter(({ ok }) => !ok).map(({ what }) => what)).toEqual(['forged senders', 'sending']);
    expect(findings.find(({ what }) => what === 'sent mail')?.message).toMatch(/^Done: /);
  });
});
