import { randomBytes } from 'node:crypto';
import type { Alert, AlertKind, NewAlert } from '../core/alerts.ts';
import { shortHash } from '../core/ids.ts';
import type { Instant, Mention } from '../core/nouns.ts';
import type { AlertSettings, LaneRules } from './settings.ts';
import { afterWorking } from './working-hours.ts';

const MINUTE = 60_000;
/** What was said longer ago than this is history when it comes in, such as an imported file. */
const NEWS_MS = 48 * 60 * MINUTE;
const CHASES = 3;

/** A mention in a regulated lane that nobody has decided about yet. */
export interface Regulated {
  mention: Pick<Mention, 'id' | 'heardAt' | 'saidAt' | 'sample'>;
  lane: string;
}

/** Whether anybody is told of it: not of samples, and not of history. */
export function isNews({ sample, heardAt, saidAt }: Pick<Mention, 'heardAt' | 'saidAt' | 'sample'>): boolean {
  return !sample && heardAt - saidAt < NEWS_MS;
}

/** When it should have been answered. */
export function dueAt(
  { mention, lane }: Regulated,
  settings: Pick<AlertSettings, 'lanes' | 'workingHours'>,
): Instant | undefined {
  const rules = settings.lanes[lane];
  return rules && afterWorking(mention.heardAt, rules.answerWithinMinutes, settings.workingHours);
}

/**
 * All alerts that there should be by now. Asked again it gives the same ones, by id: whoever writes them down twice has
 * written them once, and a crash loses none.
 */
export function dueAlerts(
  now: Instant,
  open: readonly Regulated[],
  incidents: readonly { id: string; openedAt: Instant }[],
  settings: AlertSettings,
  known: readonly Alert[],
): NewAlert[] {
  const make = (kind: AlertKind, subject: string, target: string, step: string): NewAlert => ({
    id: alertId(subject, target, step),
    ...{ kind, subject, target, step },
    token: randomBytes(18).toString('base64url'),
    createdAt: now,
  });
  const news = open.filter(({ mention }) => isNews(mention));
  const about = news.flatMap((one) => {
    const rules = settings.lanes[one.lane];
    if (!rules) return [];
    const own = known.filter(({ subject }) => subject === one.mention.id);
    return stepsOf(now, one, rules, settings, own).map(([target, step]) =>
      make('mention', one.mention.id, target, step),
    );
  });
  const ofIncidents = incidents.flatMap(({ id }) =>
    settings.incidents.map((target) => make('incident', id, target, 'first')),
  );
  const there = new Set(known.map(({ id }) => id));
  const targets = new Set(settings.targets.map(({ id }) => id));
  return [...about, ...ofIncidents].filter(({ id, target }) => !there.has(id) && targets.has(target));
}

export function alertId(subject: string, target: string, step: string): string {
  return `al-${shortHash(`${subject}\0${target}\0${step}`)}`;
}

function stepsOf(
  now: Instant,
  one: Regulated,
  rules: LaneRules,
  settings: AlertSettings,
  own: readonly Alert[],
): [target: string, step: string][] {
  const steps: [string, string][] = rules.targets.map((target) => [target, 'first']);
  const waited = rules.acknowledgeWithinMinutes * MINUTE;
  for (const target of rules.targets) {
    const first = own.find((alert) => alert.target === target && alert.step === 'first');
    if (first?.sentAt === undefined || own.some((alert) => alert.target === target && alert.acknowledgedAt)) continue;
    for (let chase = 1; chase <= CHASES && now >= first.sentAt + chase * waited; chase++)
      steps.push([target, `chase-${chase}`]);
  }
  if (nobodyAnswered(now, rules, own)) for (const target of rules.escalateTo) steps.push([target, 'escalated']);
  const due = dueAt(one, settings);
  if (due === undefined) return steps;
  for (const before of rules.remindBeforeMinutes)
    if (now >= due - before * MINUTE && now < due)
      for (const target of rules.targets) steps.push([target, `before-${before}`]);
  for (const after of [0, ...rules.remindAfterMinutes])
    if (now >= due + after * MINUTE) for (const target of rules.targets) steps.push([target, `late-${after}`]);
  return steps;
}

/** Also when a target cannot be reached at all: the time runs from when it should have been. */
function nobodyAnswered(now: Instant, rules: LaneRules, own: readonly Alert[]): boolean {
  const firsts = own.filter(({ step, target }) => step === 'first' && rules.targets.includes(target));
  if (firsts.length === 0 || own.some(({ acknowledgedAt }) => acknowledgedAt !== undefined)) return false;
  return firsts.every(({ createdAt }) => now >= createdAt + rules.acknowledgeWithinMinutes * MINUTE);
}
