import { beforeEach, describe, expect, it } from 'vitest';
import type { FoundMention } from '../../src/core/nouns.ts';
import { findPersonal } from '../../src/stages/classify/index.ts';
import { Acquaintances, type Article, startDiscordMembers } from '../../src/surfaces/discord/index.ts';
import { findSecrets, withoutSecrets } from '../../src/surfaces/discord/secrets.ts';
import type { Member, Pressed } from '../platforms/discord-interactions.ts';
import type { Room } from '../platforms/discord-world.ts';
import { quiet } from '../platforms/open-forum.ts';
import { bench, connect, guest, lin, local, STAFF_ROLE, setUpServer, staff } from './support.ts';

setUpServer();
const PRIVATE = 64;
const CARD = '4242 4242 4242 4242';

const ARTICLES: Article[] = [
  { id: 'fees', lang: 'en', title: 'What transfers cost', text: 'It depends on the country.' },
  { id: 'fees', lang: 'zh-Hans', title: '转账要多少手续费', text: '取决于国家。' },
  { id: 'locked', lang: 'en', title: 'Why an account is locked', text: 'After a wrong password, several times.' },
  { id: 'locked', lang: 'zh-Hans', title: '账户为什么被锁定', text: '多次输错密码。' },
];

let help: Room;
let stop: AbortController;
let notice: string | undefined;
let heard: FoundMention[];

beforeEach(async () => {
  help = local.discord.world.addRoom(staff.guild, 'help');
  stop = new AbortController();
  notice = undefined;
  heard = [];
  await start();
  return () => stop.abort();
});

/** Reports go into the real store, as in the running process. */
async function start(ready: Promise<void> = Promise.resolve()): Promise<void> {
  await startDiscordMembers({
    connection: await connect(stop.signal),
    rules: { staffRoleIds: [STAFF_ROLE], guildIds: [staff.guild as string] },
    clock: bench.clock,
    log: quiet,
    articles: () => ARTICLES,
    findPersonal,
    acquaintances: new Acquaintances(),
    notice: () => notice,
    async hear(found) {
      await ready;
      heard.push(found);
      const page = { source: 'discord', connector: 'discord', sample: false, found: [found], at: bench.clock.now() };
      return (await bench.store.savePage(page)).added[0] as string;
    },
  });
}

async function report(who: Member, what: string): Promise<Pressed> {
  const form = await local.command(who, help, 'report');
  expect(form.type).toBe(9);
  return local.submit(who, help, form.data.custom_id, { what });
}

const staffCheck = (who: Member, about: Member, room = help) => {
  const user = { id: about.person.id, username: about.person.username, global_name: null };
  const resolved = { users: { [user.id]: user }, members: { [user.id]: { roles: about.roles, nick: about.nick } } };
  return local.command(who, room, 'staff', [{ name: 'user', type: 6, value: user.id }], resolved);
};

describe('commands for members', () => {
  it('are made known in both Chinese scripts, and again only when they changed', async () => {
    expect(local.commands.map(({ name }) => name)).toEqual(['help', 'report', 'faq', 'status', 'staff']);
    for (const one of local.commands) {
      expect(Object.keys(one.description_localizations)).toEqual(['zh-CN', 'zh-TW']);
      expect(one.description.length).toBeLessThanOrEqual(100);
    }
    const puts = () => local.requests.filter((one) => one.startsWith('PUT')).length;
    expect(puts()).toBe(1);
    await start();
    expect(puts()).toBe(1);
    local.commands = [{ id: '9', name: 'other', description: 'of another program' }];
    await start();
    expect(puts()).toBe(2);
    expect(local.commands.map(({ name }) => name)).toContain('other');
  });

  it.each([
    ['en-US', 'We never ask for your password'],
    ['fr', 'We never ask for your password'],
    ['zh-CN', '我们都不会向您索要密码'],
    ['zh-TW', '我們都不會向您索取密碼'],
  ])('answer in private, in the language of %s, with the one safety sentence', async (locale, safety) => {
    const who = { ...guest, locale };
    for (const name of ['help', 'status']) {
      const { type, data } = await local.command(who, help, name);
      expect([type, data.flags]).toEqual([4, PRIVATE]);
      expect(data.content).toContain(safety);
    }
  });

  it('say what a person announced, else nothing that nobody said', async () => {
    expect((await local.command(guest, help, 'status')).data.content).toContain('No disruption has been announced');
    notice = 'Top-ups by card are slow since 10:00 UTC.';
    expect((await local.command(guest, help, 'status')).data.content).toContain(notice);
  });

  it('slow down whoever floods, and nobody else', async () => {
    const answers = [];
    for (let i = 0; i < 7; i++) answers.push((await local.command(guest, help, 'help')).data.content);
    expect(answers.slice(0, 6).every((text) => text.includes('/report'))).toBe(true);
    expect(answers[6]).toContain('Try again in 30 s');
    expect((await local.command(lin, help, 'help')).data.content).toContain('/report');
    bench.clock.pass(30_000);
    expect((await local.command(guest, help, 'help')).data.content).toContain('/report');
  });

  it('answer 50 members at once', async () => {
    const members = Array.from({ length: 50 }, (_, i) => ({
      ...guest,
      person: local.discord.world.personCalled(`m${i}`),
    }));
    const answers = await Promise.all(members.map((who) => local.command(who, help, 'help')));
    expect(answers.filter(({ data }) => data.content.includes('/report'))).toHaveLength(50);
  });
});

describe('/report', () => {
  it('keeps the words as a mention, and gives a case number that finds it', async () => {
    const { data } = await report(guest, 'My top-up of Monday is missing');
    expect(data.flags).toBe(PRIVATE);
    const number = /\*\*([0-9a-z]{8})\*\*/.exec(data.content)?.[1] as string;
    const found = await bench.store.find(number);
    expect(found?.mention).toMatchObject({
      text: 'My top-up of Monday is missing',
      author: { id: guest.person.id, handle: 'someone' },
      permission: { how: 'api' },
    });
    expect(Math.abs((found?.mention.saidAt ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it.each([
    `My card ${CARD} was charged`,
    'my password is hunter2!',
    '我的密码：abc12345，登不上去',
    'code 482913 does not work, verification code: 482913',
  ])('refuses a secret, keeps nothing of it, and gives the rest back: %s', async (text) => {
    const { data } = await report(guest, text);
    expect(data.flags).toBe(PRIVATE);
    expect(data.content).toContain('was not sent');
    expect(data.content).toContain('•••');
    for (const secret of ['4242', 'hunter2', 'abc12345']) expect(data.content).not.toContain(secret);
    expect(heard).toEqual([]);
  });

  it.each(['my password is wrong', 'I forgot my PIN', '密码是什么都忘了', 'password: reset link never came'])(
    'takes words about secrets that hold none: %s',
    (text) => expect(findSecrets(text, findPersonal)).toEqual([]),
  );

  it('gives nothing back twice where two finders overlap', () => {
    const spans = [
      { start: 2, end: 8 },
      { start: 4, end: 6 },
    ];
    expect(withoutSecrets('ab123456cd', spans)).toBe('ab•••cd');
  });

  it('is taken three times in ten minutes', async () => {
    for (let i = 0; i < 3; i++) expect((await report(guest, `again ${i}`)).data.content).toContain('Case number');
    expect((await report(guest, 'again')).data.content).toContain('Try again in 600 s');
    expect(heard).toHaveLength(3);
  });

  it('gives hostile text nothing to do: kept as it is, shown literally', async () => {
    const text = `@everyone [x](https://evil.example) ${CARD} \u202e\ud800`;
    const { data } = await report(guest, text);
    expect(data.allowed_mentions).toEqual({ parse: [] });
    expect(data.content).toContain('\\@everyone');
    expect(data.content).not.toMatch(/https:|\u202e/);
    expect((await report(guest, '   ')).data.content).toContain('is empty');
  });

  it('is receipted also while the store takes its time; the case number follows', async () => {
    stop.abort();
    stop = new AbortController();
    const receipted = Promise.withResolvers<void>();
    await start(receipted.promise);
    const receipt = await report(guest, 'Slow today');
    expect(receipt).toMatchObject({ type: 5, data: { flags: PRIVATE } });
    receipted.resolve();
    await local.until(() => local.followUps.length > 0);
    expect(local.followUps[0]?.body.content).toContain('Case number');
  });
});

describe('/faq', () => {
  const choices = async (who: Member, typed: string) =>
    (await local.autocomplete(who, help, 'faq', 'question', typed)).data.choices.map(
      ({ name }: { name: string }) => name,
    );

  it('suggests while people type, in their language', async () => {
    expect(await choices(guest, '')).toEqual(['What transfers cost', 'Why an account is locked']);
    expect(await choices(guest, 'my ACCOUNT is locked')).toEqual(['Why an account is locked']);
    expect(await choices({ ...guest, locale: 'zh-CN' }, '手续费')).toEqual(['转账要多少手续费']);
    expect(await choices({ ...guest, locale: 'zh-TW' }, '')).toHaveLength(2);
    expect(await choices(guest, 'zzz')).toEqual([]);
  });

  it('gives the standing answer, or says that there is none', async () => {
    const ask = (value: string) => local.command(guest, help, 'faq', [{ name: 'question', type: 3, value }]);
    expect((await ask('fees')).data.content).toContain('It depends on the country.');
    expect((await ask('why is it locked')).data.content).toContain('After a wrong password');
    expect((await ask('zzz')).data.content).toContain('There is no answer to that yet');
  });
});

describe('/staff', () => {
  it('goes by the role and not by the name', async () => {
    expect((await staffCheck(guest, lin)).data.content).toContain('✅ Lin (\\@lin.w) is staff');
    expect((await staffCheck(lin, guest)).data.content).toContain('❌ Lin (\\@someone) is **not** staff');
  });

  it('says nothing about elsewhere', async () => {
    const abroad = local.discord.world.addRoom(local.discord.world.addGuild('Elsewhere'), 'help');
    expect((await staffCheck(guest, lin, abroad)).data.content).toContain('Ask this on our server');
  });
});
