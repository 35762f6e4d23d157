import { ConnectorError, defineConnector, type Env, type Recheck, type ReplyOrder } from '#kit';
import { ForumClient, SECRETS } from './client.ts';
import { Discourse } from './discourse.ts';
import { Nodebb } from './nodebb.ts';
import { Cursor, Options } from './options.ts';
import type { Site } from './site.ts';
import { StackExchange } from './stackexchange.ts';
import { V2ex } from './v2ex.ts';
import { nextPage } from './walk.ts';
import { WORDS } from './words.ts';

const SOFTWARE = { discourse: Discourse, nodebb: Nodebb, stackexchange: StackExchange, v2ex: V2ex };

interface Opened {
  client: ForumClient;
  site: Site;
}

export const forum = defineConnector({
  about: {
    id: 'forum',
    name: 'Forum',
    summary: 'Hears forums that run on Discourse or NodeBB and answers there; reads Stack Exchange and V2EX.',
    docs: 'https://docs.discourse.org',
    rules: 'https://meta.discourse.org/t/create-and-configure-an-api-key/230124',
    status: 'experimental',
    words: WORDS,
  },
  options: Options,
  secrets: SECRETS,
  cursor: Cursor,
  limits: {
    // Both kinds take about 32,000; a site may set less.
    maxReplyChars: 32_000,
    pullEverySeconds: 60,
    // Of one key of Discourse. What a forum says in an answer counts more.
    requests: { count: 60, perSeconds: 60 },
    verified: {
      at: 'https://meta.discourse.org/t/global-rate-limits-and-throttling-in-discourse/78612',
      on: '2026-11-22',
    },
  },

  open(env: Env<Options, keyof typeof SECRETS>): Opened {
    const client = new ForumClient(env);
    return { client, site: new SOFTWARE[env.options.software](client) };
  },

  check: ({ site }, signal) => site.me(signal),
  examine: async ({ site }, signal) => (await site.examine?.(signal)) ?? [],
  pull: nextPage,

  async recheck({ client, site }, nativeIds, signal): Promise<Recheck[]> {
    const ids = nativeIds.flatMap((nativeId) => client.ownId(nativeId) ?? []);
    return ids.length > 0 ? site.recheck([...new Set(ids)], signal) : [];
  },

  reply: {
    once: 'look-up',
    send: async (opened, order, signal) => writing(opened).send(order, signal),
    find: async (opened, order, signal) => writing(opened).find(order, signal),
  },
});

/** @throws ConnectorError `unauthorized` where nobody may write by program, or no key is set */
function writing({ client, site }: Opened) {
  const { send, find } = site;
  if (send && find && client.hasKey) {
    return {
      send: (order: ReplyOrder, signal: AbortSignal) => send.call(site, order, signal),
      find: (order: ReplyOrder, signal: AbortSignal) => find.call(site, order, signal),
    };
  }
  const message = 'Nothing can be posted here by program: no key is set, or the forum has no way. Post it by hand.';
  throw new ConnectorError('unauthorized', message);
}
