import { sql } from 'kysely';
import type { ApprovalCount, CorrectionCount, FigureStore, FirstAnswer } from '../../core/figures.ts';
import type { Instant } from '../../core/nouns.ts';
import type { Engine } from '../engine.ts';

/** What reports count, over any engine. What each function promises stands in `core/figures.ts`. */
export function figureStore(engine: Engine): FigureStore {
  return {
    firstAnswers: (from, to) => firstAnswers(engine, from, to),
    approvalCounts: (from, to) => approvalCounts(engine, from, to),
    correctionCounts: (from, to) => correctionCounts(engine, from, to),
  };
}

async function firstAnswers({ read }: Engine, from: Instant, to: Instant): Promise<FirstAnswer[]> {
  const inTime = read
    .selectFrom('receipt')
    .select((e) => ['mention_id', e.fn.min('posted_at').as('at')])
    .where('posted_at', '>=', from)
    .where('posted_at', '<', to)
    .groupBy('mention_id')
    .as('answer');
  const rows = await read
    .selectFrom(inTime)
    .innerJoin('mention', 'mention.id', 'answer.mention_id')
    .select(['mention.problem_type', 'mention.source', 'mention.lang', 'mention.heard_at', 'answer.at'])
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('receipt as earlier')
            .select('earlier.key')
            .whereRef('earlier.mention_id', '=', 'answer.mention_id')
            .where('earlier.posted_at', '<', from),
        ),
      ),
    )
    .orderBy('answer.at')
    .orderBy('mention.no')
    .execute();
  return rows.map(({ problem_type, source, lang, heard_at, at }) => ({
    problemType: problem_type,
    source,
    lang,
    heardAt: Number(heard_at),
    answeredAt: Number(at),
  }));
}

async function approvalCounts({ read }: Engine, from: Instant, to: Instant): Promise<ApprovalCount[]> {
  const rows = await read
    .selectFrom('approval')
    .innerJoin('mention', 'mention.id', 'approval.mention_id')
    .leftJoin('draft', (join) =>
      join.onRef('draft.mention_id', '=', 'approval.mention_id').onRef('draft.revision', '=', 'approval.revision'),
    )
    .leftJoin('incident_reply', 'incident_reply.key', 'approval.key')
    .select((e) => [
      'mention.problem_type',
      'mention.lang',
      e.fn.countAll<number>().as('approved'),
      sql<number>`sum(case when draft.by <> 'earshot' then 1 else 0 end)`.as('edited'),
      sql<number>`sum(case when incident_reply.key is not null then 1 else 0 end)`.as('in_incident'),
    ])
    .where('approval.approved_at', '>=', from)
    .where('approval.approved_at', '<', to)
    .where('approval.state', '<>', 'void')
    .groupBy(['mention.problem_type', 'mention.lang'])
    .orderBy('mention.problem_type')
    .orderBy('mention.lang')
    .execute();
  return rows.map(({ problem_type, lang, approved, edited, in_incident }) => ({
    problemType: problem_type,
    lang,
    approved: Number(approved),
    edited: Number(edited),
    inIncident: Number(in_incident),
  }));
}

async function correctionCounts({ read }: Engine, from: Instant, to: Instant): Promise<CorrectionCount[]> {
  const ofMention = read
    .selectFrom('correction')
    .select((e) => [e.fn.min('no').as('first'), e.fn.max('no').as('last')])
    .where('at', '>=', from)
    .where('at', '<', to)
    .groupBy('mention_id')
    .as('of_mention');
  const rows = await read
    .selectFrom(ofMention)
    .innerJoin('correction as begin', 'begin.no', 'of_mention.first')
    .innerJoin('correction as end', 'end.no', 'of_mention.last')
    .select((e) => ['begin.from_type', 'end.to_type', e.fn.countAll<number>().as('count')])
    .groupBy(['begin.from_type', 'end.to_type'])
    .orderBy('count', 'desc')
    .orderBy('begin.from_type')
    .orderBy('end.to_type')
    .execute();
  return rows.map(({ from_type, to_type, count }) => ({ from: from_type, to: to_type, count: Number(count) }));
}
