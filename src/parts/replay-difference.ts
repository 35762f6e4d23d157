import { type Assessment, type Draft, LIKELY_SCAM, type MentionId } from '../core/nouns.ts';

/** What is made of one mention: how it is sorted, and the draft, where there is one. */
export interface Outcome {
  assessment: Assessment;
  draft: Pick<Draft, 'text' | 'template'> | undefined;
}

/** One mention before and after the change. */
export interface Replayed {
  id: MentionId;
  before: Outcome;
  after: Outcome;
}

export interface Step {
  from: string;
  to: string;
  n: number;
}

/** What a change would do to the mentions it was tried on. */
export interface Difference {
  mentions: number;
  /** Per problem type: how many would get it, and how many would lose it. */
  types: { type: string; gained: number; lost: number }[];
  retagged: { n: number; steps: Step[] };
  priority: { n: number; steps: Step[]; noLongerUrgent: number; newlyUrgent: number };
  unsure: { gained: number; lost: number };
  scam: { gained: number; lost: number };
  drafts: { changed: number; otherTemplate: number; gained: number; lost: number };
  /** The mentions that change, most serious first. */
  changed: MentionChange[];
}

export interface MentionChange {
  id: MentionId;
  problemType?: [from: string, to: string];
  priority?: [from: string, to: string];
  template?: [from: string | null, to: string | null];
  /** True also where the template stays and its words change. */
  draft: boolean;
  /** The words of the draft, where they change; null where there is none. */
  words?: [from: string | null, to: string | null];
}

/** Counts what differs between the outcomes before and after a change. */
export function differenceOf(replayed: readonly Replayed[]): Difference {
  const changes = replayed.flatMap((one) => changeOf(one) ?? []);
  const retagged = stepsOf(changes.flatMap(({ problemType }) => (problemType ? [problemType] : [])));
  const moved = stepsOf(changes.flatMap(({ priority }) => (priority ? [priority] : [])));
  const both = (says: (outcome: Outcome) => boolean) => ({
    gained: replayed.filter(({ before, after }) => !says(before) && says(after)).length,
    lost: replayed.filter(({ before, after }) => says(before) && !says(after)).length,
  });
  const urgent = both(({ assessment }) => assessment.priority === 'urgent');
  return {
    mentions: replayed.length,
    types: typesOf(retagged),
    retagged: { n: sum(retagged), steps: retagged },
    priority: { n: sum(moved), steps: moved, newlyUrgent: urgent.gained, noLongerUrgent: urgent.lost },
    unsure: both(({ assessment }) => assessment.unsure),
    scam: both(({ assessment }) => assessment.scam >= LIKELY_SCAM),
    drafts: {
      changed: changes.filter(({ draft }) => draft).length,
      otherTemplate: changes.filter(({ template }) => template?.[0] && template[1]).length,
      ...both(({ draft }) => draft !== undefined),
    },
    changed: changes.sort((one, other) => seriousness(other) - seriousness(one)),
  };
}

function changeOf({ id, before, after }: Replayed): MentionChange | undefined {
  const [was, is] = [before.assessment, after.assessment];
  const templates = [before.draft?.template?.id ?? null, after.draft?.template?.id ?? null] as const;
  const draft = before.draft?.text !== after.draft?.text;
  const change: MentionChange = {
    id,
    ...(was.problemType !== is.problemType && { problemType: [was.problemType, is.problemType] }),
    ...(was.priority !== is.priority && { priority: [was.priority, is.priority] }),
    ...(templates[0] !== templates[1] && { template: [...templates] }),
    draft,
    ...(draft && { words: [before.draft?.text ?? null, after.draft?.text ?? null] }),
  };
  return draft || change.problemType || change.priority ? change : undefined;
}

/** What a person should look at first: a mention that would not be urgent any more, then one that would be. */
function seriousness({ priority, problemType, template }: MentionChange): number {
  if (priority?.[0] === 'urgent') return 4;
  if (priority?.[1] === 'urgent') return 3;
  return problemType ? 2 : template ? 1 : 0;
}

function stepsOf(pairs: readonly (readonly [string, string])[]): Step[] {
  const counts = new Map<string, Step>();
  for (const [from, to] of pairs) {
    const step = counts.get(`${from} ${to}`) ?? { from, to, n: 0 };
    counts.set(`${from} ${to}`, { ...step, n: step.n + 1 });
  }
  return [...counts.values()].sort((a, b) => b.n - a.n || (a.from + a.to < b.from + b.to ? -1 : 1));
}

function typesOf(steps: readonly Step[]): Difference['types'] {
  const types = [...new Set(steps.flatMap(({ from, to }) => [from, to]))].sort();
  return types.map((type) => ({
    type,
    gained: sum(steps.filter(({ to }) => to === type)),
    lost: sum(steps.filter(({ from }) => from === type)),
  }));
}

const sum = (steps: readonly Step[]) => steps.reduce((total, { n }) => total + n, 0);
