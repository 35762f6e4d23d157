import { setTimeout as pause } from 'node:timers/promises';
import { openGateway } from '../../connectors/discord/live.ts';
import { nativeIdOf, partsOf } from '../../connectors/discord/messages.ts';
import { mentionId } from '../core/ids.ts';
import type { FoundMention, MentionId } from '../core/nouns.ts';
import { keepDoing } from '../schedule/index.ts';
import { detectLanguage } from '../stages/classify/language.ts';
import { answerIn } from '../stages/draft/script.ts';
import type { Article } from '../surfaces/discord/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { DISCORD, discordSource, hearingFor, keepFound } from './discord-hearing.ts';
import { noticeIn } from './notice.ts';
import type { Parts } from './parts.ts';
import { approvedArticles, standingAnswers } from './standing-answers.ts';

export type DiscordParts = Pick<
  Parts,
  | 'settings'
  | 'workspace'
  | 'store'
  | 'review'
  | 'clock'
  | 'problemTypes'
  | 'accountOf'
  | 'otherWords'
  | 'ourHandles'
  | 'findPersonal'
  | 'log'
>;
type Asked = NonNullable<Workspace['discord']>;

/** Discord allows 1000 new connections a day, and takes the token away from who makes more. */
const CONNECT_AGAIN_MS = 5 * 60_000;
const LOOK_MS = 5_000;

/**
 * Shows cards to staff and answers members, where the workspace asks for it and the token is there. What goes wrong is
 * logged and stops nothing else. Resolves when `signal` was aborted, or at once where nothing is to be shown.
 */
export async function showInDiscord(parts: DiscordParts, signal: AbortSignal): Promise<void> {
  const { workspace, settings, log } = parts;
  const asked = workspace.current().discord;
  if (!asked) return;
  const token = settings.variables.DISCORD_BOT_TOKEN;
  if (!token) {
    log.warn('discord: no cards and no commands, since DISCORD_BOT_TOKEN is not set');
    return;
  }
  while (!signal.aborted) {
    await show(parts, asked, token, signal).catch((thrown) => {
      if (!signal.aborted) log.warn('discord: not connected; tried again in 5 minutes', { error: messageOf(thrown) });
    });
    await pause(CONNECT_AGAIN_MS, undefined, { signal }).catch(() => {});
  }
}

async function show(parts: DiscordParts, asked: Asked, token: string, signal: AbortSignal): Promise<void> {
  const { workspace, clock, store, findPersonal, log } = parts;
  // Loaded here, since it is large and most workspaces never need it.
  const surface = await import('../surfaces/discord/index.ts');
  const { staffChannelId, language: lang, address, ...rules } = asked;
  const messages = hearsAll(parts) ? 'all' : 'ours';
  const connection = await surface.connectDiscord({
    token,
    messages,
    log,
    signal,
    openGateway,
    ...(address && { apiBase: address }),
  });
  const acquaintances = new surface.Acquaintances();
  surface.startDiscordReception({
    ...{ connection, rules, store, clock, log, lang, acquaintances, signal },
    hear: hearingFor(parts, connection.me, signal),
    langOfText: (text) => answerIn(detectLanguage(text), text),
    receipts: () => workspace.current().discord?.receipts ?? false,
    privacy: {
      findPersonal,
      ours: () => [workspace.current().brand.supportEmail ?? ''],
      wanted: () => privacyOf(workspace.current()),
      idOf: (channel, message) => mentionId(DISCORD, nativeIdOf(channel, message)),
    },
  });
  const cards = surface.startDiscordCards({ ...parts, connection, rules, staffChannelId, lang, signal });
  const answers = surface.startDiscordAnswers({ ...parts, connection, rules, signal, placeOf: partsOf });
  const articles = await followAnswers(parts, signal);
  const members = surface.startDiscordMembers({
    ...{ connection, rules, clock, log, findPersonal, acquaintances, articles },
    notice: (lang) => noticeIn(workspace.current(), clock.now(), lang),
    hear: (found) => keepReport(parts, found),
  });
  members.catch((thrown) => log.warn('discord: commands could not be made known', { error: messageOf(thrown) }));
  try {
    const often = { store, everyMs: LOOK_MS, signal, log };
    await Promise.all([
      keepDoing('discord cards', () => cards.round(), often),
      keepDoing('discord answers', () => answers.round(), often),
    ]);
  } finally {
    cards.close();
    await connection.close();
  }
}

function privacyOf({ discord }: Workspace): { warn: boolean; remove: boolean } {
  return { warn: discord?.warnPersonal ?? false, remove: discord?.removeSecrets ?? false };
}

/** Whether the words of messages to others can be read: where the source asks for the intent, it is switched on. */
function hearsAll({ workspace }: DiscordParts): boolean {
  const source = workspace.current().sources.find(({ connector, enabled }) => enabled && connector === 'discord');
  return source !== undefined && source.options.hear !== 'mentions';
}

/** A report is answered directly where the source can do it; else a person writes to its author. */
function keepReport(parts: DiscordParts, found: FoundMention): Promise<MentionId> {
  if (discordSource(parts).live) return keepFound(parts, found);
  const why = `It came by /report. Write to @${found.author.handle} in a direct message, or switch the Discord source on.`;
  return keepFound(parts, { ...found, permission: { how: 'by-hand', why } });
}

/** What people approved for /faq, read anew when the settings change: an approval is one of them. */
async function followAnswers({ workspace, log }: DiscordParts, signal: AbortSignal) {
  let approved: Article[] = [];
  const read = async () => {
    const answers = await standingAnswers(workspace.current());
    approved = approvedArticles(answers);
    const waiting = answers.filter(({ state }) => state !== 'approved').map(({ id }) => id);
    if (waiting.length > 0) log.info('discord: /faq gives only what was approved (earshot faq)', { waiting });
  };
  const unfollow = workspace.onChange((now, before) => {
    const said = ({ standingAnswers, articles, brand }: typeof now) =>
      JSON.stringify([standingAnswers, articles, brand]);
    if (said(now) === said(before)) return;
    read().catch((thrown) => log.warn('discord: standing answers could not be read', { error: messageOf(thrown) }));
  });
  signal.addEventListener('abort', unfollow, { once: true });
  await read();
  return () => approved;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
