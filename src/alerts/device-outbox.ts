import type { Alert } from '../core/alerts.ts';
import { isRegulated } from '../core/lanes.ts';
import type { Store } from '../core/ports.ts';
import { foldedName } from '../core/rights.ts';
import { deviceAlerts, deviceIn, deviceMessage, kindOf, tellAt } from './devices.ts';
import { dueAt, type Regulated } from './due.ts';
import type { AlertParts } from './parts.ts';
import { OPEN } from './regulated.ts';
import type { AlertSettings } from './settings.ts';

const URGENT_MAX = 200;

const isSame = (one: string, other: string) => foldedName(one) === foldedName(other);

/** Writes down what people's devices must be told of. */
export async function writeForDevices(
  { store, clock, devices }: Pick<AlertParts, 'store' | 'clock' | 'devices'>,
  settings: AlertSettings,
  open: readonly Regulated[],
): Promise<void> {
  const now = clock.now();
  const all = await store.devices(now);
  if (all.length === 0) return;
  const names = new Map((await store.access.people()).map(({ id, name }) => [id, name]));
  const owned = all.map((device) => ({ ...device, person: names.get(device.personId) ?? '' }));
  const { rows } = await store.queue({ states: OPEN, priorities: ['urgent'], limit: URGENT_MAX, order: 'newest' });
  const urgent = rows.map(({ mention }) => mention);
  const regulated = open.map((one) => ({ ...one.mention, late: now >= (dueAt(one, settings) ?? Infinity) }));
  const news = await devices.assigned.news();
  const subjects = new Set([...urgent, ...regulated].map(({ id }) => id));
  const known = await store.alertsOf([...subjects, ...news.given.map(({ mentionId }) => mentionId)]);
  await store.addAlerts(deviceAlerts(now, owned, { urgent, regulated, given: news.given }, known, isSame));
  await devices.assigned.told(news);
}

type Outcome = Parameters<Store['settleAlert']>[1];

const NO_LONGER: Outcome = { error: 'no longer needed' };

/** Sends an alert to the device that it is for, if that still wants to know. @throws Error in a sentence */
export async function tellDevice(
  { store, clock, laneOf, devices }: Pick<AlertParts, 'store' | 'clock' | 'laneOf' | 'devices'>,
  alert: Alert,
  cut: AbortSignal,
): Promise<Outcome> {
  const now = clock.now();
  const id = deviceIn(alert.target);
  const device = (await store.devices(now)).find((one) => one.id === id);
  const found = await store.find(alert.subject);
  if (!device || !found || !OPEN.some((state) => state === found.mention.state)) return NO_LONGER;
  const problemType = found.assessment?.problemType ?? '';
  const kind = kindOf(alert.step, isRegulated(laneOf(problemType)));
  // Also told of what is urgent, or regulated, alone.
  const wanted =
    device.kinds.includes(kind) ||
    (kind === 'regulated' && found.assessment?.priority === 'urgent' && device.kinds.includes('urgent'));
  if (!wanted) return NO_LONGER;
  const person = await store.access.person(device.personId);
  if (kind === 'assigned' && !isSame(found.mention.assignee ?? '', person?.name ?? '')) return NO_LONGER;
  const at = tellAt(now, device, kind);
  if (at > now) return { error: 'waits for the end of the quiet hours', again: at };
  const late = alert.step.startsWith('late-');
  const title = problemType && devices.titleOf(problemType, device.lang);
  const outcome = await devices.push(
    device,
    deviceMessage(device, { mentionId: found.mention.id, kind, late, problemType: title }),
    cut,
  );
  if (outcome === 'sent') return { sentAt: clock.now() };
  await store.removeDevice(device.id, {
    at: now,
    actor: 'earshot',
    action: 'device-removed',
    subject: 'people',
    detail: { person: person?.name ?? '', why: 'gone' },
  });
  return { error: 'the device is not there any more' };
}
