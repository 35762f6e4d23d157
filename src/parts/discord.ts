import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'yaml';
import { partsOf } from '../../connectors/discord/messages.ts';
import { keepDoing } from '../schedule/index.ts';
import { ROOT } from '../settings.ts';
import { detectLanguage } from '../stages/classify/language.ts';
import { answerIn } from '../stages/draft/script.ts';
import { toTraditional } from '../stages/draft/traditional.ts';
import type { Article } from '../surfaces/discord/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { hearingFor, keepFound } from './discord-hearing.ts';
import type { Parts } from './index.ts';
import { noticeIn } from './notice.ts';

export type DiscordParts = Pick<
  Parts,
  | 'settings'
  | 'workspace'
  | 'store'
  | 'review'
  | 'clock'
  | 'problemTypes'
  | 'accountOf'
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
    ...(address && { apiBase: address }),
  });
  const acquaintances = new surface.Acquaintances();
  surface.startDiscordReception({
    ...{ connection, rules, store, clock, log, lang, acquaintances, signal },
    hear: hearingFor(parts, connection.me, signal),
    langOfText: (text) => answerIn(detectLanguage(text), text),
    receipts: () => workspace.current().discord?.receipts ?? false,
  });
  const cards = surface.startDiscordCards({ ...parts, connection, rules, staffChannelId, lang, signal });
  const answers = surface.startDiscordAnswers({ ...parts, connection, rules, signal, placeOf: partsOf });
  const articles = await readArticles(join(ROOT, 'data/knowledge'));
  const members = surface.startDiscordMembers({
    ...{ connection, rules, clock, log, findPersonal, acquaintances, articles },
    notice: (lang) => noticeIn(workspace.current(), clock.now(), lang),
    hear: (found) => keepFound(parts, found),
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

/** Whether the words of messages to others can be read: where the source asks for the intent, it is switched on. */
function hearsAll({ workspace }: DiscordParts): boolean {
  const source = workspace.current().sources.find(({ connector, enabled }) => enabled && connector === 'discord');
  return source !== undefined && source.options.hear !== 'mentions';
}

/** The knowledge base as standing answers. Traditional Chinese is made of the Simplified. */
export async function readArticles(folder: string): Promise<Article[]> {
  const files = await readdir(folder, { recursive: true });
  const read = files
    .filter((file) => /[\\/](en|zh-Hans)\.md$/.test(file))
    .sort()
    .map(async (file) => {
      const lang = file.endsWith('en.md') ? ('en' as const) : ('zh-Hans' as const);
      const [, head = '', text = ''] =
        /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(await readFile(join(folder, file), 'utf8')) ?? [];
      const { id, title } = parse(head) as { id: string; title: string };
      return { id, lang, title, text: text.trim() };
    });
  const articles: Article[] = await Promise.all(read);
  const traditional = articles
    .filter(({ lang }) => lang === 'zh-Hans')
    .map(({ id, title, text }) => ({
      id,
      lang: 'zh-Hant' as const,
      title: toTraditional(title),
      text: toTraditional(text),
    }));
  return [...articles, ...traditional];
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
