import * as z from 'zod';
import type { Pressed } from '../discord-interactions.ts';
import { TYPE } from '../discord-world.ts';
import type { LocalWorld } from './local-world.ts';

const Name = z
  .string()
  .trim()
  .regex(/^\w{2,20}$/, 'A handle is 2 to 20 letters, digits or _.');
const Text = z.string().trim().min(1, 'Say something.').max(4000);

const Visitor = { who: Name, room: z.string(), locale: z.string() };

/** What a visitor of the page does. */
export const Act = z.discriminatedUnion('do', [
  z.object({ do: z.literal('x'), who: Name, text: Text, under: z.string().optional() }),
  z.object({
    do: z.literal('reddit'),
    who: Name,
    text: Text,
    title: z.string().optional(),
    under: z.string().optional(),
  }),
  z.object({ do: z.literal('mail'), who: Name, text: Text, under: z.string().optional() }),
  z.object({ do: z.literal('discord'), who: Name, text: Text, room: z.string(), under: z.string().optional() }),
  z.object({
    do: z.literal('press'),
    ...Visitor,
    message: z.string().optional(),
    id: z.string(),
    values: z.array(z.string()).optional(),
  }),
  z.object({
    do: z.literal('submit'),
    ...Visitor,
    message: z.string().optional(),
    id: z.string(),
    fields: z.record(z.string(), z.string()),
  }),
  z.object({ do: z.literal('command'), ...Visitor, name: z.string(), text: z.string().optional() }),
]);
export type Act = z.output<typeof Act>;

/** As long as Discord waits, and as long as a visitor does for what follows. */
const ANSWER_MS = 3_200;
const FOLLOW_MS = 4_000;

/** Does it, and gives what the platform shows to whoever did it: a private answer or a form, for Discord. */
export async function act(world: LocalWorld, what: Act): Promise<unknown> {
  const { x, reddit, discord, mail } = world;
  switch (what.do) {
    case 'x':
      x.say(what.who.slice(0, 15), what.text, what.under ? { repliesTo: what.under } : {});
      return {};
    case 'reddit': {
      const under = reddit.things.find(({ name }) => name === what.under);
      const mentionsUs = what.text.toLowerCase().includes(`u/${reddit.us.name.toLowerCase()}`);
      if (under) reddit.comment(what.who, under, what.text, { mentionsUs });
      else reddit.post(what.who, world.product, what.title || what.text.slice(0, 80), what.text);
      return {};
    }
    case 'mail': {
      const subject = what.text.slice(0, 60);
      const head = what.under ? [`In-Reply-To: <${what.under}>`] : [];
      mail.write({ from: `${what.who} <${what.who}@users.example>`, subject, text: what.text, head });
      return {};
    }
    case 'discord': {
      const room = roomOf(world, what.room);
      const text = what.text.replaceAll(`@${discord.world.bot.username}`, `<@${discord.world.bot.id}>`);
      if (room.type === TYPE.forum) discord.openThread(room, what.text.slice(0, 60), what.who, text);
      else discord.say(room, what.who, text, what.under ? { answers: { channel: room.id, message: what.under } } : {});
      return {};
    }
    default:
      return answered(world, pressed(world, what));
  }
}

function pressed(world: LocalWorld, what: Extract<Act, { locale: string }>): Promise<Pressed> {
  const { discord, interactions, staff, lin } = world;
  const room = roomOf(world, what.room);
  // In the staff channel, whoever sits at the page is on the staff.
  const who = room === staff ? lin : { person: discord.world.personCalled(what.who), roles: [], locale: what.locale };
  if (what.do === 'command')
    return interactions.command(who, room, what.name, ...optionsOf(world, what.name, what.text));
  const card = interactions.messages.get(what.message ?? '');
  if (what.do === 'submit') return interactions.submit(who, room, what.id, what.fields, card);
  const said = discord.world.messages.get(what.message ?? '');
  return said ? interactions.pressUnder(who, said, what.id) : interactions.press(who, room, what.id, card, what.values);
}

function optionsOf({ discord, lin, staffRole }: LocalWorld, name: string, text = ''): [object[], object?] {
  if (name === 'faq') return [[{ name: 'question', type: 3, value: text }]];
  if (name !== 'staff') return [[]];
  const who = text.replace(/^@/, '') || lin.person.username;
  const person = discord.world.personCalled(who);
  const roles = person === lin.person ? [staffRole] : [];
  const members = { [person.id]: { roles, nick: null, joined_at: '2026-01-01T00:00:00Z', flags: 0 } };
  return [[{ name: 'user', type: 6, value: person.id }], { users: { [person.id]: person }, members }];
}

function roomOf({ discord }: LocalWorld, id: string) {
  const room = discord.world.rooms.get(id);
  if (!room) throw new Error('There is no such channel any more.');
  return room;
}

async function answered(world: LocalWorld, pressed: Promise<Pressed>): Promise<unknown> {
  const answer = await Promise.race([pressed, pause(ANSWER_MS)]);
  if (!answer)
    return { data: { content: 'The application did not respond. Is Earshot running, with its Discord set up?' } };
  const followUp = () => world.interactions.followUps.find(({ token }) => token === answer.token)?.body;
  if (answer.type !== 5 && answer.type !== 6) return { type: answer.type, data: answer.data };
  await Promise.race([world.interactions.until(() => followUp() !== undefined), pause(FOLLOW_MS)]);
  return { type: 4, data: followUp() ?? {} };
}

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined).unref());
}
