import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUpdate } from '../../../connectors/telegram/messages.ts';
import { Options } from '../../../connectors/telegram/settings.ts';
import { BOT, group, personOf, privateChat } from '../../platforms/telegram.ts';
import {
  asked,
  clock,
  collect,
  mentions,
  open,
  platform,
  setUpTelegram,
  signal,
  store,
  texts,
  users,
} from './support.ts';

setUpTelegram();

const HOUR = 3_600_000;
const holes = async () => (await store.coverage('telegram')).filter(({ kind }) => kind === 'hole');

describe('what is heard', () => {
  it('groups, the comments of a channel and private chats, each with its address and thread', async () => {
    const channel = { id: -1_009_876, type: 'channel' as const, title: 'Acorn News', username: 'acorn_news' };
    const closed = group({ id: -1_005_550_001, title: 'VIP' });
    delete closed.username;
    const post = platform.say(users, 'telegram', 'Version 5 is out', {
      is_automatic_forward: true,
      sender_chat: channel,
    });
    platform.say(users, 'lena', '充值失败', { message_thread_id: post.message_id, reply_to_message: post });
    platform.say(closed, 'kim', 'fees doubled');
    platform.say({ id: -77, type: 'group', title: 'small' }, 'kim', 'in a basic group');
    platform.say(privateChat('tomas'), 'tomas', 'between us');
    await collect();
    const of = Object.fromEntries((await mentions()).map((mention) => [mention.text, mention]));
    expect(Object.keys(of)).toHaveLength(4);
    expect(of.充值失败).toMatchObject({
      nativeId: `${users.id}/2`,
      url: 'https://t.me/acorn_users/2',
      conversationId: `${users.id}/1`,
      parentId: `${users.id}/1`,
      place: 'Acorn Wallet 用户群',
      author: { id: String(personOf('lena').id), handle: 'lena' },
      permission: { how: 'api' },
    });
    expect(of['fees doubled']).toMatchObject({ url: 'https://t.me/c/5550001/1' });
    expect(of['in a basic group']).toMatchObject({ conversationId: '-77/1' });
    expect(of['between us']).toMatchObject({ place: 'private chat', conversationId: String(personOf('tomas').id) });
    expect(of['between us']).not.toHaveProperty('url');
  });

  it('a message is one by its chat and number: the same number elsewhere is another', async () => {
    platform.say(users, 'lena', 'first here');
    platform.say(group({ id: -1_002 }), 'kim', 'first there');
    expect(await collect()).toMatchObject({ added: 2 });
  });

  it('an edit changes the mention it belongs to', async () => {
    const said = platform.say(users, 'lena', 'my monney');
    await collect();
    clock.pass(60_000);
    platform.edit(said, 'my money');
    expect(await collect()).toMatchObject({ added: 0, changed: 1 });
    expect(await mentions()).toMatchObject([{ text: 'my money', editedAt: expect.any(Number) }]);
  });

  it('a picture, a voice or a file without words, but no joining, no /start and no other program', async () => {
    const lena = privateChat('lena');
    platform.say(lena, 'lena', '/start ref_1');
    platform.say(lena, 'lena', undefined, { photo: [{ file_id: 'x' }] });
    platform.say(lena, 'lena', undefined, { document: { file_name: 'receipt.pdf' }, caption: 'here' });
    platform.say(users, 'lena', undefined, { new_chat_members: [personOf('kim')] });
    platform.say(users, 'bot', 'buy coins', { from: { ...personOf('bot'), is_bot: true } });
    await collect();
    expect(await texts()).toEqual(['[photo]', 'here\n[receipt.pdf]']);
  });

  it('whoever writes as a group is heard under its name', async () => {
    const from = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };
    platform.say(users, 'owner', 'please help them', { from, sender_chat: users });
    await collect();
    expect(await mentions()).toMatchObject([{ author: { id: String(users.id), name: 'Acorn Wallet 用户群' } }]);
  });

  it('posts of channels only where that is wanted, to be answered by hand', async () => {
    const channel = { id: -1_009_876, type: 'channel' as const, title: 'Reviews', username: 'reviews' };
    await collect(open({ options: { channelPosts: true } }));
    platform.say(channel, 'x', 'OKPay is slow');
    await collect(open({ options: { channelPosts: true } }));
    expect(await mentions()).toMatchObject([{ author: { id: '-1009876' }, permission: { how: 'by-hand' } }]);
    await collect();
    platform.say(channel, 'x', 'not asked for');
    await collect();
    expect(await texts()).toEqual(['OKPay is slow']);
  });

  it.each([
    ['chats by name', { chats: ['@Acorn_Users'] }, ['plain', 'OKPay 慢', `@${BOT.username} hi`, 'private']],
    ['chats by id', { chats: ['-1002'] }, ['elsewhere OKPay', 'private']],
    ['words', { words: ['okpay'] }, ['OKPay 慢', `@${BOT.username} hi`, 'elsewhere OKPay', 'private']],
    ['only what is addressed to the bot', { hear: 'mentions' }, [`@${BOT.username} hi`, 'private']],
    ['no private chats', { privateChats: false, words: ['慢'] }, ['OKPay 慢', `@${BOT.username} hi`]],
  ])('can be narrowed to %s', async (_, options, expected) => {
    platform.say(users, 'a', 'plain');
    platform.say(users, 'b', 'OKPay 慢');
    platform.say(users, 'c', `@${BOT.username} hi`);
    platform.say(group({ id: -1_002, username: 'others' }), 'd', 'elsewhere OKPay');
    platform.say(privateChat('e'), 'e', 'private');
    await collect(open({ options }));
    expect((await texts()).sort()).toEqual([...expected].sort());
  });

  it('an update nobody could read is skipped with its reason, and does not come again', async () => {
    platform.say(users, 'lena', 'fine');
    platform.say(users, 'lena', 'broken', { date: 'yesterday' });
    platform.say(users, 'lena', 'fine, too');
    expect(await collect()).toMatchObject({ state: 'ok', added: 2, skipped: 1 });
    expect(platform.pending).toBe(0);
  });

  it('whatever an update holds, reading it ends in a mention with a text, a reason or nothing', () => {
    const me = { id: '1', username: 'acorn_help_bot', can_join_groups: true, can_read_all_group_messages: true };
    const options = Options.parse({});
    const field = fc.oneof(fc.anything(), fc.string(), fc.integer());
    const chat = fc.record({
      id: fc.integer(),
      type: fc.constantFrom('private', 'group', 'supergroup', 'x'),
      title: field,
    });
    const message = fc.record(
      {
        message_id: fc.nat(),
        date: fc.nat(),
        chat,
        from: field,
        text: field,
        caption: field,
        sticker: field,
        reply_to_message: field,
      },
      { requiredKeys: ['message_id', 'date', 'chat'] },
    );
    fc.assert(
      fc.property(fc.oneof(message, fc.anything()), (raw) => {
        const read = readUpdate({ update_id: 1, message: raw }, me, options);
        if (read !== 'not for us' && 'found' in read) expect(read.found.text).toMatch(/\S/);
      }),
    );
  });
});

describe('persist first, then acknowledge', () => {
  it('Telegram forgets nothing that is not stored', async () => {
    for (let n = 0; n < 5; n++) platform.say(users, 'lena', `post ${n}`);
    const full = { ...store, savePage: () => Promise.reject(new Error('the disk is full')) };
    expect(await collect(open(), { store: full })).toMatchObject({ state: 'unavailable', added: 0 });
    expect(platform.pending).toBe(5);
    clock.pass(HOUR);
    expect(await collect()).toMatchObject({ state: 'ok', added: 5 });
    expect(platform.pending).toBe(0);
  });

  it('an answer that was lost on its way comes again, and is kept once', async () => {
    platform.say(users, 'lena', 'help');
    platform.onNext('getUpdates', { as: 'half-body' });
    expect((await collect()).state).not.toBe('ok');
    clock.pass(HOUR);
    await collect();
    await collect();
    expect(await texts()).toEqual(['help']);
  });

  it('the kinds of updates are named each time, and the backlog is never thrown away', async () => {
    platform.say(users, 'lena', 'help');
    await collect();
    for (const { payload } of asked('getUpdates')) {
      expect(payload.allowed_updates).toEqual(['message', 'edited_message']);
      expect(payload.offset ?? 1).toBeGreaterThan(0);
    }
    expect(new Set(platform.requests.map(({ method }) => method))).toEqual(new Set(['getMe', 'getUpdates']));
  });

  it('a hundred at a time, to the last', async () => {
    for (let n = 0; n < 250; n++) platform.say(users, 'lena', `post ${n}`);
    expect(await collect()).toMatchObject({ added: 250, pages: 4 });
  });

  it('after a quiet week numbers may begin anew, and lower: nothing is lost by that', async () => {
    platform.say(users, 'lena', 'before');
    await collect();
    for (let day = 0; day < 7; day++) {
      clock.pass(24 * HOUR - 1);
      await collect();
    }
    platform.nextUpdate = 1_200;
    platform.say(users, 'kim', 'after');
    expect(await collect()).toMatchObject({ added: 1 });
    platform.say(users, 'kim', 'and on');
    expect(await collect()).toMatchObject({ added: 1 });
    expect(await holes()).toEqual([]);
  });

  it('what Telegram dropped after a day is a hole, not "no news"', async () => {
    await collect();
    const from = clock.now();
    platform.say(users, 'lena', 'nobody came');
    clock.pass(30 * HOUR);
    expect(await collect()).toMatchObject({ state: 'ok', added: 0 });
    expect(await holes()).toMatchObject([{ from, to: from + 6 * HOUR, cause: expect.stringMatching(/24 hours/) }]);
  });
});

describe('states with a name', () => {
  it('privacy mode is said on the source, in the check and by the doctor, and hears what is for the bot', async () => {
    platform.readsAll = false;
    platform.say(users, 'lena', 'not shown');
    platform.say(users, 'lena', `@${BOT.username} shown`);
    const result = await collect();
    expect(result).toMatchObject({
      state: 'ok',
      added: 1,
      message: expect.stringMatching(/Privacy mode is on.*\/setprivacy/),
    });
    expect((await open().check(signal())).note).toMatch(/Privacy mode/);
    expect(await open().examine?.(signal())).toContainEqual(
      expect.objectContaining({ what: 'privacy mode', ok: false }),
    );
    expect((await open({ options: { hear: 'mentions' } }).check(signal())).note).toBeUndefined();
  });

  it('privacy mode that was switched off is noticed within the hour', async () => {
    platform.readsAll = false;
    const source = open();
    expect((await collect(source)).message).toMatch(/Privacy/);
    platform.readsAll = true;
    clock.pass(HOUR + 1);
    expect((await collect(source)).message).toBe('');
  });

  it('a webhook of somebody else stops the source, and is left alone', async () => {
    platform.webhook = 'https://other.example/hook';
    expect(await collect()).toMatchObject({
      state: 'paused',
      message: expect.stringMatching(/webhook.*deleteWebhook/),
    });
    expect(await open().examine?.(signal())).toContainEqual(expect.objectContaining({ what: 'webhook', ok: false }));
    expect(platform.webhook).not.toBe('');
  });

  it('another program with the same bot is named', async () => {
    const description =
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';
    platform.onNext('getUpdates', { as: 'refused', code: 409, description });
    expect(await collect()).toMatchObject({ state: 'unavailable', message: expect.stringMatching(/another program/) });
  });

  it.each(['710000001:wrong', 'nonsense'])('a wrong token (%s) waits for a person', async (token) => {
    expect(await collect(open({ token }))).toMatchObject({
      state: 'unauthorized',
      message: expect.not.stringContaining(token),
    });
  });

  it('waits as long as Telegram says, and no shorter', async () => {
    platform.onNext('getUpdates', {
      as: 'refused',
      code: 429,
      description: 'Too Many Requests: retry after 42',
      parameters: { retry_after: 42 },
    });
    expect(await collect()).toMatchObject({ state: 'rate-limited', until: clock.now() + 42_000 });
    expect(await collect()).toMatchObject({ rested: true });
    clock.pass(42_000);
    expect(await collect()).toMatchObject({ state: 'ok' });
  });
});
