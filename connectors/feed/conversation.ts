/**
 * What the address of a post says about its topic. Each pattern's first group names the topic on its site; the post's
 * number, slug and page are left behind.
 */
const TOPICS: readonly RegExp[] = [
  // Discourse /t/slug/123/4 and /t/123/4, V2EX /t/123
  /^(.*\/t\/)(?:(?!\d+(?:\/|$))[^/]+\/)?(\d+)(?:\/\d+)?\/?$/,
  // NodeBB /topic/123/slug/4
  /^(.*\/topic\/)(\d+)(?:\/.*)?$/,
  // Stack Exchange /questions/123/slug/456
  /^(.*\/questions\/)(\d+)(?:\/.*)?$/,
  // Flarum /d/123-slug/4
  /^(.*\/d\/)(\d+)(?:-[^/]*)?(?:\/.*)?$/,
  // XenForo /threads/slug.123/post-4
  /^(.*\/threads\/)(?:[^/]*\.)?(\d+)(?:\/.*)?$/,
  // Reddit and Lemmy-like /r/place/comments/abc/slug/def
  /^(.*\/comments\/)([a-z\d]+)(?:\/.*)?$/,
  // Discuz /thread-123-1-1.html
  /^(.*\/thread-)(\d+)(?:-\d+)*\.html$/,
];

/** Topics by a query parameter: phpBB `viewtopic.php?t=`, Discuz `forum.php?mod=viewthread&tid=`. */
const PARAMETERS: readonly [RegExp, string][] = [
  [/\/viewtopic\.php$/, 't'],
  [/\/forum\.php$/, 'tid'],
  [/\/showthread\.php$/, 't'],
];

/** The same text for all posts of one topic, where the address tells; else the address without its fragment. */
export function conversationOf(address: string): string {
  const url = new URL(address);
  for (const [path, name] of PARAMETERS) {
    const id = path.test(url.pathname) ? url.searchParams.get(name) : null;
    if (id) return `${url.origin}${url.pathname}?${name}=${id}`;
  }
  for (const topic of TOPICS) {
    const match = topic.exec(url.pathname);
    if (match) return `${url.origin}${match[1]}${match[2]}`;
  }
  url.hash = '';
  return url.href;
}
