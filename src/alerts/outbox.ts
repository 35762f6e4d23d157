import type { Alert } from '../core/alerts.ts';
import { tellDevice, writeForDevices } from './device-outbox.ts';
import { deviceIn } from './devices.ts';
import { aboutWeek, digestAlerts, digestSubject, weekOf } from './digest.ts';
import { dueAlerts, dueAt } from './due.ts';
import { type AlertMessage, aboutIncident, aboutMention } from './message.ts';
import type { AlertParts } from './parts.ts';
import { regulatedOpen } from './regulated.ts';
import type { AlertSettings } from './settings.ts';

/** Longer than any delivery takes. */
const TAKEN_MS = 60_000;
const AT_ONCE = 50;
const DAY_MS = 86_400_000;
const NEVER = new AbortController().signal;
const STOPPED = 'Earshot was stopped while this was being sent.';
const WAITS_MS = [5_000, 15_000, 60_000, 300_000, 900_000];

/**
 * Writes down which alerts there must be, then sends what is due. One round; safe to run in several processes.
 *
 * @param cut aborted when nothing is waited for any longer: what is being sent then is due again at once, for whoever
 *   starts next. The receiver may get it twice, with the same id.
 */
export async function alertRound(parts: AlertParts, cut: AbortSignal = NEVER): Promise<void> {
  await Promise.all(await beginRound(parts, cut));
}

/** The same, without waiting for what is being sent: one promise for each alert. A receiver that hangs keeps only its own waiting. */
export async function beginRound(parts: AlertParts, cut: AbortSignal): Promise<Promise<void>[]> {
  const settings = parts.settings();
  if (!settings) return [];
  await write(parts, settings);
  const due = await parts.store.takeAlerts(parts.clock.now(), TAKEN_MS, AT_ONCE);
  return due.map((alert) => send(parts, settings, alert, cut));
}

async function write(parts: AlertParts, settings: AlertSettings): Promise<void> {
  const { store, clock } = parts;
  const open = await regulatedOpen(parts, Object.keys(settings.lanes));
  const incidents = (await store.incidents({ state: 'open', limit: 50 }))
    .map(({ incident }) => incident)
    .filter(({ sample, openedBy }) => !sample && openedBy === 'earshot');
  const now = clock.now();
  const week = digestSubject(now, settings);
  const subjects = [...open.map(({ mention }) => mention.id), ...incidents.map(({ id }) => id)];
  const known = await store.alertsOf(week === undefined ? subjects : [...subjects, week]);
  const digests = week === undefined ? [] : digestAlerts(week, now, settings, known);
  await store.addAlerts([...dueAlerts(now, open, incidents, settings, known), ...digests]);
  await writeForDevices(parts, settings, open);
}

async function send(parts: AlertParts, settings: AlertSettings, alert: Alert, cut: AbortSignal): Promise<void> {
  const { store, clock, log } = parts;
  const target = settings.targets.find(({ id }) => id === alert.target);
  try {
    if (deviceIn(alert.target) !== undefined) {
      return await store.settleAlert(alert.id, await tellDevice(parts, alert, cut));
    }
    const message = await messageOf(parts, settings, alert);
    // Decided, erased or taken out of the settings meanwhile: there is nothing left to say.
    if (!target || !message) return await store.settleAlert(alert.id, { error: 'no longer needed' });
    const { acknowledgedBy } = await parts.deliver(target, message, cut);
    await store.settleAlert(alert.id, { sentAt: clock.now() });
    log.info('alert sent', { alert: alert.id, target: alert.target, [alert.kind]: alert.subject });
    if (acknowledgedBy)
      await store.acknowledge(alert.subject, alert.target, acknowledgement(alert, acknowledgedBy, clock.now()));
  } catch (thrown) {
    if (cut.aborted) return await store.settleAlert(alert.id, { error: STOPPED, again: clock.now() });
    const error = thrown instanceof Error ? thrown.message : String(thrown);
    log.warn('an alert could not be sent', { alert: alert.id, target: alert.target, attempts: alert.attempts, error });
    const again = clock.now() + (WAITS_MS[alert.attempts - 1] ?? 1_800_000);
    const late = clock.now() > alert.createdAt + DAY_MS;
    await store.settleAlert(alert.id, { error, ...(!late && { again }) });
  }
}

/** The event of an acknowledgement, under whatever name was given. */
export function acknowledgement({ id, subject, target }: Alert, by: string, at: number) {
  return {
    at,
    actor: by.trim().slice(0, 60) || target,
    action: 'alert-acknowledged',
    subject,
    detail: { alert: id, target },
  };
}

async function messageOf(parts: AlertParts, settings: AlertSettings, alert: Alert): Promise<AlertMessage | undefined> {
  if (alert.kind === 'digest') {
    const { from, to } = weekOf(alert.subject);
    return aboutWeek(alert, await parts.digest(from, to), settings);
  }
  if (alert.kind === 'incident') {
    const found = await parts.store.incident(alert.subject);
    return found && aboutIncident(alert, found.incident, found.members.length, settings);
  }
  const found = await parts.store.find(alert.subject);
  if (!found || found.mention.state === 'erased') return undefined;
  const lane = parts.laneOf(found.assessment?.problemType ?? '');
  return aboutMention(alert, found, dueAt({ mention: found.mention, lane }, settings), settings, parts.findPersonal);
}
