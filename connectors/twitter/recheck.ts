import type { Recheck } from '#kit';
import type { XClient } from './client.ts';
import { isNothingNew, mentionOf, postOf } from './schema.ts';

const AT_ONCE = 100;

/**
 * What X no longer shows, to us or to anybody, has to go here too (within 24 hours, says its policy). X names such posts
 * one by one; silence about a post is not taken for that. Only where the options ask for it: looking costs money that
 * listening may need.
 */
export async function recheck(client: XClient, nativeIds: string[], signal: AbortSignal): Promise<Recheck[]> {
  if (!client.options.followDeletions) return [];
  const us = await client.me(signal);
  const { prices } = client.options;
  const answers: Recheck[] = [];
  for (let at = 0; at < nativeIds.length; at += AT_ONCE) {
    const ids = nativeIds.slice(at, at + AT_ONCE);
    await client.spend.affordable(prices.post + prices.user, ids.length, ids.length);
    const page = await client.posts(ids, signal);
    await client.spend.add(page.data.length * prices.post + page.users.length * prices.user);

    const gone = new Set(page.errors.flatMap(({ resource_id, value }) => [resource_id, value]));
    const edited = page.data.flatMap((item) => {
      const read = postOf(item);
      if (!('post' in read) || !read.post.author_id || isNothingNew(read.post)) return [];
      const mention = mentionOf(read.post, page, us);
      return mention.editedAt === undefined ? [] : [mention];
    });
    for (const nativeId of ids) {
      const found = edited.find((mention) => mention.nativeId === nativeId);
      if (found) answers.push({ nativeId, now: 'edited', found });
      else answers.push({ nativeId, now: gone.has(nativeId) ? 'gone' : 'same' });
    }
  }
  return answers;
}
