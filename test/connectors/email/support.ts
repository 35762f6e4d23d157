import type { FoundMention } from '../../../src/core/nouns.ts';
import type { From, Page, Source } from '../../../src/core/ports.ts';
import { MailPlatform } from '../../platforms/mail.ts';
import { type EmailSettings, openEmail } from '../../platforms/open-email.ts';

export const NOW = Date.UTC(2026, 10, 23, 12);

/** A mailbox and a source on it, closed when the test ends. What is sent is not waited for to turn up, unless a test wants it. */
export async function mailbox(settings: EmailSettings & { plugins?: unknown[] } = {}) {
  const { plugins, ...rest } = settings;
  const platform = await new MailPlatform(() => NOW, plugins ? { plugins } : {}).start();
  const opened: Source[] = [];
  const open = (more: EmailSettings = {}) => {
    const clock = { now: () => NOW };
    const source = openEmail(platform, {
      clock,
      ...rest,
      ...more,
      options: { sentCopy: 'append', ...rest.options, ...more.options },
    });
    opened.push(source);
    return source;
  };
  return {
    platform,
    open,
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((source) => source.close()));
      await platform.close();
    },
  };
}

export const never = () => new AbortController().signal;

/** All that waits from here on, with the place to go on from. Cursors go through JSON, as they do through a store. */
export async function read(source: Source, from: From = { since: 0 }): Promise<Read> {
  const pages: Page[] = [];
  for (let next = from; ; ) {
    const page = (await source.pull?.(next, never())) as Page;
    pages.push(page);
    next = { cursor: JSON.parse(JSON.stringify(page.cursor)) };
    if (!page.more) return { pages, found: pages.flatMap(({ found }) => found), next };
  }
}
export interface Read {
  pages: Page[];
  found: FoundMention[];
  next: From;
}

/** The one mention that this raw mail becomes, or the reason why it becomes none. */
export async function heard(raw: string | Buffer, options: Record<string, unknown> = {}) {
  await using box = await mailbox({ options });
  box.platform.deliver(raw);
  const { pages } = await read(box.open());
  return { found: pages.flatMap(({ found }) => found)[0], skipped: pages.flatMap(({ skipped = [] }) => skipped)[0] };
}

/** A raw mail from its head and its body. */
export function raw(head: string[], ...body: string[]): string {
  const usual = ['Message-ID: <q1@users.example>', 'From: Mei Lin <mei@users.example>', 'To: help@acorn.example'];
  const named = head.map((line) => line.split(':')[0]?.toLowerCase());
  const rest = usual.filter((line) => !named.includes(line.split(':')[0]?.toLowerCase()));
  return [...rest, ...head, '', ...body].join('\r\n');
}
