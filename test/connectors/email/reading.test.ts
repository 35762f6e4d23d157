import { describe, expect, it } from 'vitest';
import { mailbox, NOW, never, read } from './support.ts';

const DAY = 86_400_000;
const idsOf = (found: { nativeId: string }[]) => found.map(({ nativeId }) => nativeId.split('/')[0]);

describe('reading a mailbox', () => {
  it('makes a mention of a mail: who, what, when it came, and where to answer', async () => {
    await using box = await mailbox();
    box.platform.write({
      from: '林美 <Mei@users.example>',
      subject: 'OKPay 充值失败',
      id: 'q1@users.example',
      text: '钱扣了，没有到账',
      at: new Date(NOW - DAY),
    });
    const { found } = await read(box.open());
    expect(found).toEqual([
      {
        nativeId: expect.stringMatching(/^q1@users\.example\/[\da-f]{8}$/),
        author: { id: 'mei@users.example', handle: 'mei@users.example', name: '林美' },
        text: 'OKPay 充值失败\n钱扣了，没有到账',
        saidAt: NOW - DAY,
        conversationId: 'q1@users.example',
        permission: { how: 'api' },
        replyRef: expect.stringContaining('"to":"mei@users.example"'),
        place: 'help@acorn.example',
      },
    ]);
  });

  it('goes on behind the last mail, and asks nothing twice: the last one is always named by IMAP', async () => {
    await using box = await mailbox();
    box.platform.write({ id: 'a@x.example' });
    const first = await read(box.open());
    expect(idsOf(first.found)).toEqual(['a@x.example']);
    const again = await read(box.open(), first.next);
    expect(again.found).toEqual([]);
    box.platform.write({ id: 'b@x.example' });
    expect(idsOf((await read(box.open(), again.next)).found)).toEqual(['b@x.example']);
  });

  it('reads from the day on that was asked for, to the millisecond', async () => {
    await using box = await mailbox();
    box.platform.write({ id: 'old@x.example', at: new Date(NOW - 3 * DAY) });
    box.platform.write({ id: 'same-day@x.example', at: new Date(NOW - DAY - 3_600_000) });
    box.platform.write({ id: 'new@x.example', at: new Date(NOW - DAY + 3_600_000) });
    const { found, pages } = await read(box.open(), { since: NOW - DAY });
    expect(idsOf(found)).toEqual(['new@x.example']);
    expect(pages.at(-1)?.coverage).toEqual([{ kind: 'seen', from: NOW - DAY, to: NOW }]);
  });

  it('hears several folders, or with "*" all but drafts, sent mail, junk and trash', async () => {
    await using box = await mailbox();
    for (const folder of ['INBOX', 'Done', 'Junk', 'Trash', 'Drafts', 'Sent']) {
      box.platform.write({ id: `${folder}@x.example` }, folder);
    }
    const two = await read(box.open({ options: { folders: ['INBOX', 'Done'] } }));
    expect(idsOf(two.found)).toEqual(['INBOX@x.example', 'Done@x.example']);
    expect(two.found.map(({ place }) => place)).toEqual(['help@acorn.example', 'Done']);
    const all = await read(box.open({ options: { folders: ['*'] } }));
    expect(idsOf(all.found).toSorted()).toEqual(['Done@x.example', 'INBOX@x.example']);
  });

  it('knows a mail again after somebody moved it, and misses nothing that moved between two reads', async () => {
    await using box = await mailbox({ options: { folders: ['INBOX', 'Done'] } });
    const moved = box.platform.write({ id: 'moved@x.example' });
    const first = await read(box.open());
    const unseen = box.platform.write({ id: 'unseen@x.example' });
    box.platform.move(moved, 'INBOX', 'Done');
    box.platform.move(unseen, 'INBOX', 'Done');
    const second = await read(box.open(), first.next);
    expect(second.found[0]?.nativeId).toBe(first.found[0]?.nativeId);
    expect(idsOf(second.found)).toEqual(['moved@x.example', 'unseen@x.example']);
  });

  it('goes on when a mail is gone before it was read', async () => {
    await using box = await mailbox();
    const gone = box.platform.write({ id: 'gone@x.example' });
    box.platform.write({ id: 'there@x.example' });
    box.platform.remove(gone, 'INBOX');
    expect(idsOf((await read(box.open())).found)).toEqual(['there@x.example']);
  });

  it('marks nothing as read', async () => {
    await using box = await mailbox();
    const message = box.platform.write();
    await read(box.open());
    expect(message.flags).toEqual([]);
    expect(box.platform.requests).not.toContain('imap SELECT');
  });

  it('names the folder that is not there, and those that are', async () => {
    await using box = await mailbox({ options: { folders: ['Kunden'] } });
    await expect(box.open().check(never())).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringMatching(/no folder "Kunden".*INBOX/),
    });
  });
});

describe('a folder that was numbered anew', () => {
  it('is read again up to mails that are known, and the hole is named', async () => {
    await using box = await mailbox();
    for (let n = 0; n < 30; n++) box.platform.write({ id: `${n}@x.example`, at: new Date(NOW - 10 * DAY) });
    const first = await read(box.open(), { since: NOW - 20 * DAY });
    box.platform.write({ id: 'new@x.example' });
    box.platform.renumber('INBOX');
    const { found, pages } = await read(box.open(), first.next);
    expect(idsOf(found)).toContain('new@x.example');
    // The ten that are remembered, and not all thirty.
    expect(found).toHaveLength(11);
    expect(pages.at(-1)).toMatchObject({
      coverage: [],
      notices: [expect.stringMatching(/numbered folder INBOX anew \(UIDVALIDITY was 1, is 8\)/)],
    });
    const after = await read(box.open(), pages.at(-1) ? { cursor: pages.at(-1)?.cursor } : first.next);
    expect(after.found).toEqual([]);
  });

  it('is read from the beginning where nothing in it is known', async () => {
    await using box = await mailbox();
    const old = box.platform.write({ id: 'old@x.example' });
    const first = await read(box.open());
    box.platform.remove(old, 'INBOX');
    for (let n = 0; n < 3; n++) box.platform.write({ id: `${n}@x.example` });
    box.platform.renumber('INBOX');
    expect(idsOf((await read(box.open(), first.next)).found)).toEqual(['0@x.example', '1@x.example', '2@x.example']);
  });

  it('leaves a hole from the last complete look to this one', async () => {
    await using box = await mailbox();
    box.platform.write();
    const first = await read(box.open({ clock: { now: () => NOW } }));
    box.platform.renumber('INBOX');
    const later = NOW + DAY;
    const { pages } = await read(box.open({ clock: { now: () => later } }), first.next);
    expect(pages.at(-1)?.coverage).toEqual([
      { kind: 'hole', from: NOW, to: later, cause: expect.stringMatching(/UIDVALIDITY/) },
    ]);
  });
});

describe('signing in', () => {
  it('works with an access token', async () => {
    await using box = await mailbox({ variables: { EMAIL_ACCESS_TOKEN: 'local-mail-token-f0a9' } });
    box.platform.write();
    expect((await read(box.open())).found).toHaveLength(1);
  });

  it('says what is missing, and shows no password to a network', async () => {
    await using box = await mailbox();
    expect(() => box.open({ variables: {} })).toThrow(/EMAIL_PASSWORD, EMAIL_ACCESS_TOKEN or EMAIL_REFRESH_TOKEN/);
    expect(() => box.open({ options: { imapHost: 'imap.acorn.example' } })).toThrow(/would show the password/);
    const secret = 'wrong-password-77';
    const failure = await box
      .open({ variables: { EMAIL_PASSWORD: secret } })
      .check(never())
      .catch((thrown: Error) => thrown);
    expect(failure).toMatchObject({ kind: 'unauthorized' });
    expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toContain(secret);
  });
});
