import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Room } from '../platforms/discord-world.ts';
import { botSays, direct, idOf, type Running, runProcess, saidByBot } from './process.ts';
import { bench, lin, local, STAFF_ROLE, setUpServer, staff } from './support.ts';

setUpServer();
const CARD = '4242 4242 4242 4242';
let help: Room;
let running: Running | undefined;

beforeEach(() => {
  bench.clock.time = Date.now();
  help = local.discord.world.addRoom(staff.guild, 'help');
});
afterEach(() => running?.stop());

const start = async (...how: Parameters<typeof runProcess>) => {
  running = await runProcess(...how);
  return running;
};
const audit = async () => (await bench.store.audit(0, 1_000)).filter(({ action }) => action === 'warned');
/** A message that is dealt with after all that was said before. */
async function settled(): Promise<void> {
  local.discord.say(direct('last.one'), 'last.one', 'Is somebody there?');
  await botSays(direct('last.one'), 1);
}

describe('personal data in public', () => {
  it('is told to its author alone, never repeated, and left where it stands', async () => {
    await start();
    const said = local.discord.say(help, 'ana', `my card ${CARD} was charged twice`);
    const [warning] = await botSays(direct('ana'), 1);
    expect(warning?.content).toContain(`Your message in <#${help.id}> shows something secret`);
    expect(warning?.content).toContain('We never ask for your password');
    // The id of the channel is a number that nobody chose.
    expect(warning?.content.replaceAll(help.id, '')).not.toContain('4242');
    expect(local.discord.world.messages.has(said.id)).toBe(true);
    expect(saidByBot(help)).toEqual([]);
    await bench.until(async () => (await audit()).length > 0);
    const [event] = await audit();
    expect(event).toMatchObject({ subject: idOf(said), detail: { secret: true, removed: false, told: 'direct' } });
    expect(JSON.stringify([event?.actor, event?.action, event?.detail])).not.toContain('4242');
  });

  it('is removed where the workspace and Discord allow it; the words without it are given back', async () => {
    await start({ removeSecrets: true });
    const said = local.discord.say(help, 'ana', `<@${local.discord.world.bot.id}> my password is hunter2! it fails`);
    const [warning] = await botSays(direct('ana'), 1);
    expect(local.discord.world.messages.has(said.id)).toBe(false);
    expect(warning?.content).toContain('It was removed');
    expect(warning?.content).toContain('•••');
    expect(warning?.content).not.toContain('hunter2');
    await settled();
    expect(saidByBot(help), 'what is gone needs no receipt').toEqual([]);
    await bench.until(async () => {
      const found = await bench.store.find(idOf(said));
      return !found || found.mention.state === 'erased';
    });
  });

  it('stays where the bot may not remove it, and the log says what is missing', async () => {
    help.denied.add('manage');
    const { warnings } = await start({ removeSecrets: true });
    const said = local.discord.say(help, 'ana', `card ${CARD}`);
    const [warning] = await botSays(direct('ana'), 1);
    expect(warning?.content).toContain('please delete it now');
    expect(local.discord.world.messages.has(said.id)).toBe(true);
    expect(warnings.join()).toContain('Manage Messages');
  });

  it.each([
    [false, 'take what is private out'],
    [true, 'was removed'],
  ])('is hinted at in public where direct messages are closed (removed: %s)', async (removeSecrets, words) => {
    local.discord.world.closed.add(local.discord.world.personCalled('ana').id);
    await start({ removeSecrets });
    local.discord.say(help, 'ana', `card ${CARD}`);
    const [hint] = await botSays(help, 1);
    expect(hint?.content).toContain(words);
    expect(hint?.content).not.toMatch(/4242|card/);
  });

  it('is said in the language of the message, and a phone number in milder words that remove nothing', async () => {
    await start({ removeSecrets: true });
    const said = local.discord.say(help, 'mei', '请打我电话 13800138000，账户被锁了');
    const [warning] = await botSays(direct('mei'), 1);
    expect(warning?.content).toContain('电话号码');
    expect(local.discord.world.messages.has(said.id)).toBe(true);
  });

  it('is found in an edit, too', async () => {
    await start();
    const said = local.discord.say(help, 'ana', 'my card was charged twice');
    local.discord.edit(said.id, `my card ${CARD} was charged twice`);
    expect((await botSays(direct('ana'), 1))[0]?.content).toContain('secret');
  });

  it('is none in our own address, from the team, in private, or where the workspace does not ask', async () => {
    const { world } = local.discord;
    world.roles.set(lin.person.id, [STAFF_ROLE]);
    const { workspace } = await start();
    local.discord.say(help, 'ana', 'is help@acorn.example really yours?');
    local.discord.say(help, lin.person, `an example: ${CARD}`);
    Object.assign(workspace.discord ?? {}, { warnPersonal: false });
    local.discord.say(help, 'bo', `card ${CARD}`);
    await settled();
    expect(await audit()).toEqual([]);
    expect(world.replies).toHaveLength(1);
  });

  it('is told three times in ten minutes to whoever floods', async () => {
    await start();
    for (let n = 0; n < 8; n++) local.discord.say(help, 'loud', `card ${CARD}, attempt ${n}`);
    await botSays(direct('loud'), 3);
    await settled();
    expect(saidByBot(direct('loud'))).toHaveLength(3);
  });

  it('is looked for in messages to the bot alone where the intent is missing', async () => {
    local.discord.world.contentIntent = false;
    const { warnings } = await start({}, { listening: false });
    expect(warnings).toEqual([]);
    local.discord.say(help, 'ana', `<@${local.discord.world.bot.id}> card ${CARD}`);
    expect((await botSays(direct('ana'), 1))[0]?.content).toContain('secret');
  });
});
