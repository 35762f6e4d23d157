import { pick } from './said.ts';

const FIRST = [
  'lena',
  'kim',
  'marco',
  'yuchen',
  'xiaolu',
  'nils',
  'amara',
  'jiahao',
  'tangyuan',
  'priya',
  'wen',
  'otto',
];
/** Nobody real is meant: every handle says so. */
const SECOND = ['_demo', 'demo', '_demo2', '_demo_8', '_madeup', '_unreal', 'notreal'];
const SHOWN: Record<string, readonly string[]> = {
  en: ['Lena', 'Marco D.', 'Kim', 'Amara', 'Nils on a bike', 'Priya K.'],
  zh: ['小鹿', '雨辰', '汤圆不甜', '老王的猫', '阿文', '嘉豪'],
};

/** An invented handle: none is anybody's. */
export function handle(random: () => number): string {
  return `${pick(FIRST, random)}${pick(SECOND, random)}`.slice(0, 15);
}

/** The name that stands beside a handle. */
export function shownName(script: string, random: () => number): string {
  return pick(SHOWN[script.slice(0, 2)] ?? ['?'], random);
}

const SWAPS: [RegExp, string][] = [
  [/O/, '0'],
  [/l|I/, '1'],
  [/Support/, 'Supp0rt'],
  [/Support/, 'Suport'],
  [/Support/, 'Help_Desk'],
];

/** A handle that looks like ours at a glance, in letters that handles may have. */
export function lookAlike(ours: string, random: () => number): string {
  const [from, to] = pick(
    SWAPS.filter(([pattern]) => pattern.test(ours)),
    random,
  ) ?? [/$/, '_'];
  return ours.replace(from, to).slice(0, 15);
}
