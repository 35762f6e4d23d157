import { describe, expect, it } from 'vitest';
import { guardedReach } from '#kit';
import { mailbox, never, read } from './support.ts';

const REFUSED = (host: string) => ({
  kind: 'rejected',
  message: expect.stringContaining(`${host} is inside a private network`),
});

/** How many ever came to either server. */
const came = ({ platform }: Awaited<ReturnType<typeof mailbox>>) => [platform.imap.most, platform.smtp.most];

describe('mail servers in a private network', () => {
  it.each(['127.0.0.1', 'localhost'])('are left alone, by address and by name: %s', async (host) => {
    await using box = await mailbox({ reach: guardedReach([]), options: { imapHost: host, smtpHost: host } });
    const source = box.open();
    await expect(source.check(never())).rejects.toMatchObject(REFUSED(host));
    await expect(source.pull?.({ since: 0 }, never())).rejects.toMatchObject(REFUSED(host));
    await expect(source.reply?.send(ORDER, never())).rejects.toMatchObject(REFUSED(host));
    expect(came(box)).toEqual([0, 0]);
  });

  it('are left alone on other ports than those that are allowed', async () => {
    await using box = await mailbox();
    const { imapPort } = box.platform.options;
    const source = box.open({ reach: guardedReach([`127.0.0.1:${imapPort}`]) });
    await expect(source.check(never())).resolves.toMatchObject({ id: box.platform.address });
    await expect(source.reply?.send(ORDER, never())).rejects.toMatchObject(REFUSED('127.0.0.1'));
    expect(box.platform.smtp.most).toBe(0);
  });

  it.each(['127.0.0.1', 'localhost'])('are read and sent by where whoever runs Earshot allows it: %s', async (host) => {
    await using box = await mailbox({ reach: guardedReach([host]), options: { imapHost: host, smtpHost: host } });
    box.platform.write();
    const source = box.open();
    expect((await read(source)).found).toHaveLength(1);
    await expect(source.reply?.send(ORDER, never())).resolves.toMatchObject({ nativeId: expect.any(String) });
    expect(box.platform.letters).toHaveLength(1);
  });
});

const ORDER = {
  key: 'm1.r1',
  nativeId: 'q1@users.example',
  text: 'We are looking into it.',
  replyRef: JSON.stringify({ to: 'mei@users.example', subject: 'Question', references: [] }),
  firstTriedAt: 0,
};
