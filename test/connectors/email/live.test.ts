import { expect, it } from 'vitest';
import type { Emit } from '../../../src/core/ports.ts';
import { mailbox } from './support.ts';

/** Somebody who listens, and resolves when told of news. */
function listener() {
  const told: (() => void)[] = [];
  let news = 0;
  const emit: Emit = Object.assign(async () => {}, {
    missed: async () => {
      news++;
      for (const tell of told.splice(0)) tell();
    },
  });
  const next = () => new Promise<void>((resolve) => told.push(resolve));
  return { emit, next, count: () => news };
}

/** Resolves when the platform has seen so many of these. */
async function seen(requests: string[], what: string, times = 1): Promise<void> {
  while (requests.filter((one) => one === what).length < times) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('is told of new mail by the server, in each folder, and has it pulled', async () => {
  await using box = await mailbox({ options: { folders: ['INBOX', 'Done'] } });
  const { emit, next } = listener();
  const stop = new AbortController();
  const listening = box.open().listen?.(emit, stop.signal);
  await seen(box.platform.requests, 'imap IDLE', 2);
  for (const folder of ['INBOX', 'Done']) {
    const news = next();
    box.platform.write({}, folder);
    await news;
  }
  stop.abort();
  await expect(listening).rejects.toThrow();
});

it('ends when the connection breaks, so that it is opened anew and the gap is pulled', async () => {
  await using box = await mailbox();
  const { emit } = listener();
  const listening = box.open().listen?.(emit, new AbortController().signal);
  await seen(box.platform.requests, 'imap IDLE');
  box.platform.imap.cut();
  await Promise.resolve(listening).catch((thrown) => expect(thrown).toMatchObject({ kind: 'unavailable' }));
});

it('stops at once when it is told to', async () => {
  await using box = await mailbox();
  const { emit, count } = listener();
  const stop = new AbortController();
  const listening = box.open().listen?.(emit, stop.signal);
  await seen(box.platform.requests, 'imap IDLE');
  stop.abort();
  await expect(listening).rejects.toThrow();
  box.platform.write();
  expect(count()).toBe(0);
});
