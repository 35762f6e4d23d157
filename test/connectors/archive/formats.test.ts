import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAll, scratch } from './reading.ts';

const save = scratch();
const fixture = (name: string) => join(import.meta.dirname, '../../../connectors/archive/fixtures', name);
const BY_PAGE = { how: 'by-hand', why: 'Imported from a file: open the page and post there' };
const NO_LINK = { how: 'by-hand', why: 'Imported from a file without a link' };

describe('JSON lines', () => {
  it('find the usual names, keep long ids whole and skip a broken line with its number', async () => {
    const { found, skipped } = await readAll({ file: fixture('posts.jsonl') });
    expect(found.map(({ nativeId }) => nativeId)).toEqual([
      'posts.jsonl:f-1001',
      'posts.jsonl:f-1002',
      'posts.jsonl:f-1003',
      'posts.jsonl:9007199254740995',
    ]);
    expect(found[1]).toEqual({
      nativeId: 'posts.jsonl:f-1002',
      author: { id: '77', handle: 'qingyu_88', name: '青鱼' },
      text: '充值失败两次，银行卡已经扣款了，余额还是零，怎么办？',
      saidAt: Date.UTC(2026, 9, 2, 8, 20),
      url: 'https://forum.example/t/8812/2',
      conversationId: 'posts.jsonl:8812',
      parentId: 'posts.jsonl:f-1001',
      permission: BY_PAGE,
      langHint: 'zh',
    });
    expect(found[2]).toMatchObject({ author: { id: '9007199254740993', handle: 'mixed_lin' }, permission: NO_LINK });
    expect(skipped).toEqual([expect.stringMatching(/^line 4: no sound JSON/)]);
    expect(skipped.join()).not.toContain('broken');
  });

  it('follow a mapping, into objects too, and the platform and place of the source', async () => {
    const file = save(
      'dump.txt',
      '{"k":7,"who":{"nick":"moss"},"said":{"words":"余额不对"},"text":"wrong one","when":1790929200}\n',
    );
    const columns = { id: 'k', text: 'said.words', author: 'who.nick', time: 'when' };
    const { found } = await readAll({ file, format: 'jsonl', columns, platform: 'forum', place: 'Example board' });
    expect(found).toEqual([
      {
        nativeId: 'forum:7',
        author: { id: 'moss', handle: 'moss' },
        text: '余额不对',
        saidAt: 1_790_929_200_000,
        permission: NO_LINK,
        platform: 'forum',
        place: 'Example board',
      },
    ]);
  });

  it('name a record without an id after author, time and words, the same in every file', async () => {
    const record = (text: string) => `${JSON.stringify({ text, author: 'moss', date: 1_790_929_200 })}\n`;
    const first = await readAll({ file: save('a.jsonl', record('one') + record('two')) });
    const second = await readAll({ file: save('b.jsonl', record('two') + record('one')) });
    const ids = first.found.map(({ nativeId }) => nativeId);
    expect(new Set(ids).size).toBe(2);
    expect(second.found.map(({ nativeId }) => nativeId)).toEqual(ids.reverse());
  });
});

describe('CSV', () => {
  it('reads Chinese column names, quoted line breaks and dates, and drops a link that is no web address', async () => {
    const { found, skipped } = await readAll({ file: fixture('reviews.csv') });
    expect(skipped).toEqual([]);
    expect(found).toMatchObject([
      {
        nativeId: 'reviews.csv:r1',
        text: '转账三小时还没到账，\n客服一直说"请耐心等待"',
        saidAt: Date.UTC(2026, 9, 2, 18, 5),
        permission: BY_PAGE,
      },
      { nativeId: 'reviews.csv:r2', author: { id: 'paperboat' }, permission: NO_LINK },
      { nativeId: 'reviews.csv:r3', text: '更新以后一直闪退，打不开。' },
    ]);
    expect(found[2]).not.toHaveProperty('url');
  });

  it('knows the customer support layout: what customers wrote, with the ids of what they answer', async () => {
    const { found, notices } = await readAll({ file: fixture('support.csv') });
    expect(found).toEqual([
      {
        nativeId: 'twitter:2',
        author: { id: '115712' },
        text: '@ExamplePaySupport my card was charged twice today',
        saidAt: Date.UTC(2017, 9, 31, 22, 10, 47),
        permission: NO_LINK,
        platform: 'twitter',
      },
      {
        nativeId: 'twitter:4',
        author: { id: '115712' },
        text: '@ExamplePaySupport I did, "no reply" for an hour',
        saidAt: Date.UTC(2017, 9, 31, 22, 20),
        parentId: 'twitter:1',
        permission: NO_LINK,
        platform: 'twitter',
      },
    ]);
    expect(notices).toEqual([expect.stringContaining('2 mentions, 1 records left out, 0 skipped')]);
    expect((await readAll({ file: fixture('support.csv'), preset: 'none' })).found).toHaveLength(3);
  });

  it.each([
    [',', 'id,text\n1,a; b\n'],
    [';', 'id;text\n1;"a, b"\n'],
    ['\t', '"id"\t"text"\r\n1\ta, b\r\n'],
    ['|', 'id|text|lang\n1|a, b|en'],
  ])('finds out that %j separates the columns', async (_mark, content) => {
    const { found } = await readAll({ file: save('table.csv', content) });
    expect(found).toHaveLength(1);
    expect(found[0]?.text).toMatch(/^a[;,] b$/);
  });

  it('reads Chinese encodings by content or by wish, and says when it guessed', async () => {
    // "id,内容 / 1,我的账户被锁了，怎么办" in GB 18030
    const gbk = Buffer.from('69642cc4dac8dd0a312cced2b5c4d5cbbba7b1bbcbf8c1cba3acd4f5c3b4b0ec0a', 'hex');
    const guessed = await readAll({ file: save('table.csv', gbk) });
    expect(guessed.found[0]?.text).toBe('我的账户被锁了，怎么办');
    expect(guessed.notices[0]).toContain('read as gb18030');
    const told = await readAll({ file: save('table.csv', gbk), encoding: 'gbk' });
    expect(told.found[0]?.text).toBe('我的账户被锁了，怎么办');
    expect(told.notices.join()).not.toContain('gb18030');
  });

  it('asks which column holds the text when none looks like it, and names the columns', async () => {
    const file = save('table.csv', 'Ticket No,Customer says\n1,top-up failed\n');
    await expect(readAll({ file })).rejects.toThrow('columns.text to one of its columns: "Ticket No", "Customer says"');
    const { found } = await readAll({ file, columns: { text: 'Customer says', id: 'Ticket No' } });
    expect(found).toMatchObject([{ nativeId: 'table.csv:1', text: 'top-up failed' }]);
  });

  it('skips a row with too many values and one whose quote never closes, and reads on behind them', async () => {
    const file = save('table.csv', 'id,text\n1,fine\n2,one,too many\n3,5" screen\n4,"never closed\n5,fine too\n');
    const { found, skipped } = await readAll({ file, pageSize: 1 }, () => true);
    expect(found.map(({ text }) => text)).toEqual(['fine', '5" screen', 'fine too']);
    expect(skipped).toEqual(['line 3: 3 values for 2 columns', 'line 5: a quote opens and never closes']);
  });
});

describe('Discord exports', () => {
  it('give what people wrote with place, link and what it answers; bots, notices and empty messages are left out', async () => {
    const { found, skipped, notices } = await readAll({ file: fixture('chat.json') });
    expect(skipped).toEqual([]);
    expect(notices.at(-1)).toContain('2 mentions, 3 records left out');
    expect(found[0]).toEqual({
      nativeId: '810000000000000101',
      author: { id: '810000000000000201', handle: 'fernhill', name: 'Fern' },
      text: 'Transfer stuck since yesterday, ref in my screenshot',
      saidAt: Date.UTC(2026, 9, 2, 8, 15, 0, 123),
      url: 'https://discord.com/channels/810000000000000001/810000000000000002/810000000000000101',
      permission: BY_PAGE,
      platform: 'discord',
      place: 'OKPay Friends #help-帮助',
      attachments: [{ url: 'https://cdn.example/shot.png', description: 'shot.png' }],
    });
    expect(found[1]).toMatchObject({ parentId: '810000000000000101', editedAt: Date.UTC(2026, 9, 2, 8, 21) });
  });

  it('keep threads together and link direct messages', async () => {
    const message = { id: '5', type: 'Default', content: 'hi', author: { id: '6', name: 'moss' } };
    const thread = {
      guild: { id: '0', name: 'Direct Messages' },
      channel: { id: '9', type: 'GuildPublicThread', name: 'fees' },
    };
    const { found } = await readAll({ file: save('chat.json', JSON.stringify({ ...thread, messages: [message] })) });
    expect(found[0]).toMatchObject({ conversationId: '9', url: 'https://discord.com/channels/@me/9/5' });
  });
});

describe('Reddit dumps', () => {
  it('give posts and comments with their thread, and skip what was deleted or removed', async () => {
    const { found, skipped } = await readAll({ file: fixture('RC_2026-10.ndjson') });
    expect(skipped).toEqual(['line 3: deleted or removed at Reddit']);
    expect(found[0]).toMatchObject({
      nativeId: 't3_aa11',
      text: 'OKPay locked my account & support is silent\nThree days now. Any way to reach a human?',
      url: 'https://www.reddit.com/r/examplewallets/comments/aa11/okpay_locked/',
      conversationId: 't3_aa11',
      place: 'r/examplewallets',
      platform: 'reddit',
    });
    expect(found[1]).toMatchObject({
      nativeId: 't1_bb22',
      parentId: 't3_aa11',
      conversationId: 't3_aa11',
      url: 'https://www.reddit.com/comments/aa11/_/bb22/',
      editedAt: 1_790_930_000_000,
    });
    expect(found[2]?.text).toBe('fees < 1% only in the campaign');
  });
});

describe('mailboxes', () => {
  it('give subject and text, plain or HTML, in any encoding, with their conversation', async () => {
    const { found, skipped } = await readAll({ file: fixture('inbox.mbox') });
    expect(found).toMatchObject([
      {
        nativeId: 'm1@mail.example',
        author: { id: 'marta@mail.example', handle: 'marta@mail.example', name: 'Marta Ellery' },
        text: 'Top-up missing\nHello,\nI paid by card at noon and the balance is still zero.\nFrom the bank I hear that it went through.',
        saidAt: Date.UTC(2026, 9, 2, 8, 15),
        conversationId: 'm1@mail.example',
        platform: 'email',
        permission: NO_LINK,
      },
      {
        nativeId: 'm2@mail.example',
        author: { name: '林小雨' },
        text: '账户被锁\n您好，我的账户被锁了。\n\n请帮忙解除。',
      },
      { nativeId: 'm4@mail.example', parentId: 'm1@mail.example', conversationId: 'm1@mail.example' },
    ]);
    expect(skipped).toEqual(['message 3: written by a machine (Auto-Submitted)']);
  });

  it.each([
    ['List-Id: <news.example>', 'mailing list'],
    ['List-Unsubscribe: <https://news.example>', 'newsletter'],
    ['Precedence: bulk', 'bulk mail'],
    ['X-Autoreply: yes', 'automatic reply'],
    ['Return-Path: <>', 'delivery report'],
  ])('skip %s, which nobody waits for an answer to', async (header, reason) => {
    const file = save(
      'a.mbox',
      `From x Fri Oct  2 08:15:00 2026\nFrom: a@b.example\n${header}\nSubject: Hello\n\nText\n`,
    );
    const { found, skipped } = await readAll({ file });
    expect(found).toEqual([]);
    expect(skipped.join()).toContain(reason);
  });
});

describe('what to keep', () => {
  const lines = ['充值失败', 'ＴＯＰ－ＵＰ failed', 'nice weather'].map((text, day) =>
    JSON.stringify({ id: day, text, date: Date.UTC(2026, 0, day + 1) }),
  );

  it('keywords, whatever their width and case, and a first day', async () => {
    const file = save('a.jsonl', lines.join('\n'));
    const kept = async (options: object) => (await readAll({ file, ...options })).found.map(({ text }) => text);
    expect(await kept({ keywords: ['充值', 'top-up'] })).toEqual(['充值失败', 'ＴＯＰ－ＵＰ failed']);
    expect(await kept({ since: '2026-01-02' })).toEqual(['ＴＯＰ－ＵＰ failed', 'nice weather']);
  });
});
