import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  InteractionResponseType as Kind,
  TextInputStyle,
} from 'discord.js';
import type { FindPersonal } from '../../core/cover.ts';
import type { FoundMention, MentionId } from '../../core/nouns.ts';
import type { Clock } from '../../core/ports.ts';
import type { Acquaintances } from './acquaintances.ts';
import { type Answer, answerInTime, privately } from './answer.ts';
import { registerCommands } from './commands.ts';
import { type Connection, sentenceOf } from './connection.ts';
import { Cooldown } from './cooldown.ts';
import { fieldsOf } from './decide.ts';
import { cut, literally } from './escape.ts';
import { type Article, articlesIn, searchArticles } from './faq.ts';
import { MEMBER_WORDS, type MemberWords } from './member-words.ts';
import { hasStaffRole, nameOf, type Person, personOf } from './person.ts';
import { findSecrets, withoutSecrets } from './secrets.ts';
import type { Log, StaffRules } from './types.ts';

export interface DiscordMemberParts {
  connection: Connection;
  rules: StaffRules;
  clock: Clock;
  log: Log;
  /** Keeps a report as a mention. Its id is the case number. */
  hear(found: FoundMention): Promise<MentionId>;
  findPersonal: FindPersonal;
  /** Remembers who speaks which language, and who is staff. */
  acquaintances: Acquaintances;
  /** Standing answers that a person approved, as many as there are languages of each. */
  articles(): readonly Article[];
  /** What a person has announced for now, or nothing. */
  notice(lang: Person['lang']): string | undefined;
  /** Each member's commands. Default: 6 in 30 s. */
  cooldown?: { count: number; perMs: number };
  /** Each member's reports. Default: 3 in 10 min. */
  reportCooldown?: { count: number; perMs: number };
}

const REPORT_FORM = 'em1:report';
const FIELD = 'what';
const REPORT_MAX = 1_500;
const CASE_DIGITS = 8;
const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** Answers members' commands: in private, in their language, within 3 s. */
export async function startDiscordMembers(parts: DiscordMemberParts): Promise<void> {
  const { connection, rules, clock, log } = parts;
  const desk: Desk = {
    ...parts,
    commands: new Cooldown(parts.cooldown ?? { count: 6, perMs: 30_000 }, clock),
    reports: new Cooldown(parts.reportCooldown ?? { count: 3, perMs: 600_000 }, clock),
  };
  connection.onInteraction(async (interaction) => {
    const work = answerTo(interaction, desk);
    if (!work) return;
    const { id, lang, isStaff } = personOf(interaction, rules);
    desk.acquaintances.met(id, { lang, ...(interaction.guild_id && { staff: isStaff }) });
    const safe = work.catch((thrown) => {
      log.warn('discord: a command failed', { error: sentenceOf(thrown) });
      return privately(MEMBER_WORDS[lang].failed);
    });
    await answerInTime(connection, interaction, 'private', safe);
  });
  await registerCommands(connection, rules.guildIds);
  log.info('discord: commands for members');
}

interface Desk extends DiscordMemberParts {
  commands: Cooldown;
  reports: Cooldown;
}

/** Undefined for what is not for members. */
function answerTo(interaction: APIInteraction, desk: Desk): Promise<Answer> | undefined {
  if (interaction.type === InteractionType.ApplicationCommandAutocomplete) return suggest(interaction, desk);
  if (interaction.type === InteractionType.ModalSubmit && interaction.data.custom_id === REPORT_FORM) {
    const text = fieldsOf(interaction.data)[FIELD] ?? '';
    return report(desk, personOf(interaction, desk.rules), interaction.id, text);
  }
  if (interaction.type !== InteractionType.ApplicationCommand) return undefined;
  if (interaction.data.type !== ApplicationCommandType.ChatInput) return undefined;
  return run(interaction as APIChatInputApplicationCommandInteraction, desk);
}

async function run(interaction: APIChatInputApplicationCommandInteraction, desk: Desk): Promise<Answer> {
  const person = personOf(interaction, desk.rules);
  const words = MEMBER_WORDS[person.lang];
  const waitMs = desk.commands.take(person.id);
  if (waitMs > 0) return privately(words.wait(Math.ceil(waitMs / 1000)));
  switch (interaction.data.name) {
    case 'report':
      return reportForm(words);
    case 'faq':
      return privately(faqAnswer(desk, person, stringOption(interaction)));
    case 'status':
      return privately(statusAnswer(desk.notice(person.lang), words));
    case 'staff':
      return privately(`${staffAnswer(interaction, desk.rules, words)}\n\n${words.safety}`);
    default:
      return privately(`${words.help}\n\n${words.safety}`);
  }
}

function reportForm({ report: { title, label, hint } }: MemberWords): Answer {
  const component = {
    type: ComponentType.TextInput as const,
    custom_id: FIELD,
    style: TextInputStyle.Paragraph,
    required: true,
    max_length: REPORT_MAX,
  };
  const components = [{ type: ComponentType.Label as const, label, description: cut(hint, 100), component }];
  return { type: Kind.Modal, data: { custom_id: REPORT_FORM, title, components } };
}

/** A report with a secret in it is kept nowhere, not even in the log. */
async function report(desk: Desk, person: Person, interactionId: string, typed: string): Promise<Answer> {
  const words = MEMBER_WORDS[person.lang];
  const text = typed.toWellFormed().trim().slice(0, REPORT_MAX);
  if (text === '') return privately(words.emptyReport);
  const secrets = findSecrets(text, desk.findPersonal);
  if (secrets.length > 0) {
    const clean = literally(withoutSecrets(text, secrets), 1_200);
    return privately(`${words.secretRefused}\n${words.safety}\n\n${words.withoutSecret}\n${clean}`);
  }
  const waitMs = desk.reports.take(person.id);
  if (waitMs > 0) return privately(words.wait(Math.ceil(waitMs / 1000)));
  const id = await desk.hear({
    nativeId: `report/${interactionId}`,
    author: { id: person.id, handle: person.username, name: person.name },
    text,
    saidAt: Number(BigInt(interactionId) >> 22n) + DISCORD_EPOCH_MS,
    place: '/report',
    langHint: person.lang,
    // Where the answer goes: to its author, directly.
    replyRef: `@${person.id}`,
    permission: { how: 'api' },
  });
  return privately(`${words.receipt(id.slice(0, CASE_DIGITS))}\n${words.answeredDirectly}\n${words.safety}`);
}

async function suggest(
  interaction: APIApplicationCommandAutocompleteInteraction,
  { articles, rules }: Desk,
): Promise<Answer> {
  const { lang } = personOf(interaction, rules);
  const found = searchArticles(articlesIn(articles(), lang), stringOption(interaction));
  const choices = found.map(({ id, title }) => ({ name: cut(title, 100), value: id.slice(0, 100) }));
  return { type: Kind.ApplicationCommandAutocompleteResult, data: { choices } };
}

function faqAnswer({ articles, notice }: Desk, { lang }: Person, asked: string): string {
  const words = MEMBER_WORDS[lang];
  const ours = articlesIn(articles(), lang);
  const article = ours.find(({ id }) => id === asked) ?? searchArticles(ours, asked)[0];
  if (!article || asked.trim() === '') return words.noArticle;
  const now = notice(lang);
  const news = now ? `${words.notice(cut(now, 400))}\n\n` : '';
  return `${news}**${cut(article.title, 200)}**\n${cut(article.text, 1_000)}\n\n${words.safety}`;
}

function statusAnswer(notice: string | undefined, words: MemberWords): string {
  return `${notice ? words.notice(cut(notice, 1_500)) : words.noNotice}\n\n${words.safety}`;
}

/** By the roles that the server itself gave: a name and a picture can be copied, a role cannot. */
function staffAnswer(
  { data, guild_id: guild }: APIChatInputApplicationCommandInteraction,
  rules: StaffRules,
  words: MemberWords,
): string {
  const option = data.options?.find(({ type }) => type === ApplicationCommandOptionType.User);
  const id = option && 'value' in option ? String(option.value) : '';
  const user = data.resolved?.users?.[id];
  const ours = guild !== undefined && (rules.guildIds.length === 0 || rules.guildIds.includes(guild));
  if (!user || !ours) return words.askOnServer;
  // Both names, and neither as it could pass for something else.
  const name = `${literally(nameOf(user, data.resolved?.members?.[id]?.nick), 120)} (${literally(`@${user.username}`, 80)})`;
  return hasStaffRole(data.resolved?.members?.[id], rules) ? words.isStaff(name) : words.notStaff(name);
}

function stringOption({ data }: { data: { options?: readonly object[] } }): string {
  const [first] = (data.options ?? []) as { value?: unknown }[];
  return typeof first?.value === 'string' ? first.value : '';
}
