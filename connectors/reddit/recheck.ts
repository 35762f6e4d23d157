import { ConnectorError, type Recheck, type ReplyPermission } from '#kit';
import type { RedditApi } from './api.ts';
import { type Item, isGone, itemOf, markOf, toMention } from './schema.ts';
import { permissionsFor } from './walk.ts';

/** The most that one request may ask about. */
const AT_ONCE = 100;
/** From here on it is likelier that Reddit is at fault than that everything was deleted at once. */
const TOO_MANY = 20;

/**
 * What became of messages we hold. Gone: deleted by its author or with its author, removed by moderators or by Reddit, or
 * not known to Reddit any more. Everything edited since it was written is given back whole; the store sees what is new.
 *
 * @throws ConnectorError
 */
export async function recheck(api: RedditApi, nativeIds: readonly string[], signal: AbortSignal): Promise<Recheck[]> {
  // A feed holds the newest only: what is not in it says nothing.
  if (api.access === 'feeds') return [];
  const ids = [...new Set(nativeIds)].filter((id) => /^t[13]_[a-z\d]+$/.test(id));
  const answers: Recheck[] = [];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    answers.push(...(await recheckSome(api, ids.slice(start, start + AT_ONCE), signal)));
  }
  return answers;
}

async function recheckSome(api: RedditApi, ids: readonly string[], signal: AbortSignal): Promise<Recheck[]> {
  const { data } = await api.things(ids, signal);
  const things = new Map(
    data.children.flatMap((thing) => (markOf(thing) ? [[markOf(thing)?.id, thing] as const] : [])),
  );
  if (ids.length >= TOO_MANY && !ids.some((id) => things.has(id))) {
    const what = `Reddit claims to know none of ${ids.length} messages.`;
    throw new ConnectorError('bad-shape', `${what} That is hard to believe, so nothing was erased. It is asked again.`);
  }
  const items = ids.flatMap((id) => {
    const item = itemOf(things.get(id));
    return 'reason' in item || isGone(item) ? [] : [item];
  });
  const mayAnswer = await permissionsFor(api, items, signal);
  return ids.map((nativeId): Recheck => answerFor(nativeId, things.get(nativeId), mayAnswer));
}

function answerFor(nativeId: string, thing: unknown, mayAnswer: (item: Item) => ReplyPermission): Recheck {
  if (thing === undefined) return { nativeId, now: 'gone' };
  const item = itemOf(thing);
  // A shape we do not know says nothing about a deletion.
  if ('reason' in item) return { nativeId, now: 'same' };
  if (isGone(item)) return { nativeId, now: 'gone' };
  const found = toMention(item, mayAnswer(item));
  if ('reason' in found) return { nativeId, now: 'same' };
  const changed = found.editedAt !== undefined || found.permission.how !== 'api';
  return changed ? { nativeId, now: 'edited', found } : { nativeId, now: 'same' };
}
