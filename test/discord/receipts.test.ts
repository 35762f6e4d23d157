import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Acquaintances } from '../../src/surfaces/discord/acquaintances.ts';
import { receiptText } from '../../src/surfaces/discord/receipts.ts';
import { wrongInMessage } from '../platforms/discord-forms.ts';
import type { Room } from '../platforms/discord-world.ts';
import { botSays, direct, idOf, type Running, runProcess, saidByBot } from './process.ts';
import { bench, lin, local, STAFF_ROLE, setUpServer, staff } from './support.ts';

setUpServer();
const SILENT = 4096;
let help: Room;
let running: Running | undefined;
const ping = (text: string) => `<@${local.discord.world.bot.id}> ${text}`;

beforeEach(() => {
  bench.clock.time = Date.now();
  help = local.discord.world.addRoom(staff.guild, 'help');
});
afterEach(() => running?.stop());

const start = async (...how: Parameters<typeof runProcess>) => {
  running = await runProcess(...how);
  return running;
};
const stored = async () =>
  (await bench.store.queue({ order: 'newest', limit: 100 })).rows.map(({ mention }) => mention);
/** Resolves when all that was said before is dealt with: a member who was never met is receipted after it. */
async function afterTheOthers(name = 'last.one'): Promise<void> {
  const room = direct(name);
  local.discord.say(room, name, 'Is somebody there?');
  await botSays(room, 1);
}

describe('a receipt', () => {
  it('answers a ping in public: one quiet line with the case number and the safety sentence', async () => {
    await start();
    const asked = local.discord.say(help, 'someone', ping('my top-up is missing'));
    const [receipt] = await botSays(help, 1);
    expect(receipt?.answers?.message).toBe(asked.id);
    expect(receipt?.content).toContain(`**${idOf(asked).slice(0, 8)}**`);
    expect(receipt?.content).toContain('We never ask for your password');
    expect(receipt?.content.split('\n')).toHaveLength(2);
    expect(receipt?.flags).toBe(SILENT);

    const [mention, ...others] = await stored();
    expect(others).toEqual([]);
    expect(mention).toMatchObject({ id: idOf(asked), source: 'our-server', place: '#help' });
    expect((await bench.store.find(idOf(asked).slice(0, 8)))?.mention.text).toContain('my top-up is missing');
  });

  it('answers a reply to the bot, also one that does not ring, and a direct message in that conversation', async () => {
    await start();
    const ours = local.discord.world.say(help, local.discord.world.bot, 'Please update the app.');
    const answers = { channel: help.id, message: ours.id };
    const loud = local.discord.say(help, 'ana', 'Did not help', { answers });
    await local.until(() => saidByBot(help).some((said) => said.answers?.message === loud.id));
    const quietly = local.discord.say(help, 'bo', 'Nor for me', { answers, quietAnswer: true });
    await local.until(() => saidByBot(help).some((said) => said.answers?.message === quietly.id));

    const asked = local.discord.say(direct('cy'), 'cy', 'I cannot log in');
    const [receipt] = await botSays(direct('cy'), 1);
    expect(receipt?.answers?.message).toBe(asked.id);
    expect(receipt?.flags).toBeUndefined();
    expect(await stored()).toHaveLength(3);
  });

  it.each([
    ['en', 'Where is my money?', 'Received, our team looks at it'],
    ['Simplified', '我的充值还没有到账，怎么办', '已收到，我们的团队会查看'],
    ['Traditional', '我的儲值還沒有到帳，怎麼辦', '已收到，我們的團隊會查看'],
    ['no language', '???', '已收到，我们的团队会查看'],
  ])('speaks the language of the message: %s', async (_, text, words) => {
    await start({ language: 'zh-Hans' });
    local.discord.say(help, 'someone', ping(text));
    const [receipt] = await botSays(help, 1);
    expect(receipt?.content).toContain(words);
  });

  it('speaks the language of the member’s Discord where the words do not tell', async () => {
    await start();
    const who = { person: local.discord.world.personCalled('mei'), roles: [], locale: 'zh-TW' };
    await local.command(who, help, 'help');
    local.discord.say(help, 'mei', ping('???'));
    const [receipt] = await botSays(help, 1);
    expect(receipt?.content).toContain('已收到，我們的團隊會查看');
  });

  it('is not given to the team, to programs, to colleagues’ accounts, or for what others say to each other', async () => {
    const { world } = local.discord;
    await start();
    world.roles.set(lin.person.id, [STAFF_ROLE]);
    local.discord.say(help, lin.person, ping('look at this'));
    local.discord.say(direct(lin.person.username), lin.person, 'a test');
    local.discord.say(help, { ...world.personCalled('other_bot'), bot: true }, ping('beep'));
    local.discord.say(help, 'a_hook', ping('deployed'), { webhook: '12345678' });
    local.discord.say(help, 'acorn_colleague', ping('we are on it'));
    local.discord.say(help, 'ana', 'Does anybody know what transfers cost?');
    local.discord.say(world.addRoom(world.addGuild('Elsewhere'), 'lobby'), 'ana', ping('hello'));
    await afterTheOthers();
    expect(world.replies).toHaveLength(1);
  });

  it('comes once, when the gateway tells the message again, and when the answer to it was lost', async () => {
    await start();
    local.unanswered.push({ method: 'POST', path: new RegExp(`${help.id}/messages$`), stored: true });
    const asked = local.discord.say(help, 'ana', ping('hello?'));
    await botSays(help, 1);
    local.discord.edit(asked.id, ping('hello??'));
    local.discord.tellAgain(asked.id);
    await afterTheOthers();
    expect(saidByBot(help)).toHaveLength(1);
  });

  it('comes once over a restart', async () => {
    const first = await start();
    const asked = local.discord.say(help, 'ana', ping('hello?'));
    await botSays(help, 1);
    await bench.until(async () =>
      ((await bench.store.find(idOf(asked)))?.history ?? []).some(({ action }) => action === 'receipted'),
    );
    await first.stop();
    await start();
    local.discord.nonceMs = 0;
    local.discord.tellAgain(asked.id);
    await afterTheOthers();
    expect(saidByBot(help)).toHaveLength(1);
  });

  it('is also given when the source hears other places, or is paused: the message is kept all the same', async () => {
    await start({}, { listening: false });
    const asked = local.discord.say(help, 'ana', ping('is it down?'));
    await botSays(help, 1);
    expect(await stored()).toMatchObject([
      { id: idOf(asked), source: 'our-server', text: expect.stringMatching(/is it down\?$/) },
    ]);
  });

  it('can be switched off while it runs', async () => {
    const { workspace } = await start();
    Object.assign(workspace.discord ?? {}, { receipts: false });
    const asked = local.discord.say(help, 'ana', ping('hello?'));
    await bench.until(async () => (await bench.store.find(idOf(asked))) !== undefined);
    // The source has stored it; the surface, which hears for itself, has looked at it before it warns somebody else.
    local.discord.say(help, 'bo', 'my card 4242 4242 4242 4242');
    await botSays(direct('bo'), 1);
    Object.assign(workspace.discord ?? {}, { receipts: true });
    await afterTheOthers();
    expect(saidByBot(help)).toEqual([]);
  });

  it('is not given twice and thrice and more to whoever floods; what they say is heard all the same', async () => {
    await start();
    for (let n = 0; n < 30; n++) local.discord.say(help, 'loud', ping(`again ${n}`));
    await bench.until(async () => (await stored()).length === 30);
    await afterTheOthers();
    const numbers = saidByBot(help).flatMap(({ content }) => content.match(/\*\*[0-9a-z]{8}\*\*/g) ?? []);
    expect(numbers).toHaveLength(3);
  });
});

describe('fifty members who ping at once', () => {
  it('are all receipted, in few messages, within what Discord lets a bot say in a channel', async () => {
    local.discord.bucket = { count: 5, perMs: 5_000 };
    await start();
    const asked = Array.from({ length: 50 }, (_, n) => local.discord.say(help, `m${n}`, ping('is it down?')));
    const text = () =>
      saidByBot(help)
        .map(({ content }) => content)
        .join('\n');
    await local.until(() => asked.every((said) => text().includes(idOf(said).slice(0, 8))));
    expect(saidByBot(help).length).toBeLessThanOrEqual(5);
    expect(text().match(/\*\*[0-9a-z]{8}\*\*/g)).toHaveLength(50);
  });

  it('make a text that Discord takes and that rings nobody, whatever their languages', () => {
    const item = fc.record({
      channel: fc.constant('1'),
      message: fc.bigInt({ min: 10n ** 17n, max: 10n ** 19n }).map(String),
      author: fc.bigInt({ min: 10n ** 17n, max: 10n ** 19n }).map(String),
      lang: fc.constantFrom('en' as const, 'zh-Hans' as const, 'zh-Hant' as const),
      caseNumber: fc.stringMatching(/^[0-9a-z]{8}$/),
      direct: fc.constant(false),
    });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 30 }), (items) => {
        const content = receiptText(items);
        for (const { caseNumber } of items) expect(content).toContain(`**${caseNumber}**`);
        expect(wrongInMessage({ content, allowed_mentions: { parse: [], replied_user: false } })).toBeUndefined();
      }),
    );
  });

  it('are not remembered for ever', () => {
    const known = new Acquaintances();
    for (let n = 0; n < 10_001; n++) known.met(String(n), { staff: true });
    expect([known.isStaff('0'), known.isStaff('1'), known.isStaff('10000')]).toEqual([false, true, true]);
  });
});
