import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MentionId } from '../../src/core/nouns.ts';
import type { Member } from '../platforms/discord-interactions.ts';
import type { Room, Said } from '../platforms/discord-world.ts';
import { answer, botSays, direct, draft, idOf, type Running, runProcess } from './process.ts';
import { bench, buttonsOf, cardOf, lin, local, setUpServer, staff, textOf } from './support.ts';

setUpServer();
const PRIVATE = 64;
let help: Room;
let ana: Member;
let running: Running;

beforeEach(async () => {
  bench.clock.time = Date.now();
  help = local.discord.world.addRoom(staff.guild, 'help');
  ana = { person: local.discord.world.personCalled('ana'), roles: [] };
  running = await runProcess();
});
afterEach(() => running.stop());

const ask = (room = help, text = 'where is my top-up?') =>
  local.discord.say(room, 'ana', room.guild ? `<@${local.discord.world.bot.id}> ${text}` : text);

interface Shown {
  label: string;
  custom_id: string;
  disabled?: boolean;
}
const buttonsUnder = (said: Said): Shown[] =>
  ((said.components ?? []) as { components: Shown[] }[]).flatMap(({ components }) => components);
/** The answer with its question, once it hangs there. */
async function answered(id: MentionId, text?: string): Promise<Said> {
  const said = await answer(id, text);
  await local.until(() => buttonsUnder(said).length === 2);
  return said;
}
/** The same for a mention that the staff channel saw. */
async function answeredFromCard(id: MentionId): Promise<Said> {
  await draft(id);
  await local.until(() => local.in(staff).some(({ embeds }) => embeds[0].footer?.text === id));
  const said = await answered(id);
  await local.until(() => textOf(cardOf(id)).includes('Posted'));
  return said;
}
const say = (who: Member, said: Said, which: 0 | 1) =>
  local.pressUnder(who, said, buttonsUnder(said)[which]?.custom_id ?? '');
const history = async (id: MentionId) => (await bench.caseOf(id)).history.map(({ action }) => action);
const numbers = async () => {
  const rows = await bench.store.report(0, bench.clock.now() + 1);
  return { solved: rows.reduce((n, row) => n + row.solved, 0), unsolved: rows.reduce((n, row) => n + row.unsolved, 0) };
};

describe('an approved answer', () => {
  it('is an answer to the message, in the channel and in a direct conversation', async () => {
    const inPublic = ask();
    const inPrivate = ask(direct('ana'), 'and my fees?');
    for (const asked of [inPublic, inPrivate]) {
      const said = await answered(idOf(asked));
      expect(said.channel).toBe(asked.channel);
      expect(said.answers?.message).toBe(asked.id);
      expect(said.content).toContain('We are sorry about this');
    }
  });

  it('is asked about below, in its own language, without another message', async () => {
    const asked = ask();
    await botSays(help, 1);
    const said = await answered(idOf(asked));
    expect(buttonsUnder(said).map(({ label }) => label)).toEqual(['This solved it', 'Not solved']);
    expect(local.discord.world.in(help.id)).toHaveLength(3);
  });
});

describe('"did this solve it?"', () => {
  it('takes a yes: in the history, in the numbers, under the answer', async () => {
    const id = idOf(ask());
    const said = await answeredFromCard(id);
    const { type, token } = await say(ana, said, 0);
    expect(type).toBe(7);
    await local.until(() => local.followUps.some((one) => one.token === token));
    expect(local.followUps.at(-1)?.body).toMatchObject({
      flags: PRIVATE,
      content: expect.stringContaining('Thank you'),
    });
    expect(buttonsUnder(said).map(({ label, disabled }) => [label, disabled])).toEqual([
      ['✓ This solved it', true],
      ['Not solved', false],
    ]);
    expect(said.content, 'the words stay').toContain('We are sorry about this');
    expect((await history(id)).at(-1)).toBe('solved');
    expect(await numbers()).toEqual({ solved: 1, unsolved: 0 });
    await local.until(() => textOf(cardOf(id)).includes('says that it is solved'));
  });

  it('takes a no: the mention waits for people again, and the staff channel is told', async () => {
    const id = idOf(ask());
    const said = await answeredFromCard(id);
    await say(ana, said, 1);
    const { mention } = await bench.caseOf(id);
    expect(mention).toMatchObject({ state: 'assessed', trouble: expect.stringContaining('did not solve it') });
    expect((await bench.store.counts(bench.clock.now())).byState).toMatchObject({ assessed: 1 });
    expect(await numbers()).toEqual({ solved: 0, unsolved: 1 });

    const [told] = await botSays(staff, 1);
    expect(told?.content).toContain('says that it is not solved');
    expect(told?.content).not.toContain('top-up');
    await local.until(() => textOf(cardOf(id)).includes('not solved'));
    expect(Object.keys(buttonsOf(cardOf(id)))).toEqual(['Edit', 'Dismiss', 'Escalate']);
  });

  it('leads to a second answer, which is asked about as well', async () => {
    const asked = ask();
    const id = idOf(asked);
    await say(ana, await answered(id), 1);
    const { version } = (await bench.caseOf(id)).mention;
    await expect(
      bench.review.approve({ mentionId: id, version, revision: 1, by: 'Lin' }),
      'the same words are not said twice',
    ).rejects.toThrow(/posted already/);

    const second = await answered(id, 'Please send us the time of the top-up.');
    expect(second.answers?.message).toBe(asked.id);
    await say(ana, second, 0);
    expect(await numbers()).toEqual({ solved: 1, unsolved: 0 });
    expect((await bench.caseOf(id)).mention.state).toBe('posted');
  });

  it('goes by the last word, and counts it once', async () => {
    const id = idOf(ask());
    const said = await answered(id);
    const no = buttonsUnder(said)[1]?.custom_id ?? '';
    await Promise.all([local.pressUnder(ana, said, no), local.pressUnder(ana, said, no)]);
    expect((await history(id)).filter((action) => action === 'not-solved')).toHaveLength(1);
    await say(ana, said, 0);
    expect(await numbers()).toEqual({ solved: 1, unsolved: 0 });
    expect((await bench.caseOf(id)).mention.state, 'nobody had begun').toBe('posted');
  });

  it('is for the author alone, staff included, in the language of whoever presses', async () => {
    const id = idOf(ask());
    const said = await answered(id);
    for (const who of [lin, { ...lin, person: local.discord.world.personCalled('bo'), roles: [], locale: 'zh-CN' }]) {
      const { type, data } = await say(who, said, 1);
      expect([type, data.flags]).toEqual([4, PRIVATE]);
    }
    expect((await say({ ...lin, locale: 'zh-TW' }, said, 1)).data.content).toContain('只有提問的人');
    expect(await numbers()).toEqual({ solved: 0, unsolved: 0 });
  });

  it('works after a restart; an answer that went out meanwhile is asked about then', async () => {
    const id = idOf(ask());
    const old = await answered(id);
    await running.stop();
    const other = local.discord.say(help, 'bo', `<@${local.discord.world.bot.id}> and mine?`);
    running = await runProcess();
    await say(ana, old, 0);
    expect((await history(id)).at(-1)).toBe('solved');
    await answered(idOf(other));
    const asked = (await history(id)).filter((action) => action === 'asked-solved');
    expect(asked).toHaveLength(1);
  });

  it('is polite when the case is gone, and slows down whoever presses without end', async () => {
    const asked = ask();
    const said = await answered(idOf(asked));
    const [yes, no] = buttonsUnder(said).map(({ custom_id }) => custom_id) as [string, string];
    for (let n = 0; n < 6; n++) await local.pressUnder(ana, said, n % 2 ? no : yes);
    expect((await local.pressUnder(ana, said, yes)).data.content).toContain('Try again in');
    local.discord.remove(asked.id);
    await bench.until(async () => (await bench.store.find(idOf(asked)))?.mention.state === 'erased');
    expect((await local.pressUnder(ana, said, no)).data.content).toContain('not with us any more');
    expect((await local.pressUnder(ana, said, 'ea1:no:0000000000000000')).data.content).toContain('not with us');
  });
});

describe('an answer that a person removed', () => {
  it('is not asked about, and holds up no other', async () => {
    const { world } = local.discord;
    local.discord.onNext('PATCH', /messages/, { answer: 'code', status: 404, code: 10008 });
    const first = await answer(idOf(ask()));
    await bench.until(async () =>
      (await history(idOf(world.messages.get(first.answers?.message ?? '') as Said))).includes('asked-solved'),
    );
    expect(buttonsUnder(first)).toEqual([]);
    const second = await answered(idOf(ask(help, 'and the fees?')));
    expect(buttonsUnder(second)).toHaveLength(2);
  });
});
