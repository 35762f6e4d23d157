import { randomBytes } from 'node:crypto';
import type { Alert, NewAlert } from '../core/alerts.ts';
import type { Device, DeviceKind, DeviceLanguage } from '../core/devices.ts';
import type { Instant, Mention } from '../core/nouns.ts';
import { nextSending } from '../core/quiet-hours.ts';
import type { Given } from './assigned.ts';
import { alertId, isNews } from './due.ts';

/** What begins the name of a target that is somebody's device, and no target of the workspace. */
const TARGET = 'device:';

export const targetOf = ({ id }: Pick<Device, 'id'>): string => `${TARGET}${id}`;

/** The device that an alert is for, if it is for one. */
export function deviceIn(target: string): string | undefined {
  return target.startsWith(TARGET) ? target.slice(TARGET.length) : undefined;
}

/** What is shown on a locked screen: no words of anybody, no name, no place. */
export interface DeviceMessage {
  title: string;
  body: string;
  /** A second message about the same mention takes the place of the first. */
  tag: string;
  /** Where it leads, from the inbox's own address. */
  at: string;
  lang: DeviceLanguage;
}

/** What happened that devices may be told of. */
export interface DeviceNews {
  urgent: readonly Pick<Mention, 'id' | 'heardAt' | 'saidAt' | 'sample'>[];
  regulated: readonly (Pick<Mention, 'id' | 'heardAt' | 'saidAt' | 'sample'> & { late: boolean })[];
  given: readonly Given[];
}

/** Who a device belongs to, as decisions name them. */
export type Owned = Device & { person: string };

/**
 * All alerts to devices that there should be by now, but for those that are known. What was heard before a device was added
 * is not news to it, and nobody is told of what they gave themselves.
 */
export function deviceAlerts(
  now: Instant,
  devices: readonly Owned[],
  news: DeviceNews,
  known: readonly Pick<Alert, 'id'>[],
  isSame: (one: string, other: string) => boolean,
): NewAlert[] {
  const there = new Set(known.map(({ id }) => id));
  const wanted = devices.flatMap((device) =>
    stepsFor(device, news, isSame).map(([subject, step]) => ({ device, subject, step })),
  );
  return wanted.flatMap(({ device, subject, step }) => {
    const target = targetOf(device);
    const id = alertId(subject, target, step);
    if (there.has(id)) return [];
    there.add(id);
    return [{ id, kind: 'mention' as const, subject, target, step, token: newToken(), createdAt: now }];
  });
}

const newToken = () => randomBytes(18).toString('base64url');

function stepsFor(
  device: Owned,
  { urgent, regulated, given }: DeviceNews,
  isSame: (one: string, other: string) => boolean,
): [subject: string, step: string][] {
  const wants = (kind: DeviceKind) => device.kinds.includes(kind);
  const after = <One extends { heardAt: Instant; saidAt: Instant; sample: boolean }>(one: One) =>
    isNews(one) && one.heardAt >= device.at;
  const steps: [string, string][] = [];
  if (wants('urgent')) for (const one of urgent) if (after(one)) steps.push([one.id, 'first']);
  if (wants('regulated')) for (const one of regulated) if (after(one)) steps.push([one.id, 'first'], ...late(one));
  if (wants('assigned'))
    for (const { seq, at, mentionId, by, to } of given)
      if (at >= device.at && isSame(to, device.person) && !isSame(by, device.person))
        steps.push([mentionId, `assigned-${seq}`]);
  return steps;
}

const late = (one: { id: string; late: boolean }): [string, string][] => (one.late ? [[one.id, 'late-0']] : []);

/** What a step tells of. */
export function kindOf(step: string, regulated: boolean): DeviceKind {
  if (step.startsWith('assigned-')) return 'assigned';
  return regulated ? 'regulated' : 'urgent';
}

/** When a device may be told, at the earliest. */
export function tellAt(now: Instant, { quiet }: Pick<Device, 'quiet'>, kind: DeviceKind): Instant {
  return kind !== 'assigned' && quiet.urgentAtOnce ? now : nextSending(now, quiet);
}

export function deviceMessage(
  { lang }: Pick<Device, 'lang'>,
  what: { mentionId: string; kind: DeviceKind; late: boolean; problemType: string },
): DeviceMessage {
  const words = WORDS[lang];
  const head = what.late ? words.late : words[what.kind];
  return {
    title: what.problemType === '' ? head : words.about(head, what.problemType),
    body: words.case(what.mentionId),
    tag: what.mentionId,
    at: `./#/all/${what.mentionId}`,
    lang,
  };
}

/** Told when a device is added, and when somebody wants to see whether it works. */
export function tryMessage({ lang }: Pick<Device, 'lang'>): DeviceMessage {
  const { works, from } = WORDS[lang];
  return { title: works, body: from, tag: 'try', at: './#/urgent', lang };
}

interface Words extends Record<DeviceKind, string> {
  late: string;
  about(head: string, problemType: string): string;
  case(id: string): string;
  works: string;
  from: string;
}

const WORDS: Record<DeviceLanguage, Words> = {
  en: {
    urgent: 'Urgent',
    assigned: 'Assigned to you',
    regulated: 'Regulated lane',
    late: 'Answer overdue',
    about: (head, type) => `${head}: ${type}`,
    case: (id) => `Case ${id}`,
    works: 'Notifications work',
    from: 'This device will be told.',
  },
  'zh-Hans': {
    urgent: '紧急',
    assigned: '已分配给您',
    regulated: '受监管通道',
    late: '已超过应答期限',
    about: (head, type) => `${head}：${type}`,
    case: (id) => `编号 ${id}`,
    works: '通知已可用',
    from: '有事时会通知此设备。',
  },
  'zh-Hant': {
    urgent: '緊急',
    assigned: '已指派給您',
    regulated: '受監管通道',
    late: '已超過回覆期限',
    about: (head, type) => `${head}：${type}`,
    case: (id) => `編號 ${id}`,
    works: '通知已可使用',
    from: '有事時會通知此裝置。',
  },
};
