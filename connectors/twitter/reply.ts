import { asFailure, ConnectorError, type Posted, type ReplyOrder } from '#kit';
import type { XClient } from './client.ts';
import { isDuplicate } from './failures.ts';
import { OPTED_OUT } from './permission.ts';
import { type Me, type Post, postOf, timeOf } from './schema.ts';

/** Our clock and that of X may differ by this much. */
const CLOCKS_MS = 5 * 60_000;
/** A second try comes later than this after the first. */
const SAME_TRY_MS = 2_000;
const FIRST_DAY = Date.UTC(2010, 10, 7);
const DAY_MS = 86_400_000;
/** The most that X gives out of one account's posts is 3,200. */
const MOST_PAGES = 32;
/** Checking first must not use up the time for sending. */
const CHECK_MS = 4_000;

/** Anything that X would make a link of, and charge for. */
const LINK = /https?:\/\/|(?<![\w@.-])(?:[a-z\d-]+\.)+[a-z]{2,24}(?![\w@])/i;

/** What X charges for a reply with these words. */
export function priceOf({ options: { prices } }: XClient, text: string): number {
  return LINK.test(text) ? prices.linkReply : prices.reply;
}

/** Posts the text once, where we have not answered yet. */
export async function send(client: XClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted> {
  // Whoever said stop after a person approved is not answered any more.
  const silent = await client.optOuts.take([]);
  if (order.authorId !== undefined && silent.has(order.authorId)) throw new ConnectorError('rejected', OPTED_OUT.why);
  // Only for a look and an address; who may send, X decides.
  const me = await client.me(briefly(signal)).catch(() => undefined);
  const answered = me && (await answeredBefore(client, me, order, signal));
  if (answered) return answered;
  const price = priceOf(client, order.text);
  await client.spend.reserve(price).catch((thrown) => Promise.reject(asFailure(thrown)));
  try {
    const { id } = await client.reply(targetOf(order), order.text, signal);
    return postedAs(client, id, me?.username);
  } catch (thrown) {
    // A clear no costs nothing. What may have arrived stays counted.
    const arrived = !(thrown instanceof ConnectorError) || /^(?:unknown-outcome|bad-shape)$/.test(thrown.kind);
    if (!arrived) await client.spend.add(-price).catch(() => {});
    if (isDuplicate(thrown)) return sentBefore(client, order, signal);
    throw thrown;
  }
}

/** Our own post that answers this one, or null. Looks through everything we posted since the first try. */
export async function find(client: XClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted | null> {
  const me = await client.me(signal);
  const since = order.firstTriedAt - CLOCKS_MS;
  const start = since > FIRST_DAY ? { start_time: `${new Date(since).toISOString().slice(0, 19)}Z` } : {};
  let token: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const max = await client.spend.affordable(client.options.prices.ownedRead, 100, 5);
    const page = await client.ownPosts(
      { ...start, max_results: max, ...(token && { pagination_token: token }) },
      signal,
    );
    await client.spend.add(page.data.length * client.options.prices.ownedRead);
    const ours = page.data.flatMap((item) => answering(item, order));
    if (ours[0]) return postedAs(client, ours[0].id, me.username);
    token = page.token;
    if (token === undefined) return null;
  }
  throw new ConnectorError(
    'unavailable',
    'We posted more since then than X gives out. Please look for the reply yourself.',
  );
}

/**
 * X allows one reply for each time somebody turns to us, whoever of us wrote it. The search for one is free when there is
 * none. It is a second look only: when it fails, or has not yet heard of a reply, the state of the mention still holds.
 */
async function answeredBefore(
  client: XClient,
  me: Me,
  order: ReplyOrder,
  signal: AbortSignal,
): Promise<Posted | undefined> {
  const words = `from:${me.username} in_reply_to_tweet_id:${targetOf(order)}`;
  const page = await client.spend
    .affordable(client.options.prices.post, 10, 10)
    .then((most) => client.search(words, { max_results: most }, briefly(signal)))
    .catch(() => undefined);
  signal.throwIfAborted();
  if (!page) return undefined;
  await client.spend.add(page.data.length * client.options.prices.post).catch(() => {});
  const [reply] = page.data.flatMap((item) => answering(item, order));
  if (!reply) return undefined;
  const posted = postedAs(client, reply.id, me.username);
  const isThisOne =
    order.firstTriedAt < client.now() - SAME_TRY_MS && posted.postedAt >= order.firstTriedAt - CLOCKS_MS;
  if (isThisOne) return posted;
  throw new ConnectorError('rejected', `We have answered this post already: ${posted.url}. X allows one reply to it.`);
}

/** X says that we have just posted these words. Either this very reply got through at the first try, or they stand elsewhere. */
async function sentBefore(client: XClient, order: ReplyOrder, signal: AbortSignal): Promise<Posted> {
  const unknown = (why: string) =>
    new ConnectorError('unknown-outcome', `X says that these words are posted already, and ${why}.`);
  const posted = await find(client, order, signal).catch((thrown) => {
    throw unknown(`looking for them failed (${thrown instanceof Error ? thrown.message : thrown})`);
  });
  if (posted) return posted;
  if (order.firstTriedAt < client.now() - SAME_TRY_MS) throw unknown('they are not yet among our posts');
  throw new ConnectorError(
    'rejected',
    'X refuses it, since we posted the same words a short while ago. Change the wording and approve it again.',
  );
}

/** An edited post has several ids: the reply went to the newest, the mention is known by the first. */
function answering(item: unknown, order: ReplyOrder): Post[] {
  const read = postOf(item);
  if (!('post' in read)) return [];
  const targets = [order.nativeId, targetOf(order)];
  const isReply = read.post.referenced_tweets.some(({ type, id }) => type === 'replied_to' && targets.includes(id));
  return isReply ? [read.post] : [];
}

function briefly(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(CHECK_MS)]);
}

function targetOf({ replyRef, nativeId }: ReplyOrder): string {
  return replyRef ?? nativeId;
}

function postedAs(client: XClient, id: string, username = 'i'): Posted {
  const made = timeOf(id);
  const now = client.now();
  const postedAt = made > FIRST_DAY && made < now + DAY_MS ? made : now;
  return { nativeId: id, url: `https://x.com/${username}/status/${id}`, postedAt };
}
