import { describe, expect, it } from 'vitest';
import { TYPE } from '../../platforms/discord-world.ts';
import { asked, collect, guild, help, open, platform, setUpDiscord, store, texts } from './support.ts';

setUpDiscord();

const say = (count: number, room = help, at?: number) => {
  for (let n = 0; n < count; n++) platform.world.say(room, 'lena', `${room.name} ${n}`, at ? { at: at + n } : {});
};
const readsOf = (id: string) => asked(new RegExp(`GET /channels/${id}/messages$`)).length;
const MONTH_MS = 30 * 86_400_000;

describe('pages of a channel', () => {
  it('are read oldest first, each from the largest id of the one before, with no request too many', async () => {
    say(250, help, Date.now() - MONTH_MS);
    expect(await collect()).toMatchObject({ state: 'ok', added: 250, known: 0 });
    expect(new Set(await texts()).size).toBe(250);
    const afters = platform.exchanges.flatMap(({ path, query }) =>
      path.endsWith('/messages') ? (query.after ?? []) : [],
    );
    expect(afters).toHaveLength(3);
    const ids = platform.world.in(help.id).map(({ id }) => id);
    expect(afters.slice(1)).toEqual([ids[99], ids[199]]);
  });

  it('are not asked for where there is nothing newer', async () => {
    say(3);
    await collect();
    expect(readsOf(help.id)).toBe(1);
    await collect();
    expect(readsOf(help.id)).toBe(1);
    say(1);
    expect(await collect()).toMatchObject({ added: 1 });
    expect(readsOf(help.id)).toBe(2);
  });

  it('end where the newest message was deleted, and are not asked for again', async () => {
    say(3);
    const last = platform.world.say(help, 'lena', 'oops');
    platform.world.remove(last.id);
    expect(help.last).toBe(last.id);
    expect(await collect()).toMatchObject({ state: 'ok', added: 3 });
    await collect();
    expect(readsOf(help.id)).toBe(1);
  });

  it('begin as far back as the operator wants to look', async () => {
    platform.world.say(help, 'lena', 'long ago', { at: Date.now() - MONTH_MS });
    platform.world.say(help, 'lena', 'today');
    await collect(open(), Date.now() - 86_400_000);
    expect(await texts()).toEqual(['today']);
  });

  it('hold a message that Discord shows late, although a younger one was read', async () => {
    const at = Date.now() - MONTH_MS;
    platform.world.say(help, 'lena', 'younger', { at });
    await collect();
    platform.world.say(help, 'lena', 'late', { at: at - 2_000 });
    say(1);
    await collect();
    expect(await texts()).toContain('late');
  });
});

describe('threads and forum posts', () => {
  it('are heard: of text and announcement channels, of forums with their titles, and in voice channels', async () => {
    const { world } = platform;
    const forum = world.addRoom(guild, 'questions', TYPE.forum);
    const news = world.addRoom(guild, 'news', TYPE.announcement);
    const voice = world.addRoom(guild, 'talk', TYPE.voice);
    world.say(news, 'tomas', 'in news');
    world.say(voice, 'tomas', 'in voice');
    const post = world.addThread(forum, 'Fees doubled', 'lena', 'why?');
    world.say(post, 'kim', 'me too');
    world.addThread(help, 'a thread', 'kim', 'in a thread');
    await collect();
    expect(await texts()).toEqual(['Fees doubled\nwhy?', 'a thread\nin a thread', 'in news', 'in voice', 'me too']);
    const { rows } = await store.queue({ limit: 10, order: 'newest', search: 'me too' });
    expect(rows[0]?.mention).toMatchObject({ conversationId: post.id, place: '#questions › Fees doubled' });
  });

  it('that were archived since the last run are read, older ones are left alone', async () => {
    const { world } = platform;
    const forum = world.addRoom(guild, 'questions', TYPE.forum);
    const long = Date.now() - MONTH_MS;
    const old = world.addThread(forum, 'old', 'lena', 'first', long);
    old.archivedAt = long + 1_000;
    say(1);
    await collect();
    const post = world.addThread(forum, 'new', 'lena', 'second');
    post.archivedAt = Date.now();
    await collect();
    expect(await texts()).toEqual(['help 0', 'new\nsecond', 'old\nfirst']);
    expect([readsOf(old.id), readsOf(post.id)]).toEqual([1, 1]);
  });

  it('are found on every page of the archive', async () => {
    const forum = platform.world.addRoom(guild, 'questions', TYPE.forum);
    const start = Date.now() - MONTH_MS;
    for (let n = 0; n < 230; n++) {
      const post = platform.world.addThread(forum, `post ${n}`, 'lena', 'text', start + n * 1_000);
      post.archivedAt = start + n * 1_000 + 500;
    }
    expect(await collect()).toMatchObject({ state: 'ok', added: 230 });
    expect(asked(/archived\/public$/)).toHaveLength(3 + 1);
  });
});

describe('what the operator chose', () => {
  it('is one server, one channel, one category, or a forum with its posts', async () => {
    const { world } = platform;
    const other = world.addGuild('Elsewhere');
    world.say(world.addRoom(other, 'lobby'), 'kim', 'other server');
    const category = world.addRoom(guild, 'Support', TYPE.category);
    const inside = world.addRoom(guild, 'inside', TYPE.text, category.id);
    world.say(inside, 'kim', 'in the category');
    const forum = world.addRoom(guild, 'questions', TYPE.forum);
    world.addThread(forum, 'post', 'kim', 'in the forum');
    world.say(help, 'kim', 'in help');
    await collect(open({ options: { servers: [guild], channels: [category.id, forum.id] } }));
    expect(await texts()).toEqual(['in the category', 'post\nin the forum']);
  });

  it('is what people say: neither joins nor pins, nor programs unless they bridge people', async () => {
    const { world } = platform;
    world.say(help, 'kim', '', { type: 7 });
    const robot = { ...world.personCalled('robot'), bot: true };
    world.say(help, robot, 'beep');
    world.say(help, 'kim via bridge', 'over the bridge', { webhook: '777000000000000001' });
    world.say(help, 'kim', 'OKPay 充值失败');
    world.say(help, 'kim', 'lunch?');
    world.say(help, world.bot, 'our own');
    await collect(open({ options: { words: ['okpay'] } }));
    expect(await texts()).toEqual(['OKPay 充值失败']);
    const another = open({ options: { bots: true } });
    const page = await another.pull?.({ since: 0 }, new AbortController().signal);
    expect(page?.found.map(({ text }) => text)).toEqual(['lunch?', 'OKPay 充值失败', 'over the bridge', 'beep']);
  });

  it('is also what has one of the words in its title', async () => {
    const forum = platform.world.addRoom(guild, 'questions', TYPE.forum);
    platform.world.addThread(forum, 'OKPay is down', 'kim', 'anyone else?');
    await collect(open({ options: { words: ['okpay'] } }));
    expect(await texts()).toEqual(['OKPay is down\nanyone else?']);
  });

  it('is only what mentions the bot, without the privileged intent', async () => {
    platform.world.contentIntent = false;
    const { world } = platform;
    world.say(help, 'kim', 'nobody shows us this');
    world.say(help, 'lena', `<@${world.bot.id}> my money is gone`);
    await collect(open({ options: { hear: 'mentions' } }));
    expect(await texts()).toEqual(['@acorn_helper my money is gone']);
  });
});
