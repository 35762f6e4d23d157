import {
  ConnectorError,
  defineConnector,
  type Finding,
  type FoundMention,
  type From,
  type Page,
  type Posted,
  type Recheck,
  type ReplyOrder,
  type SkippedItem,
  safeUrl,
} from '#kit';
import { Gone } from './access.ts';
import { FacebookClient } from './client.ts';
import { commentsIn, endingOf, itemOf, oldestIn, toMention } from './messages.ts';
import { Cursor, Options, WORDS } from './settings.ts';
import { answerFacebook } from './webhooks.ts';

const DAY_MS = 86_400_000;
/** How far behind the last round's beginning reading goes on: what Facebook shows late is not missed. */
const OVERLAP_MS = 10 * 60_000;
/** How far Facebook's clock and ours may be apart. */
const SLACK_MS = 2 * 60_000;
const AT_ONCE = 50;
/** From here on it is likelier that a right was lost than that everything was deleted at once. */
const TOO_MANY = 20;

export const facebook = defineConnector({
  about: {
    id: 'facebook',
    name: 'Facebook',
    summary: 'Hears posts that tag our Page, posts on it and the comments under both, and answers as the Page.',
    docs: 'https://developers.facebook.com/docs/pages-api',
    rules: 'https://developers.facebook.com/terms',
    status: 'experimental',
    words: WORDS,
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
    // Facebook counts by the people a Page reaches, and says in each answer how much is used. See client.ts.
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

/** One request: a list of posts with their newest comments, or more comments of one post. */
async function nextPage(client: FacebookClient, from: From<Cursor>, signal: AbortSignal): Promise<Page<Cursor>> {
  const now = client.now();
  const {
    floor,
    since,
    round = { startedAt: now, edges: client.options.hear, after: '', behind: [] },
  } = 'cursor' in from ? from.cursor : { floor: from.since, since: from.since };
  const found: FoundMention[] = [];
  const skipped: SkippedItem[] = [];
  const hear = (raw: unknown, post?: string) => {
    const item = itemOf(raw);
    const mention = 'reason' in item ? undefined : toMention(item, post);
    if ('reason' in item) skipped.push({ reason: item.reason, ...(item.id && { nativeId: item.id }) });
    else if (mention && item.created_time >= floor) found.push(mention);
  };
  const rest = { ...round, behind: [...round.behind] };
  const [edge] = round.edges;
  if (edge) {
    const posts = await client.posts(edge, round.after, signal);
    for (const raw of posts.data) {
      hear(raw);
      const comments = commentsIn(raw);
      for (const comment of comments?.data ?? []) hear(comment, comments?.post);
      if (comments?.after && oldestIn(comments.data) >= since)
        rest.behind.push({ post: comments.post, after: comments.after });
    }
    const old = oldestIn(posts.data) < now - client.options.postDays * DAY_MS;
    rest.after = old ? '' : posts.after;
    if (!rest.after) rest.edges = round.edges.slice(1);
  } else {
    const next = rest.behind.shift();
    const comments = next && (await unlessGone(client.comments(next.post, next.after, signal)));
    for (const comment of comments?.data ?? []) hear(comment, next?.post);
    if (next && comments?.after && oldestIn(comments.data) >= since)
      rest.behind.unshift({ ...next, after: comments.after });
  }
  if (rest.edges.length + rest.behind.length > 0)
    return { found, skipped, cursor: { floor, since, round: rest }, more: true };
  const to = round.startedAt;
  const coverage = since < to ? [{ kind: 'seen' as const, from: since, to }] : [];
  const cursor = { floor, since: Math.max(since, to - OVERLAP_MS) };
  return { found, skipped, cursor, more: false, coverage, notices: await noticesOf(client, signal) };
}

/** A post that went away while it was read takes its comments with it. */
async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  return call.catch((thrown: unknown) => {
    if (thrown instanceof Gone) return undefined;
    throw thrown;
  });
}

async function noticesOf(client: FacebookClient, signal: AbortSignal): Promise<string[]> {
  const token = await client.token(signal);
  const ending = token && endingOf(token, client.now());
  const { otherVersion, options } = client;
  const ended = `Facebook answers with version ${otherVersion}, since ${options.version} has ended. Set "version" to a newer one.`;
  return [...(ending ? [ending] : []), ...(otherVersion ? [ended] : [])];
}

/**
 * Which of the messages we hold are gone. One that is fails the whole request, so that is halved. Edits are seen by reading:
 * posts and comments have no fields in common that would tell of them.
 */
async function recheck(client: FacebookClient, nativeIds: readonly string[], signal: AbortSignal): Promise<Recheck[]> {
  const answers: Recheck[] = [];
  const ask = async (ids: readonly string[]): Promise<void> => {
    const there = await unlessGone(client.objects(ids, signal));
    for (const nativeId of ids) if (there?.[nativeId]) answers.push({ nativeId, now: 'same' });
    const rest = ids.filter((id) => !there?.[id]);
    if (ids.length === 1) for (const nativeId of rest) answers.push({ nativeId, now: 'gone' });
    else if (there) for (const id of rest) await ask([id]);
    else for (const half of [rest.slice(0, rest.length / 2), rest.slice(rest.length / 2)]) await ask(half);
  };
  for (let start = 0; start < nativeIds.length; start += AT_ONCE) await ask(nativeIds.slice(start, start + AT_ONCE));
  if (answers.length < TOO_MANY || answers.some(({ now }) => now !== 'gone')) return answers;
  const what = `Facebook claims to know none of ${answers.length} messages.`;
  throw new ConnectorError('bad-shape', `${what} That is hard to believe, so nothing was erased. It is asked again.`);
}

/** Looks through what stands below the message, newest first, for our text, no older than the first try. */
async function find(client: FacebookClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted | null> {
  const notBefore = order.firstTriedAt - SLACK_MS;
  for (let after = ''; ; ) {
    const page = await unlessGone(client.comments(order.replyRef ?? order.nativeId, after, signal));
    // With the message went our answer, if there was one.
    if (!page) return null;
    const ours = page.data
      .map(itemOf)
      .find((one) => 'from' in one && one.from?.id === client.options.page && plain(one.message) === plain(order.text));
    if (ours && 'created_time' in ours && ours.created_time >= notBefore) {
      return asPosted(ours.id, ours.created_time, ours.permalink_url);
    }
    if (!page.after || oldestIn(page.data) < notBefore) return null;
    after = page.after;
  }
}

/** Facebook trims, and may fold spaces. */
const plain = (text: string) => text.replace(/\s+/g, ' ').trim();

function asPosted(nativeId: string, postedAt: number, address?: string): Posted {
  const url = safeUrl(address ?? `/${nativeId}`, 'https://www.facebook.com');
  return { nativeId, postedAt, ...(url && { url }) };
}
