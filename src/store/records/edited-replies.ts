import type { EditedReply } from '../../core/ports.ts';
import type { Engine } from '../engine.ts';

/** Of the last `among` replies, those in a person's words, beside the draft of a template that they began as. */
export async function editedReplies(engine: Engine, among: number): Promise<EditedReply[]> {
  const last = engine.read
    .selectFrom('approval')
    .select(['key', 'mention_id', 'revision', 'text', 'approver', 'approved_at'])
    .where('state', '!=', 'void')
    .orderBy('approved_at', 'desc')
    .limit(among)
    .as('approval');
  const rows = await engine.read
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
    .whereRef('draft.revision', '<', 'approval.revision')
    .where((e) =>
      e.not(e.exists(e.selectFrom('incident_reply').select('key').whereRef('incident_reply.key', '=', 'approval.key'))),
    )
    .select([
      'approval.mention_id',
      'approval.text as after',
      'approval.approver',
      'approval.approved_at',
      'draft.text as before',
      'draft.lang',
      'draft.template_json',
    ])
    .orderBy('approval.approved_at', 'desc')
    .orderBy('approval.mention_id')
    .execute();
  return rows.map(({ mention_id, after, before, lang, approver, approved_at, template_json }) => {
    const { id, version } = JSON.parse(template_json as string) as EditedReply['template'];
    return {
      ...{ mentionId: mention_id, template: { id, version }, lang: lang as EditedReply['lang'] },
      ...{ before, after, by: approver, at: Number(approved_at) },
    };
  });
}
