import { ConnectorError, type Posted, type ReplyOrder, safeUrl } from '#kit';
import type { RedditApi } from './api.ts';
import { refusedComment } from './failures.ts';
import { Own } from './schema.ts';

/** How far Reddit's clock and ours may be apart. */
const SLACK_MS = 2 * 60_000;
const PAGE = 100;

/** Comments once. @throws ConnectorError; `unknown-outcome` or `bad-shape` when nobody can say whether it is there */
export async function send(api: RedditApi, order: ReplyOrder, signal: AbortSignal): Promise<Posted> {
  const answer = await api.comment(order, signal);
  const refused = refusedComment(answer, api.now());
  if (refused) throw refused;
  const made = answer.json.data?.things[0]?.data;
  if (made) return asPosted(made, api.now());
  throw new ConnectorError('bad-shape', 'Reddit took the reply, but its answer does not say which comment it became.');
}

/**
 * Looks through our own comments, newest first, for one under this message that is no older than the first try.
 *
 * @throws ConnectorError, also when the listing breaks off before it is that old: not found must mean not there
 */
export async function find(api: RedditApi, order: ReplyOrder, signal: AbortSignal): Promise<Posted | null> {
  const notBefore = order.firstTriedAt - SLACK_MS;
  for (let after: string | undefined, count = 0; ; ) {
    const { data } = await api.ownComments({ sort: 'new', limit: PAGE, ...(after && { after, count }) }, signal);
    if (after && data.children.length === 0) {
      throw new ConnectorError(
        'unavailable',
        'Our own comments changed while they were looked through. Looked through again later.',
      );
    }
    const own = data.children.flatMap((child) => Own.safeParse(child).data?.data ?? []);
    const ours = own.find((one) => one.parent_id === order.nativeId && one.created_utc * 1000 >= notBefore);
    if (ours) return asPosted(ours, api.now());
    const last = own.at(-1);
    if (!data.after || (last && last.created_utc * 1000 < notBefore)) return null;
    after = data.after;
    count += data.children.length;
  }
}

function asPosted(
  {
    name,
    permalink,
    created_utc,
  }: { name: string; permalink?: string | null | undefined; created_utc?: number | null | undefined },
  now: number,
): Posted {
  const url = safeUrl(permalink ?? undefined, 'https://www.reddit.com');
  return { nativeId: name, postedAt: created_utc ? Math.round(created_utc * 1000) : now, ...(url && { url }) };
}
