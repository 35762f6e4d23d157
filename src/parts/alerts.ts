import { guardedReach, openSocket } from '#kit';
import {
  type AlertParts,
  type AlertSettings,
  AssignedLog,
  beginRound,
  sendMail,
  signed,
  type Target,
} from '../alerts/index.ts';
import { WAITING } from '../core/moves.ts';
import type { Counts } from '../core/ports.ts';
import { digestOf } from '../report/index.ts';
import { keepDoing } from '../schedule/index.ts';
import { toTraditional } from '../stages/draft/index.ts';
import type { KnowledgeRow, Parts } from './parts.ts';

/** Alerts go out within seconds: what changed wakes this up, and waiting times end. */
const LOOK_MS = 1_000;
const TIMEOUT_MS = 15_000;
/** The whole process has 10 s to stop. */
const GRACE_MS = 3_000;

type Needed = Pick<
  Parts,
  | 'store'
  | 'clock'
  | 'workspace'
  | 'problemTypes'
  | 'findPersonal'
  | 'settings'
  | 'world'
  | 'log'
  | 'report'
  | 'push'
  | 'knowledgeRows'
>;

export function alertParts(parts: Needed): AlertParts {
  const { problemTypes } = parts;
  const lanes = new Map(problemTypes.map(({ id, lane }) => [id, lane]));
  const titles = new Map(problemTypes.map(({ id, title }) => [id, title]));
  const titleOf = (id: string, lang: 'en' | 'zh-Hans' | 'zh-Hant') => titles.get(id)?.[lang] ?? id;
  return {
    ...parts,
    settings: () => alertSettings(parts),
    laneOf: (type) => lanes.get(type) ?? 'general',
    deliver: (target, message, signal) => deliver(parts, target, message, signal),
    digest: async (from, to) => {
      const { language } = parts.workspace.current().alerts;
      const overdue = parts.knowledgeRows().filter((row) => row.overdue);
      const named = overdue.map((row) => ({ title: articleTitle(row, language), owner: row.owner }));
      return digestOf(await parts.report.between(from, to), language, (id) => titleOf(id, language), {
        waiting: waitingIn(await parts.store.counts(parts.clock.now())),
        overdue: named,
      });
    },
    devices: { assigned: new AssignedLog(parts.store), titleOf, push: parts.push.send },
  };
}

function waitingIn({ byState, urgent }: Counts): { n: number; urgent: number } {
  return { n: WAITING.reduce((sum, state) => sum + (byState[state] ?? 0), 0), urgent };
}

function articleTitle({ title, titleZh }: KnowledgeRow, language: 'en' | 'zh-Hans' | 'zh-Hant'): string {
  if (language === 'en' || titleZh === undefined) return title;
  return language === 'zh-Hans' ? titleZh : toTraditional(titleZh);
}

/** The workspace's own settings, with what the environment adds. */
export function alertSettings({ workspace, settings }: Pick<Needed, 'workspace' | 'settings'>): AlertSettings {
  const { alerts } = workspace.current();
  const { variables, host, port } = settings;
  const targets = alerts.targets.map((target): Target => {
    if (target.kind !== 'webhook') return target;
    const { id, kind, url, secretVariable } = target;
    return { id, kind, url, secret: variables[secretVariable] ?? '' };
  });
  const origin = (variables.EARSHOT_ORIGIN ?? `http://${host}:${port}`).replace(/\/$/, '');
  return { ...alerts, targets, workingHours: alerts.workingHours, origin };
}

type Deliver = AlertParts['deliver'];

async function deliver(
  parts: Needed,
  target: Target,
  message: Parameters<Deliver>[1],
  signal: AbortSignal,
): ReturnType<Deliver> {
  switch (target.kind) {
    case 'webhook':
      return postSigned(parts, target, message, signal);
    case 'email': {
      const { smtp } = parts.workspace.current().alerts;
      if (!smtp) throw new Error('There is no mail server in the settings (alerts.smtp).');
      const password = parts.settings.variables.EARSHOT_SMTP_PASSWORD;
      const { host, port } = smtp;
      const lookup = guardedReach(parts.settings.privateHosts)(host, port);
      const connect = (soon: AbortSignal) => openSocket({ host, port, lookup }, soon);
      await sendMail({ ...smtp, ...(password && { password }) }, target.to, message, { connect, signal });
      return {};
    }
    case 'discord':
      return postInDiscord(parts, target.channelId, message, signal);
  }
}

/** By the guarded client: an address that leads into a private network is refused unless whoever runs Earshot allows it. */
async function postSigned(
  { world, clock }: Needed,
  { id, url, secret }: Extract<Target, { kind: 'webhook' }>,
  message: Parameters<Deliver>[1],
  signal: AbortSignal,
): ReturnType<Deliver> {
  if (!secret) throw new Error(`The secret of the webhook "${id}" is not in the environment.`);
  const { headers, body } = signed(message, secret, clock.now());
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: 64_000 };
  const answer = await world.http.request({ url, method: 'POST', headers, body, signal, ...limits });
  if (answer.status < 200 || answer.status >= 300) throw new Error(`The webhook "${id}" answered ${answer.status}.`);
  return acknowledgedIn(answer.bytes);
}

/** A receiver may say in its answer that somebody has it: `{"acknowledged": true, "by": "on-call"}`. */
function acknowledgedIn(bytes: Uint8Array): { acknowledgedBy?: string } {
  try {
    const said = JSON.parse(new TextDecoder().decode(bytes)) as { acknowledged?: unknown; by?: unknown } | null;
    if (said?.acknowledged !== true) return {};
    return { acknowledgedBy: typeof said.by === 'string' && said.by.trim() ? said.by : 'the receiver' };
  } catch {
    return {};
  }
}

async function postInDiscord(
  { settings, workspace }: Needed,
  channelId: string,
  message: Parameters<Deliver>[1],
  signal: AbortSignal,
): ReturnType<Deliver> {
  const token = settings.variables.DISCORD_BOT_TOKEN;
  if (!token) throw new Error('DISCORD_BOT_TOKEN is not set, so nothing can be written into Discord.');
  // Loaded here, since it is large and most workspaces never need it.
  const { postAlert } = await import('../surfaces/discord/index.ts');
  const address = workspace.current().discord?.address;
  await postAlert({
    token,
    channelId,
    signal,
    id: message.id,
    sign: message.kind === 'digest' ? '📊' : '🚨',
    title: message.title,
    body: message.body,
    ...(message.text && { quoted: message.text }),
    ...(address && { address }),
  });
  return {};
}

/**
 * Sends alerts until `signal` was aborted.
 *
 * @param graceMs how long what is being sent may take after that. A receiver that answers hears of what happened now; one
 *   that hangs hears of it after the next start.
 */
export async function sendAlerts(parts: Needed, signal: AbortSignal, graceMs = GRACE_MS): Promise<void> {
  const own = alertParts(parts);
  const cut = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onStop = () => {
    timer = setTimeout(() => cut.abort(), graceMs);
  };
  if (signal.aborted) onStop();
  else signal.addEventListener('abort', onStop, { once: true });
  const going = new Set<Promise<void>>();
  const follow = (sending: Promise<void>) => {
    const over = sending
      .catch((thrown) => parts.log.warn('what became of an alert could not be stored', { error: String(thrown) }))
      .finally(() => going.delete(over));
    going.add(over);
  };
  const round = async () => (await beginRound(own, cut.signal)).forEach(follow);
  try {
    await keepDoing('alerts', round, { store: parts.store, everyMs: LOOK_MS, signal, log: parts.log });
    await Promise.all(going);
  } finally {
    clearTimeout(timer);
  }
}
