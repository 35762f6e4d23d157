/** Files on one screen: what the archive is, what it allows, and who does what. */
import { defineConnector, replyLimitFor } from '#kit';
import { ArchiveClient } from './client.ts';
import { Cursor, Options, WORDS } from './settings.ts';
import { SAID } from './words.ts';

export const archive = defineConnector({
  about: {
    id: 'archive',
    name: 'Files',
    summary: 'Reads files people already have: JSON Lines, CSV, Discord exports, Reddit dumps and mailboxes.',
    docs: 'https://www.rfc-editor.org/rfc/rfc4180',
    rules: 'https://www.rfc-editor.org/rfc/rfc4155',
    status: 'stable',
    words: WORDS,
    said: SAID,
  },
  options: Options,
  secrets: {},
  cursor: Cursor,
  limits: {
    maxReplyChars: 5000,
    pullEverySeconds: 60,
    requests: { count: 1000, perSeconds: 1 },
    verified: { at: 'https://www.rfc-editor.org/rfc/rfc4155', on: '2026-11-22' },
  },

  open: (env) => new ArchiveClient(env),
  check: (client) => client.identity(),
  pull: (client, from, signal) => client.pull(from, signal),
  // Nothing is sent from here: a person posts the reply where the record was first said.
  replyLimit: replyLimitFor,
  close: (client) => client.close(),
});
