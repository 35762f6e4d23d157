import { gzipSync, zstdCompressSync } from 'node:zlib';

/** One message, before a format writes it down. */
export interface Post {
  id: number;
  author: string;
  text: string;
  at: number;
}

const stamp = (at: number) => new Date(at).toISOString();

/** How each kind of file writes the same posts, and the native id that comes back. */
export const writers: Record<string, { name: string; write(posts: Post[]): string; nativeId(post: Post): string }> = {
  jsonl: {
    name: 'posts.jsonl',
    write: (posts) =>
      posts.map((post) => `${JSON.stringify({ ...post, at: undefined, date: post.at })}\r\n\n`).join(''),
    nativeId: ({ id }) => `posts.jsonl:${id}`,
  },
  json: {
    name: 'posts.json',
    write: (posts) =>
      `[ ${posts.map((post) => JSON.stringify({ ...post, date: stamp(post.at) }, null, 2)).join(' ,\n')} ]`,
    nativeId: ({ id }) => `posts.json:${id}`,
  },
  csv: {
    name: 'posts.csv',
    write: (posts) =>
      `id;user;message;"created at"\r\n${posts
        .map(({ id, author, text, at }) => `${[id, author, text, stamp(at)].map(quoted).join(';')}\r\n`)
        .join('')}`,
    nativeId: ({ id }) => `posts.csv:${id}`,
  },
  discord: {
    name: 'chat.json',
    write: (posts) =>
      JSON.stringify({
        guild: { id: '1', name: 'Guild "messages": [' },
        channel: { id: '2', type: 'GuildTextChat', name: 'help' },
        messages: posts.map(({ id, author, text, at }) => ({
          id: String(id),
          type: 'Default',
          timestamp: stamp(at),
          content: text,
          author: { id: author, name: author, isBot: false },
          reactions: [{ emoji: { name: '}]' }, count: 1 }],
        })),
        messageCount: posts.length,
      }),
    nativeId: ({ id }) => String(id),
  },
  reddit: {
    name: 'RC_2026-10',
    write: (posts) =>
      posts
        .map(({ id, author, text, at }) => {
          const body = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
          return `${JSON.stringify({ id: String(id), author, subreddit: 'wallets', body, created_utc: at / 1000 })}\n`;
        })
        .join(''),
    nativeId: ({ id }) => `t1_${id}`,
  },
  mbox: {
    name: 'inbox.mbox',
    write: (posts) =>
      posts
        .map(({ id, author, text, at }) => {
          const head = `From: ${author}@mail.example\nMessage-ID: <${id}@mail.example>\nDate: ${new Date(at).toUTCString()}`;
          const type = 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit';
          const body = text.replace(/^(>*From )/gm, '>$1');
          return `From ${author}@mail.example Fri Oct  2 08:15:00 2026\n${head}\n${type}\n\n${body}\n\n`;
        })
        .join(''),
    nativeId: ({ id }) => `${id}@mail.example`,
  },
};

const quoted = (value: string | number) => `"${String(value).replaceAll('"', '""')}"`;

/** How a text becomes the bytes of a file. */
export const packings: Record<string, { suffix: string; pack(text: string): Buffer }> = {
  plain: { suffix: '', pack: (text) => Buffer.from(text) },
  'with byte order mark': { suffix: '', pack: (text) => Buffer.from(`\uFEFF${text}`) },
  'utf-16le': { suffix: '', pack: (text) => Buffer.from(`\uFEFF${text}`, 'utf16le') },
  gzip: { suffix: '.gz', pack: (text) => gzipSync(text) },
  zstd: { suffix: '.zst', pack: (text) => zstdCompressSync(text) },
  'zstd in frames': { suffix: '.zst', pack: inFrames },
};

function inFrames(text: string): Buffer {
  const bytes = Buffer.from(text);
  const third = Math.ceil(bytes.length / 3);
  const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const pieces = [0, 1, 2].map((part) => zstdCompressSync(bytes.subarray(part * third, (part + 1) * third)));
  return Buffer.concat(pieces.flatMap((piece) => [piece, skippable]));
}
