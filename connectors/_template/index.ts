/** The connector on one screen: what it is, what it allows, and who does what. */
import { defineConnector, type FoundMention, type Instant, parseDate, type SkippedItem } from '#kit';
import { TemplateClient } from './client.ts';
import { type Made, readPost } from './messages.ts';
import { Cursor, Options } from './settings.ts';
import { SAID } from './words.ts';

export const template = defineConnector({
  about: {
    id: 'template',
    name: 'Template',
    summary: 'Finds posts by a search and answers in the same topic.',
    docs: 'https://example.org/api',
    rules: 'https://example.org/rules-for-bots',
    status: 'experimental',
    said: SAID,
  },
  options: Options,
  secrets: { apiKey: { env: 'TEMPLATE_API_KEY', describe: 'Key with the right to read and to reply.' } },
  cursor: Cursor,
  limits: {
    maxReplyChars: 10_000,
    pullEverySeconds: 60,
    requests: { count: 60, perSeconds: 60 },
    verified: { at: 'https://example.org/limits', on: '2026-11-23' },
  },

  open: (env) => new TemplateClient(env),

  async check(client, signal) {
    const me = await client.me(signal);
    return { id: me.id, handle: me.name };
  },

  async pull(client, from, signal) {
    const after = 'cursor' in from ? from.cursor.after : '0';
    const { posts, more } = await client.posts(after, signal);
    const found: FoundMention[] = [];
    const skipped: SkippedItem[] = [];
    let last = after;
    for (const post of posts) {
      const read = readPost(post);
      if ('found' in read) found.push(read.found);
      else skipped.push({ reason: read.reason, ...(read.id && { nativeId: read.id }) });
      last = 'found' in read ? read.found.nativeId : (read.id ?? last);
    }
    return { found, skipped, cursor: { after: last }, more: more && last !== after };
  },

  reply: {
    once: 'look-up',
    async send(client, order, signal) {
      return asPosted(await client.reply(order, signal), client.now());
    },
    async find(client, order, signal) {
      const { posts } = await client.ownReplies(order.nativeId, signal);
      const mine = posts.find(({ body }) => body === order.text);
      return mine ? asPosted(mine, client.now()) : null;
    },
  },
});

function asPosted({ id, url, created_at }: Made, now: Instant) {
  return { nativeId: id, url, postedAt: parseDate(created_at) ?? now };
}
