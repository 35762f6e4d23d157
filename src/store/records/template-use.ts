import { sql } from 'kysely';
import type { TemplateUse } from '../../core/ports.ts';
import type { Engine } from '../engine.ts';
import { repliesFromTemplates } from './template-replies.ts';

/** So many replies say what a template is worth today; all of a large installation would take seconds to count. */
const LAST = 5_000;

/** For each reply that was not voided: the template of its draft, or of the last one before somebody edited it. */
export async function templateUse(engine: Engine): Promise<TemplateUse[]> {
  const rows = await repliesFromTemplates(engine, LAST)
    .select((e) => [
      'draft.template_json',
      e.fn.countAll<number>().as('approved'),
      sql<number>`sum(case when draft.revision = approval.revision then 1 else 0 end)`.as('unedited'),
    ])
    .groupBy('draft.template_json')
    .orderBy('draft.template_json')
    .execute();
  return rows.map(({ template_json, approved, unedited }) => ({
    template: JSON.parse(template_json as string) as TemplateUse['template'],
    approved: Number(approved),
    unedited: Number(unedited),
  }));
}
