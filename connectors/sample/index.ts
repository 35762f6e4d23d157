/** The sample on one screen: what it is, and that nothing is ever posted. */
import { defineConnector, replyLimitFor } from '#kit';
import { SampleClient } from './client.ts';
import { Cursor, Options, WORDS } from './settings.ts';
import { SAID } from './words.ts';

export const sample = defineConnector({
  about: {
    id: 'sample',
    name: 'Sample',
    summary: 'Invented mentions for a first look, without any account. Marked as sample everywhere; nothing is posted.',
    docs: 'https://jsonlines.org/',
    rules: 'https://jsonlines.org/',
    status: 'stable',
    words: WORDS,
    said: SAID,
  },
  options: Options,
  secrets: {},
  cursor: Cursor,
  limits: {
    maxReplyChars: 5000,
    pullEverySeconds: 3600,
    // A local file: nothing is asked of anybody.
    requests: { count: 1, perSeconds: 1 },
    verified: { at: 'https://jsonlines.org/', on: '2026-11-23' },
  },

  open: (env) => new SampleClient(env),

  async check(client, signal) {
    const { found, skipped } = await client.read(signal);
    return { id: 'no account', note: `${found.length} invented mentions, ${skipped.length} lines not readable.` };
  },

  async pull(client, from, signal) {
    const done = { cursor: { done: true } as const, more: false };
    if ('cursor' in from) return { ...done, found: [] };
    return { ...done, ...(await client.read(signal)) };
  },

  replyLimit: replyLimitFor,
});
