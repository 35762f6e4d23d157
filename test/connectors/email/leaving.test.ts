import { expect, it } from 'vitest';
import { mailbox, never, read } from './support.ts';

it('leaves no connection, however many look at once: a check at the start, one of the live connection, one of a person', async () => {
  await using box = await mailbox();
  box.platform.write();
  const source = box.open();
  await Promise.all([source.check(never()), source.check(never()), read(source), source.check(never())]);
  await source.close();
  await expect.poll(() => box.platform.imap.connections, { timeout: 15_000 }).toBe(0);
});

it('leaves none either where a check is still on its way when the source is closed', async () => {
  await using box = await mailbox();
  const source = box.open();
  const checking = source.check(never());
  await source.close();
  await expect(checking).rejects.toMatchObject({ kind: 'unavailable' });
  await expect.poll(() => box.platform.imap.connections, { timeout: 15_000 }).toBe(0);
});

it('leaves none where the folder to look at is not there', async () => {
  await using box = await mailbox({ options: { folders: ['Nowhere'] } });
  const source = box.open();
  await expect(source.check(never())).rejects.toThrow(/no folder "Nowhere"/);
  await expect.poll(() => box.platform.imap.connections, { timeout: 15_000 }).toBe(0);
});
