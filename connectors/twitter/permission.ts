import type { ReplyPermission } from '#kit';
import type { Me, PageOfPosts, Post } from './schema.ts';

/**
 * X takes a reply by program only where the author of that very post mentions the replying account or quotes one of its
 * posts (change log of docs.x.com, in force since 2026-02-23), however a person approved it. What an author allows to
 * nobody but their circle, we leave to a person too.
 */
export function permissionFor(post: Post, page: Pick<PageOfPosts, 'quoted'>, us: Me): ReplyPermission {
  const mentioned = mentionsUs(post, us);
  if (!mentioned && !quotesUs(post, page, us)) {
    return byHand(`the author neither mentioned @${us.username} nor quoted a post of ours`);
  }
  const { reply_settings: setting = 'everyone' } = post;
  if (setting === 'everyone' || (mentioned && /^mentioned_?users$/i.test(setting))) return { how: 'api' };
  return byHand(`the author lets only some accounts reply ("${setting}")`);
}

function byHand(why: string): ReplyPermission {
  return {
    how: 'by-hand',
    why: `X takes no reply by program here: ${why}. Open the post and answer as a person, if you may.`,
  };
}

/** In the author's own words, the hidden part of a long post included. */
function mentionsUs(post: Post, us: Me): boolean {
  const entities = [post.entities, post.note_tweet?.entities].flatMap((one) => one?.mentions ?? []);
  if (entities.some(({ id, username }) => id === us.id || isUs(username, us))) return true;
  const text = post.note_tweet?.text ?? post.text;
  return [...text.matchAll(/(?<![\w@＠.+-])[@＠](\w{1,15})(?![\w@＠])/g)].some(([, handle]) => isUs(handle ?? '', us));
}

/** By who wrote the quoted post, or by the link to it that every quote holds. */
function quotesUs(post: Post, { quoted }: Pick<PageOfPosts, 'quoted'>, us: Me): boolean {
  const ids = post.referenced_tweets.flatMap(({ type, id }) => (type === 'quoted' ? [id] : []));
  if (quoted.some(({ id, author_id }) => ids.includes(id) && author_id === us.id)) return true;
  const links = [post.entities, post.note_tweet?.entities].flatMap((one) => one?.urls ?? []);
  return links.some(({ expanded_url = '' }) => {
    const [, handle = '', id = ''] =
      /^https:\/\/(?:www\.)?(?:x|twitter)\.com\/(\w+)\/status\/(\d+)/i.exec(expanded_url) ?? [];
    return isUs(handle, us) && ids.includes(id);
  });
}

function isUs(handle: string, us: Me): boolean {
  return handle.toLowerCase() === us.username.toLowerCase();
}

/** Asked of every automated account (docs.x.com, developer guidelines, read 2026-11-22). */
export const OPTED_OUT = {
  how: 'never',
  why: 'The author asked us to stop answering, and X asks every automated account to obey that at once.',
} satisfies ReplyPermission;
