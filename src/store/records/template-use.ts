import { sql } from 'kysely';
import type { TemplateUse } from '../../core/ports.ts';
import type { Engine } from '../engine.ts';
import { repliesFromTemplates } from './template-replies.ts';

/** So many replies say what a template is worth today; all of a large installation would take seconds to count. */
const LAST = 5_000;

/** For each reply that was not voided: the template of its draft, or of the last one before somebody edited it. */
export async function templateUse(engine: Engine): Promise<TemplateUse[]> {
  const rows = await repliesFromTemplates(engine, LAST)
    .innerJoin('mention', 'mention.id', 'approval.mention_id')
    .select((e) => [
      'draft.template_json',
      'draft.lang',
      'mention.problem_type',
      'mention.platform',
      e.fn.countAll<number>().as('approved'),
      sql<number>`sum(case when draft.revision = approval.revision then 1 else 0 end)`.as('unedited'),
    ])
    .groupBy(['draft.template_json', 'draft.lang', 'mention.problem_type', 'mention.platform'])
    .execute();
  const uses = new Map<string, TemplateUse>();
  for (const { template_json, lang, problem_type: problemType, platform, ...counts } of rows) {
    const { id: template } = JSON.parse(template_json as string) as { id: string };
    const key = [template, problemType, lang, platform].join(' ');
    const use = uses.get(key) ?? { template, problemType, lang, platform, approved: 0, unedited: 0 };
    use.approved += Number(counts.approved);
    use.unedited += Number(counts.unedited);
    uses.set(key, use);
  }
  return [...uses].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, use]) => use);
}
