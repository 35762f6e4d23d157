import type { TemplateUse } from './template-use.ts';

/** Where a reply goes out: what people think of a template may differ from one of these to the next. */
export interface UsedAt {
  problemType: string;
  /** Of the reply. */
  lang: string;
  platform: string;
}

/** How people took to a template's drafts. */
export interface TemplateRate {
  approved: number;
  unedited: number;
  /**
   * The share that goes out as it is, as low as 95 of 100 samples of this size leave possible. By it templates are compared:
   * three of three say less than 40 of 44.
   */
  atLeast: number;
  /** What it was counted over: replies like this one, those about this problem type in this language, or all. */
  over: 'here' | 'type' | 'all';
}

/** With fewer replies than this, a wider count says more. */
const ENOUGH = 5;
/** Of the normal distribution, for 95 of 100. */
const Z = 1.96;

/** The lower end of Wilson's interval for a share; 0 where there is no sample. */
export function surelyAtLeast(hits: number, of: number): number {
  if (of === 0) return 0;
  const share = hits / of;
  const spread = Z * Math.sqrt((share * (1 - share) + (Z * Z) / (4 * of)) / of);
  return Math.max(0, (share + (Z * Z) / (2 * of) - spread) / (1 + (Z * Z) / of));
}

/**
 * The rate of a template for a reply: over the same problem type, language and platform where there are enough such
 * replies, else over the same type and language, else over all. Undefined: nothing of it was ever approved.
 */
export function rateFor(uses: readonly TemplateUse[], id: string, at?: Partial<UsedAt>): TemplateRate | undefined {
  const own = uses.filter(({ template }) => template === id);
  const ofType = own.filter(({ problemType, lang }) => problemType === at?.problemType && lang === at.lang);
  const here = ofType.filter(({ platform }) => platform === at?.platform);
  for (const [over, some] of [
    ['here', here],
    ['type', ofType],
  ] as const) {
    if (countOf(some, 'approved') >= ENOUGH) return rateOf(some, over);
  }
  return countOf(own, 'approved') > 0 ? rateOf(own, 'all') : undefined;
}

/**
 * The same templates, for each problem type the best rated first. Types stay in the order in which they come; templates
 * that were never approved stay behind the others, in theirs.
 */
export function bestFirst<T extends { id: string }>(
  templates: readonly T[],
  uses: readonly TemplateUse[],
  at?: Partial<UsedAt>,
): T[] {
  const rated = templates.map((template) => ({ template, rate: rateFor(uses, template.id, at)?.atLeast ?? -1 }));
  const byType = Map.groupBy(rated, ({ template }) => template.id.split('/')[0]);
  return [...byType.values()].flatMap((some) =>
    some.toSorted((one, other) => other.rate - one.rate).map(({ template }) => template),
  );
}

function countOf(uses: readonly TemplateUse[], what: 'approved' | 'unedited'): number {
  return uses.reduce((sum, use) => sum + use[what], 0);
}

function rateOf(uses: readonly TemplateUse[], over: TemplateRate['over']): TemplateRate {
  const [approved, unedited] = [countOf(uses, 'approved'), countOf(uses, 'unedited')];
  return { approved, unedited, atLeast: surelyAtLeast(unedited, approved), over };
}
