/** The posts of the local X: what people say there, how it is looked up, and how it is shown. */
export interface XUser {
  id: string;
  username: string;
  name: string;
}

export interface XPost {
  id: string;
  author: XUser;
  text: string;
  at: number;
  /** From when on X lists it: later than `at` for a post that is indexed late. */
  listedAt: number;
  conversationId: string;
  repliesTo?: string;
  quotes?: string;
  reposts?: string;
  replySettings: string;
  lang: string;
  /** Ids of all versions, oldest first. */
  history: string[];
  gone?: true;
}

export const EPOCH = 1_288_834_974_657n;
const CUT = 280;

export class XPosts {
  readonly all: XPost[] = [];
  readonly users = new Map<string, XUser>();
  /** Ids within one millisecond differ in their last 22 bits. */
  #count = 0n;

  user(username: string): XUser {
    const known = this.users.get(username.toLowerCase());
    if (known) return known;
    const id = String(1_700_000_000_000_000_000n + BigInt(this.users.size));
    const user = { id, username, name: `${username} 👋` };
    this.users.set(username.toLowerCase(), user);
    return user;
  }

  add(username: string, text: string, at: number, more: Partial<XPost> = {}): XPost {
    const id = this.nextId(at);
    const parent = more.repliesTo && this.all.find((post) => post.id === more.repliesTo);
    const post: XPost = {
      id,
      author: this.user(username),
      text,
      at,
      listedAt: at,
      conversationId: parent ? parent.conversationId : id,
      replySettings: 'everyone',
      lang: /\p{Script=Han}/u.test(text) ? 'zh' : 'en',
      history: [id],
      ...more,
    };
    this.all.push(post);
    return post;
  }

  /** A new version under a new id; the old one is no longer listed. */
  edit(id: string, text: string, at: number): XPost {
    const old = this.all.find((post) => post.id === id);
    if (!old) throw new Error(`no post ${id}`);
    const next = this.nextId(at);
    Object.assign(old, { id: next, text, at, listedAt: at, history: [...old.history, next] });
    return old;
  }

  nextId(at: number): string {
    this.#count = (this.#count + 1n) % (1n << 22n);
    return String(((BigInt(at) - EPOCH) << 22n) | this.#count);
  }

  byId(id: string): XPost | undefined {
    return this.all.find((post) => post.history.includes(id));
  }

  /** Newest first, as every list of X. */
  listed(now: number, fits: (post: XPost) => boolean): XPost[] {
    return this.all
      .filter((post) => !post.gone && post.listedAt <= now && fits(post))
      .sort((a, b) => (isNewer(a.id, b.id) ? -1 : 1));
  }
}

/** Ids have no leading zeros, so a longer one is newer. */
export function isNewer(id: string, than: string): boolean {
  return id.length === than.length ? id > than : id.length > than.length;
}

export function mentions(post: XPost, username: string): boolean {
  return handlesIn(post.text).some(([handle]) => handle === username.toLowerCase());
}

/** A small part of the query language: words, -words, @name, from:name, in_reply_to_tweet_id:id. All must hold. */
export function matches(post: XPost, query: string): boolean {
  return query.split(/\s+/).every((term) => {
    if (term.startsWith('-')) return !matches(post, term.slice(1));
    if (term.startsWith('from:')) return post.author.username.toLowerCase() === term.slice(5).toLowerCase();
    if (term.startsWith('in_reply_to_tweet_id:')) return post.repliesTo === term.slice(21);
    if (term.startsWith('@')) return mentions(post, term.slice(1));
    return post.text.toLowerCase().includes(term.toLowerCase());
  });
}

/** What X answers for a post: long texts cut, with the whole in a field of its own; three characters escaped. */
export function shown(post: XPost, spelling: 'tweet' | 'post'): Record<string, unknown> {
  const references = [
    ...(post.repliesTo ? [{ type: 'replied_to', id: post.repliesTo }] : []),
    ...(post.quotes ? [{ type: 'quoted', id: post.quotes }] : []),
    ...(post.reposts ? [{ type: 'retweeted', id: post.reposts }] : []),
  ];
  const whole = escaped(post.text);
  const long = post.text.length > CUT;
  const text = long ? `${escaped(post.text.slice(0, CUT - 5))}… https://t.co/more` : whole;
  const [note, referenced, history] =
    spelling === 'tweet'
      ? ['note_tweet', 'referenced_tweets', 'edit_history_tweet_ids']
      : ['note_post', 'referenced_posts', 'edit_history_post_ids'];
  return {
    id: post.id,
    text,
    author_id: post.author.id,
    created_at: new Date(post.at).toISOString(),
    conversation_id: post.conversationId,
    lang: post.lang,
    reply_settings: post.replySettings,
    [history]: post.history,
    ...(references.length > 0 && { [referenced]: references }),
    ...(long && { [note]: { text: whole, ...entitiesOf(whole) } }),
    ...entitiesOf(text),
  };
}

function entitiesOf(text: string): { entities?: object } {
  const found = handlesIn(text).map(([username, start, end]) => ({ username, start, end, id: '1' }));
  const urls = [...text.matchAll(/https:\/\/t\.co\/\w+/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    url: match[0],
    expanded_url: `https://example.org/${match[0].slice(13)}`,
  }));
  if (found.length + urls.length === 0) return {};
  return { entities: { ...(found.length > 0 && { mentions: found }), ...(urls.length > 0 && { urls }) } };
}

function handlesIn(text: string): [username: string, start: number, end: number][] {
  return [...text.matchAll(/(?<![\w@])@(\w{1,15})/g)].map((match) => [
    match[1]?.toLowerCase() ?? '',
    match.index,
    match.index + match[0].length,
  ]);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
