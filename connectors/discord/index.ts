import { asFailure, ConnectorError, defineConnector } from '#kit';
import { nextPage } from './catch-up.ts';
import { DiscordClient } from './client.ts';
import { NO_INTENT } from './connection.ts';
import { examine } from './examine.ts';
import { listen } from './gateway.ts';
import { Cursor, Options } from './options.ts';
import { recheck } from './recheck.ts';
import { NONCE_VALID_MS, send } from './reply.ts';
import { MESSAGE_CONTENT } from './schema.ts';
import { WORDS } from './words.ts';

export const discord = defineConnector({
  about: {
    id: 'discord',
    name: 'Discord',
    summary:
      'Hears channels, threads and forum posts of Discord servers live, catches up after breaks, and replies once.',
    docs: 'https://docs.discord.com/developers/intro',
    rules: 'https://support-dev.discord.com/hc/en-us/articles/8563934450327-Discord-Developer-Policy',
    status: 'experimental',
    words: WORDS,
    reports: {
      at: 'https://dis.gd/report',
      asks: "Discord asks for links to the messages and the id of the account; the server's own moderators can remove both at once.",
    },
  },
  options: Options,
  secrets: {
    token: { env: 'DISCORD_BOT_TOKEN', describe: 'Token of the bot, from its page in the developer portal.' },
  },
  cursor: Cursor,
  limits: {
    maxReplyChars: 2000,
    pullEverySeconds: 300,
    // Discord allows 50 a second for all of a bot; the members' own commands need some of them.
    requests: { count: 40, perSeconds: 1 },
    verified: { at: 'https://docs.discord.com/developers/topics/rate-limits', on: '2026-11-22' },
  },

  open: (env) => new DiscordClient(env),

  async check(client, signal) {
    const me = await client.me(signal, true);
    if (client.options.hear === 'all' && !(await mayReadContent(client, signal))) {
      throw new ConnectorError('unauthorized', NO_INTENT);
    }
    return { id: me.id, handle: me.username };
  },

  examine,
  pull: nextPage,
  listen,
  recheck,
  reply: { once: 'platform-key', keyValidMs: NONCE_VALID_MS, send },
});

/** Without the intent every text is empty, over REST too. Discord says so nowhere but in the application's flags. */
async function mayReadContent(client: DiscordClient, signal: AbortSignal): Promise<boolean> {
  const { flags } = await client.application(signal).catch((thrown: unknown) => {
    // Whoever does not say it may still have it; the gateway will tell.
    if (asFailure(thrown).kind === 'rejected') return { flags: undefined };
    throw thrown;
  });
  return flags === undefined || (flags & MESSAGE_CONTENT) !== 0;
}
