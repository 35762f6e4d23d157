import type { Alert } from '../core/alerts.ts';
import { cover, type FindPersonal, personalOf } from '../core/cover.ts';
import type { Incident } from '../core/incidents.ts';
import type { Instant } from '../core/nouns.ts';
import type { Case } from '../core/ports.ts';
import type { AlertSettings } from './settings.ts';

/** What is sent: what whoever gets it needs, and nothing more. No author, and personal data covered. */
export interface AlertMessage {
  id: string;
  kind: Alert['kind'];
  step: string;
  subject: string;
  problemType: string;
  priority?: string;
  platform?: string;
  place?: string;
  /** ISO 8601. */
  saidAt?: string;
  dueAt?: string;
  /** The mention's words, covered and cut. */
  text?: string;
  mentions?: number;
  /** Where to look, and where to say "I have it", where somebody should. */
  link: string;
  acknowledge?: string;
  /** A line and a few lines for people. */
  title: string;
  body: string;
}

const TEXT_MAX = 400;

export function aboutMention(
  alert: Alert,
  found: Case,
  due: Instant | undefined,
  settings: AlertSettings,
  find: FindPersonal,
): AlertMessage {
  const { mention, assessment } = found;
  const covered = cover(mention.text, personalOf(found, find));
  const text = covered.length > TEXT_MAX ? `${[...covered].slice(0, TEXT_MAX).join('')}…` : covered;
  return finish(settings, {
    ...headOf(alert, settings, `#/all/${mention.id}`),
    problemType: assessment?.problemType ?? '',
    ...(assessment && { priority: assessment.priority }),
    platform: mention.platform,
    ...(mention.place && { place: mention.place }),
    saidAt: new Date(mention.saidAt).toISOString(),
    ...(due !== undefined && { dueAt: new Date(due).toISOString() }),
    text,
  });
}

export function aboutIncident(
  alert: Alert,
  incident: Incident,
  mentions: number,
  settings: AlertSettings,
): AlertMessage {
  return finish(settings, {
    ...headOf(alert, settings, `#/incidents/${incident.id}`),
    problemType: incident.problemType,
    mentions,
  });
}

function headOf({ id, kind, step, subject, token }: Alert, { origin }: AlertSettings, hash: string) {
  const acknowledge = `${origin}/alerts/acknowledge?token=${encodeURIComponent(token)}`;
  return { id, kind, step, subject, link: `${origin}/${hash}`, acknowledge };
}

type Facts = Omit<AlertMessage, 'title' | 'body'>;

function finish({ language }: AlertSettings, facts: Facts): AlertMessage {
  const words = WORDS[language];
  const step = words.step(facts.step);
  const title = [step, facts.kind === 'incident' ? words.incident : undefined, facts.problemType]
    .filter(Boolean)
    .join(' · ');
  const where = [facts.platform, facts.place].filter(Boolean).join(' · ');
  const lines = [
    where,
    facts.saidAt && `${words.said}: ${facts.saidAt}`,
    facts.dueAt && `${words.due}: ${facts.dueAt}`,
    facts.mentions !== undefined && words.mentions(facts.mentions),
    facts.text,
    `${words.look}: ${facts.link}`,
    `${words.have}: ${facts.acknowledge}`,
  ];
  return { ...facts, title, body: lines.filter(Boolean).join('\n') };
}

interface Words {
  step(step: string): string;
  incident: string;
  said: string;
  due: string;
  mentions(n: number): string;
  look: string;
  have: string;
}

const WORDS: Record<AlertSettings['language'], Words> = {
  en: {
    step: (step) =>
      step === 'first'
        ? 'New'
        : step.startsWith('before')
          ? 'Answer due soon'
          : step.startsWith('late')
            ? 'Answer overdue'
            : 'Nobody has acknowledged this',
    incident: 'incident',
    said: 'Said',
    due: 'Answer by',
    mentions: (n) => `${n} mentions`,
    look: 'Look at it',
    have: 'I have it',
  },
  'zh-Hans': {
    step: (step) =>
      step === 'first'
        ? '新'
        : step.startsWith('before')
          ? '即将到期'
          : step.startsWith('late')
            ? '已超时'
            : '尚无人确认',
    incident: '事件',
    said: '发布时间',
    due: '应答期限',
    mentions: (n) => `${n} 条提及`,
    look: '查看',
    have: '我来处理',
  },
  'zh-Hant': {
    step: (step) =>
      step === 'first'
        ? '新'
        : step.startsWith('before')
          ? '即將到期'
          : step.startsWith('late')
            ? '已逾時'
            : '尚無人確認',
    incident: '事件',
    said: '發布時間',
    due: '回覆期限',
    mentions: (n) => `${n} 條提及`,
    look: '檢視',
    have: '我來處理',
  },
};
