/** Facebook on one screen: what it is, what it allows, who does what, and what `earshot doctor` says of it. */
import { ConnectorError, defineConnector, type Finding } from '#kit';
import { FacebookClient } from './client.ts';
import { answerFacebook, nextPage, recheck } from './listen.ts';
import { asPosted, endingOf, find } from './messages.ts';
import { Cursor, Options, WORDS } from './settings.ts';
import { SAID } from './words.ts';

export const facebook = defineConnector({
  about: {
    id: 'facebook',
    name: 'Facebook',
    summary: 'Hears posts that tag our Page, posts on it and the comments under both, and answers as the Page.',
    docs: 'https://developers.facebook.com/docs/pages-api',
    rules: 'https://developers.facebook.com/terms',
    status: 'experimental',
    words: WORDS,
    said: SAID,
    reports: {
      at: 'https://www.facebook.com/help/',
      asks: 'Open the profile or Page of the impostor, choose "Report" in its menu and say that it pretends to be another business. Facebook asks which one; a registered trademark helps. Comments below our own posts can be hidden at once.',
    },
  },
  options: Options,
  secrets: {
    pageToken: {
      env: 'FACEBOOK_PAGE_TOKEN',
      describe: 'Token of the Page that does not expire. The README says how to get it.',
    },
    appSecret: {
      env: 'FACEBOOK_APP_SECRET',
      describe:
        'Secret of the app. Each request is then signed with it, so that a stolen token alone is worth nothing. Webhooks need it.',
      optional: true,
    },
    verifyToken: {
      env: 'FACEBOOK_VERIFY_TOKEN',
      describe: 'For webhooks: a long text of your own, the same as under "Verify token" in the app.',
      optional: true,
    },
  },
  cursor: Cursor,
  limits: {
    maxReplyChars: 8000,
    pullEverySeconds: 300,
    // Facebook counts by the people a Page reaches, and says in each answer how much is used. See `usageIn`.
    requests: { count: 60, perSeconds: 60 },
    verified: { at: 'https://developers.facebook.com/docs/graph-api/overview/rate-limiting', on: '2026-11-22' },
  },

  open: (env) => new FacebookClient(env),

  async check(client, signal) {
    const { id, name } = await client.me(signal);
    // With the token of a person Facebook answers too, but with empty lists: that must not look like "no news".
    if (id === client.options.page) return { id, handle: name };
    const advice = `FACEBOOK_PAGE_TOKEN is the token of "${name}" (${id}), not of the Page ${client.options.page}.`;
    throw new ConnectorError('unauthorized', `${advice} Take the access_token of the Page from /me/accounts.`);
  },

  async examine(client, signal): Promise<Finding[]> {
    const token = await client.token(signal);
    if (!token) {
      const message =
        'nobody watches when it ends. Set the option "app" and FACEBOOK_APP_SECRET, and see that they are right.';
      return [{ what: 'token', ok: false, message }];
    }
    const ending = endingOf(token, client.now());
    const missing = RIGHTS.filter((right) => !token.scopes.includes(right));
    const kind = `a ${token.type.toLowerCase().replace('_', ' ')} token without an end in sight`;
    return [
      { what: 'token', ok: !ending, message: ending ?? kind },
      {
        what: 'rights',
        ok: missing.length === 0,
        message: missing.length === 0 ? 'all are there' : `missing: ${missing.join(', ')}. Make a token that has them.`,
      },
      ...(await webhooksOf(client, signal)),
    ];
  },

  pull: nextPage,
  // A thousand changes may come in one call, and more calls than anybody counts after a new post.
  intake: { maxBytes: 4 * 1024 * 1024, perMinute: { all: 6000, each: 3000 }, answer: answerFacebook },
  recheck,

  reply: {
    once: 'look-up',
    async send(client, order, signal) {
      const { id } = await client.reply(order.replyRef ?? order.nativeId, order.text, signal);
      return asPosted(id, client.now());
    },
    find,
  },
});

/** Only where somebody set webhooks up: asking every five minutes is enough for many. */
async function webhooksOf(client: FacebookClient, signal: AbortSignal): Promise<Finding[]> {
  if (!client.verifyToken()) return [];
  const what = 'webhooks';
  if (!client.address?.startsWith('https:')) {
    const advice = 'Facebook calls https addresses only. Set EARSHOT_ORIGIN to the one under which it reaches Earshot.';
    return [{ what, ok: false, message: advice }];
  }
  const on = await client.subscriptions(signal);
  const off = WEBHOOK_FIELDS.filter((field) => !on.has(field));
  const message = `not told of ${off.join(' and ')}. Subscribe the Page as the README says; the address is ${client.address}.`;
  return [{ what, ok: off.length === 0, message: off.length === 0 ? `Facebook calls ${client.address}` : message }];
}

const WEBHOOK_FIELDS = ['feed', 'mention'];
const RIGHTS = ['pages_read_engagement', 'pages_read_user_content', 'pages_manage_engagement'];
