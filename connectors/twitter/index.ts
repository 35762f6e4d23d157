import { defineConnector, xLength } from '#kit';
import { XClient } from './client.ts';
import { examine } from './examine.ts';
import { Cursor, Options } from './options.ts';
import { nextPage, recheck } from './reading.ts';
import { find, priceOf, send } from './reply.ts';
import { SECRETS } from './tokens.ts';
import { WORDS } from './words.ts';

const MAX_LENGTH = 280;

export const twitter = defineConnector({
  about: {
    id: 'twitter',
    name: 'X',
    summary: 'Hears mentions of our account and saved searches on X, and answers those who turned to us.',
    docs: 'https://docs.x.com/x-api/introduction',
    rules: 'https://docs.x.com/developer-guidelines',
    status: 'experimental',
    words: WORDS,
    reports: {
      at: 'https://help.x.com/en/forms/authenticity/impersonation',
      asks: 'X asks which account is impersonated and for the profile of the one that does it; a scam without impersonation is reported from the post itself.',
    },
  },
  options: Options,
  secrets: SECRETS,
  cursor: Cursor,
  limits: {
    maxReplyChars: MAX_LENGTH,
    pullEverySeconds: 60,
    // For each account and each kind of request; the headers of X say more and are obeyed.
    requests: { count: 300, perSeconds: 900 },
    verified: { at: 'https://docs.x.com/x-api/fundamentals/rate-limits', on: '2026-11-22' },
  },

  open: (env) => new XClient(env),

  async check(client, signal) {
    const { id, username } = await client.me(signal, true);
    return { id, handle: username };
  },

  examine,

  pull: (client, from, signal) =>
    nextPage(client, 'cursor' in from ? from.cursor : { since: from.since, streams: {} }, signal),

  recheck,

  reply: { once: 'look-up', send, find, onlyOnce: 'X allows one automated reply to a message.' },

  replyLimit: () => ({ max: MAX_LENGTH, lengthOf: xLength }),

  replyPrice: priceOf,

  spending: (client) => client.spend.forecast(),
});
