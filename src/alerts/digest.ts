import { randomBytes } from 'node:crypto';
import type { Alert, NewAlert } from '../core/alerts.ts';
import type { Instant } from '../core/nouns.ts';
import { alertId } from './due.ts';
import type { AlertMessage } from './message.ts';
import type { AlertSettings } from './settings.ts';
import { lastWeekly } from './working-hours.ts';

/** A digest that could not be made in this time, since nothing ran, is not made any more. */
const NEWS_MS = 48 * 3_600_000;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** The week that is told about now, if one is: named by the UTC day before which it ended. */
export function digestSubject(now: Instant, { digest }: Pick<AlertSettings, 'digest'>): string | undefined {
  if (digest.to.length === 0) return undefined;
  const at = lastWeekly(now, digest.weekday, digest.at, digest.timeZone);
  return now - at < NEWS_MS ? `digest-${new Date(at).toISOString().slice(0, 10)}` : undefined;
}

/** Those that are not written down yet. */
export function digestAlerts(
  subject: string,
  now: Instant,
  { digest, targets }: AlertSettings,
  known: readonly Alert[],
): NewAlert[] {
  return digest.to
    .filter((target) => targets.some(({ id }) => id === target))
    .map(
      (target) =>
        ({
          id: alertId(subject, target, 'first'),
          ...{ kind: 'digest', subject, target, step: 'first', createdAt: now },
          token: randomBytes(18).toString('base64url'),
        }) satisfies NewAlert,
    )
    .filter(({ id }) => !known.some((alert) => alert.id === id));
}

/** Its seven UTC days, as a time without its end. */
export function weekOf(subject: string): { from: Instant; to: Instant } {
  const to = Date.parse(`${subject.slice('digest-'.length)}T00:00:00Z`);
  return { from: to - WEEK_MS, to };
}

export function aboutWeek(
  { id, kind, step, subject }: Alert,
  { title, body }: Pick<AlertMessage, 'title' | 'body'>,
  { origin }: AlertSettings,
): AlertMessage {
  const link = `${origin}/#/report`;
  return { id, kind, step, subject, problemType: '', link, title, body: `${body}\n${link}` };
}
