import type { EditedReply } from '../../core/ports.ts';
import type { Engine } from '../engine.ts';
import { repliesFromTemplates } from './template-replies.ts';

/** Of the last `among` replies, those in a person's words, beside the draft of a template that they began as. */
export async function editedReplies(engine: Engine, among: number): Promise<EditedReply[]> {
  const rows = await repliesFromTemplates(engine, among)
    .whereRef('draft.revision', '<', 'approval.revision')
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
