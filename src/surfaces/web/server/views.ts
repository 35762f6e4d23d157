import type * as z from 'zod';
import { STATES, WAITING } from '../../../core/moves.ts';
import { LIKELY_SCAM, type State } from '../../../core/nouns.ts';
import type { Counts, QueueQuery } from '../../../core/ports.ts';
import type { CountsAnswer, QueueQueryShape, View } from '../api.ts';

/** Escalated mentions wait too, for somebody else: they are listed, and not counted as urgent work of the inbox. */
const WAITING_FOR_ANYBODY: readonly State[] = [...WAITING, 'escalated'];
const DONE: readonly State[] = ['posted', 'dismissed'];
const ALL = STATES.filter((state) => state !== 'erased');
const OPEN = ALL.filter((state) => !DONE.includes(state));

/** What comes by itself: snoozed mentions, and approved replies that wait for their time. */
const LATER: readonly State[] = ['snoozed', 'approved'];

/** What each view of the inbox shows. The same as `viewCounts` counts. */
const VIEW_QUERIES: Record<View, (me: string) => Partial<QueueQuery>> = {
  urgent: () => ({ states: WAITING, priorities: ['urgent'] }),
  waiting: () => ({ states: WAITING_FOR_ANYBODY }),
  mine: (me) => ({ states: OPEN, assignee: me }),
  'by-hand': () => ({ states: ['by-hand'] }),
  scam: () => ({ states: WAITING, scamAtLeast: LIKELY_SCAM }),
  later: () => ({ states: LATER }),
  done: () => ({ states: DONE, order: 'newest' }),
  all: () => ({ states: ALL, order: 'newest' }),
};

export function queueQuery(
  asked: z.output<typeof QueueQueryShape>,
  me: string,
  types: readonly { id: string; lane: string }[],
): QueueQuery {
  const { view, search, source, lang, unsure, cameBack, removed, order, after, limit } = asked;
  const base = VIEW_QUERIES[view](me);
  const problemType = typesAsked(asked, types);
  const assignee = asked.assignee === undefined ? undefined : assigneeAsked(asked.assignee, me);
  // What the view asks for already narrows it: "mine" of somebody else is nothing.
  const nothing =
    problemType?.length === 0 || (base.assignee !== undefined && assignee !== undefined && base.assignee !== assignee);
  return {
    order: 'urgency',
    ...base,
    ...(nothing && { states: [] }),
    ...(assignee !== undefined && { assignee }),
    ...(search && { search: search.toWellFormed() }),
    ...(problemType && problemType.length > 0 && { problemTypes: problemType }),
    ...(source && { sources: source }),
    ...(lang && { langs: lang }),
    ...(unsure && { unsure: unsure === 'true' }),
    ...(cameBack && { cameBack: true as const }),
    ...(removed && { removed: true as const }),
    ...(order && { order }),
    ...(after && { after }),
    limit,
  };
}

/** Of a lane are the problem types that it has now. */
function typesAsked(
  { problemType, lane }: Pick<z.output<typeof QueueQueryShape>, 'problemType' | 'lane'>,
  types: readonly { id: string; lane: string }[],
): string[] | undefined {
  if (lane === undefined) return problemType;
  const inLane = types.filter((type) => type.lane === lane).map(({ id }) => id);
  return problemType ? inLane.filter((id) => problemType.includes(id)) : inLane;
}

/** Null: nobody. */
function assigneeAsked(asked: string, me: string): string | null {
  if (asked === 'me') return me;
  return asked === 'nobody' ? null : asked.replace(/^@/, '');
}

export function viewCounts(counts: Counts, me: string): CountsAnswer {
  const sum = (states: readonly State[]) => states.reduce((total, state) => total + (counts.byState[state] ?? 0), 0);
  return {
    urgent: counts.urgent,
    waiting: sum(WAITING_FOR_ANYBODY),
    mine: counts.byAssignee[me] ?? 0,
    byHand: sum(['by-hand']),
    scam: counts.scam,
    later: sum(LATER),
    done: sum(DONE),
    sample: counts.sample,
  };
}
