import type { Figures } from './figures.ts';

export type DigestLanguage = 'en' | 'zh-Hans' | 'zh-Hant';

/** What is so when the digest is written, whatever the week was. */
export interface DigestNow {
  /** Mentions that wait for a person. */
  waiting?: { n: number; urgent: number };
  /** Help articles past the day of their check. */
  overdue?: readonly { title: string; owner: string }[];
}

/** A week in a few lines, for a channel or a mailbox. It holds numbers and names of problem types, and nothing of anybody. */
export function digestOf(
  { from, to, totals, before, answers, decisions, quality, incidents, rows, spending }: Figures,
  language: DigestLanguage,
  titleOf: (problemType: string) => string,
  { waiting, overdue = [] }: DigestNow = {},
): { title: string; body: string } {
  const w = WORDS[language];
  const number = new Intl.NumberFormat(language).format;
  const percent = new Intl.NumberFormat(language, { style: 'percent', signDisplay: 'exceptZero' }).format;
  const usd = new Intl.NumberFormat(language, { style: 'currency', currency: 'USD' }).format;
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const change = before.totals.heard > 0 ? ` (${percent(totals.heard / before.totals.heard - 1)})` : '';
  const top = mostHeard(rows).map(([type, count]) => `${type ? titleOf(type) : w.unsorted} ${number(count)}`);
  const [mixed] = quality.mixedUp;
  const lines = [
    w.volume(number(totals.heard) + change, number(totals.posted), number(totals.dismissed)),
    top.length > 0 && w.top(top.join(w.comma)),
    answers.medianMs !== undefined && w.waits(waited(answers.medianMs, language), waited(answers.p90Ms ?? 0, language)),
    waiting !== undefined && w.waiting(number(waiting.n), number(waiting.urgent)),
    answers.withTarget > 0 && w.inTime(number(answers.within), number(answers.withTarget)),
    decisions.approved > 0 && w.asDrafted(number(decisions.approved - decisions.edited), number(decisions.approved)),
    quality.decided > 0 && w.corrected(number(quality.corrected), number(quality.decided)),
    mixed && w.mixed(titleOf(mixed.from), titleOf(mixed.to), number(mixed.count)),
    totals.solved + totals.unsolved > 0 && w.solved(number(totals.solved), number(totals.solved + totals.unsolved)),
    incidents.length > 0 && w.incidents(number(incidents.length), number(incidents.filter(isOpen).length)),
    overdue.length > 0 && w.overdue(overdue.map(({ title, owner }) => w.owned(title, owner)).join(w.comma)),
    ...spending.map(({ name, spentUsd, budgetUsd }) => w.spent(name, usd(spentUsd), usd(budgetUsd))),
  ];
  return { title: w.title(days.formatRange(from, to - 1)), body: lines.filter(Boolean).join('\n') };
}

const TOP = 3;

function mostHeard(rows: Figures['rows']): [string, number][] {
  const sums = new Map<string, number>();
  for (const { problemType, heard } of rows) sums.set(problemType, (sums.get(problemType) ?? 0) + heard);
  return [...sums]
    .filter(([, heard]) => heard > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, TOP);
}

const isOpen = ({ closedAt }: Figures['incidents'][number]) => closedAt === undefined;

function waited(ms: number, language: DigestLanguage): string {
  const minutes = ms / 60_000;
  const [value, unit] =
    minutes < 60 ? [minutes, 'minute'] : minutes < 2880 ? [minutes / 60, 'hour'] : [minutes / 1440, 'day'];
  const maximumFractionDigits = unit === 'minute' ? 0 : 1;
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits }).format(
    value,
  );
}

interface Words {
  comma: string;
  unsorted: string;
  title(days: string): string;
  volume(heard: string, posted: string, dismissed: string): string;
  top(list: string): string;
  waits(median: string, p90: string): string;
  waiting(n: string, urgent: string): string;
  inTime(n: string, of: string): string;
  asDrafted(n: string, of: string): string;
  corrected(n: string, of: string): string;
  mixed(from: string, to: string, n: string): string;
  solved(n: string, of: string): string;
  incidents(n: string, open: string): string;
  overdue(list: string): string;
  owned(title: string, owner: string): string;
  spent(name: string, spent: string, budget: string): string;
}

const WORDS: Record<DigestLanguage, Words> = {
  en: {
    comma: ', ',
    unsorted: 'Not sorted',
    title: (days) => `The week ${days}`,
    volume: (heard, posted, dismissed) => `Heard ${heard}, answered ${posted}, dismissed ${dismissed}`,
    top: (list) => `Most heard: ${list}`,
    waits: (median, p90) => `First answer: half within ${median}, nine of ten within ${p90}`,
    waiting: (n, urgent) => `Waiting now: ${n}, ${urgent} of them urgent`,
    inTime: (n, of) => `In time: ${n} of ${of}`,
    asDrafted: (n, of) => `Approved as drafted: ${n} of ${of}`,
    corrected: (n, of) => `Sorted otherwise by people: ${n} of ${of}`,
    mixed: (from, to, n) => `Most often “${from}” was really “${to}”: ${n}`,
    solved: (n, of) => `Solved, say their authors: ${n} of ${of}`,
    incidents: (n, open) => `Incidents: ${n}, ${open} still open`,
    overdue: (list) => `Help articles past the day of their check: ${list}`,
    owned: (title, owner) => `${title} (${owner})`,
    spent: (name, spent, budget) => `${name}: ${spent} of ${budget} spent this month`,
  },
  'zh-Hans': {
    comma: '、',
    unsorted: '未分类',
    title: (days) => `一周报告 ${days}`,
    volume: (heard, posted, dismissed) => `听到 ${heard}，已回复 ${posted}，已忽略 ${dismissed}`,
    top: (list) => `最多的问题：${list}`,
    waits: (median, p90) => `首次回复：半数在 ${median} 内，九成在 ${p90} 内`,
    waiting: (n, urgent) => `目前待处理 ${n}，其中紧急 ${urgent}`,
    inTime: (n, of) => `按时回复：${of} 条中的 ${n} 条`,
    asDrafted: (n, of) => `未改动即批准：${of} 条中的 ${n} 条`,
    corrected: (n, of) => `由人更正分类：${of} 条中的 ${n} 条`,
    mixed: (from, to, n) => `最常见的误判：“${from}”实际是“${to}”，${n} 条`,
    solved: (n, of) => `用户表示已解决：${of} 条中的 ${n} 条`,
    incidents: (n, open) => `事件 ${n} 起，其中 ${open} 起进行中`,
    overdue: (list) => `已过检查日期的帮助文章：${list}`,
    owned: (title, owner) => `${title}（${owner}）`,
    spent: (name, spent, budget) => `${name}：本月已花费 ${spent}，预算 ${budget}`,
  },
  'zh-Hant': {
    comma: '、',
    unsorted: '未分類',
    title: (days) => `一週報告 ${days}`,
    volume: (heard, posted, dismissed) => `聽到 ${heard}，已回覆 ${posted}，已略過 ${dismissed}`,
    top: (list) => `最多的問題：${list}`,
    waits: (median, p90) => `首次回覆：半數在 ${median} 內，九成在 ${p90} 內`,
    waiting: (n, urgent) => `目前待處理 ${n}，其中緊急 ${urgent}`,
    inTime: (n, of) => `準時回覆：${of} 則中的 ${n} 則`,
    asDrafted: (n, of) => `未改動即核准：${of} 則中的 ${n} 則`,
    corrected: (n, of) => `由人更正分類：${of} 則中的 ${n} 則`,
    mixed: (from, to, n) => `最常見的誤判：「${from}」實際是「${to}」，${n} 則`,
    solved: (n, of) => `使用者表示已解決：${of} 則中的 ${n} 則`,
    incidents: (n, open) => `事件 ${n} 起，其中 ${open} 起進行中`,
    overdue: (list) => `已過檢查日期的說明文章：${list}`,
    owned: (title, owner) => `${title}（${owner}）`,
    spent: (name, spent, budget) => `${name}：本月已花費 ${spent}，預算 ${budget}`,
  },
};
