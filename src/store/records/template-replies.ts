import type { Engine } from '../engine.ts';

/**
 * The last `among` replies that were not voided, each beside the draft of the template that it began as: its own, or the
 * last one before somebody edited it. What an incident said to everybody is none.
 */
export function repliesFromTemplates(engine: Engine, among: number) {
  const last = engine.read
    .selectFrom('approval')
    .select(['key', 'mention_id', 'revision', 'text', 'approver', 'approved_at'])
    .where('state', '!=', 'void')
    .orderBy('approved_at', 'desc')
    .limit(among)
    .as('approval');
  return engine.read
    .selectFrom(last)
    .innerJoin('draft', (join) =>
      join.onRef('draft.mention_id', '=', 'approval.mention_id').on('draft.revision', '=', (e) =>
        e
          .selectFrom('draft as earlier')
          .select((f) => f.fn.max('earlier.revision').as('revision'))
          .whereRef('earlier.mention_id', '=', 'approval.mention_id')
          .whereRef('earlier.revision', '<=', 'approval.revision')
          .where('earlier.template_json', 'is not', null),
      ),
    )
    .where((e) =>
      e.not(e.exists(e.selectFrom('incident_reply').select('key').whereRef('incident_reply.key', '=', 'approval.key'))),
    );
}
