import { type ClaimedWork, workOnClaims } from '../../core/claimed-work.ts';
import type { Draft, MentionId } from '../../core/nouns.ts';
import type { ClaimedRow, Store, TemplateBook } from '../../core/ports.ts';

export interface DraftRun extends ClaimedWork {
  store: Pick<Store, 'claim' | 'saveDrafts'>;
  templates: Pick<TemplateBook, 'draft'>;
}

/**
 * Drafts a reply to everything that was assessed, until nothing is left or a stop is asked for. Where no template fits, or
 * drafting breaks, the mention keeps the reason as its trouble, for the person who takes over, and stops no other.
 *
 * @returns how many were handled
 */
export function runDraft(run: DraftRun): Promise<number> {
  return workOnClaims(
    'draft',
    run,
    (row) => draftOne(run, row),
    (drafted) => run.store.saveDrafts(drafted),
  );
}

type Drafted = { id: MentionId; version: number; draft?: Draft; trouble?: string };

function draftOne({ templates, clock, log }: DraftRun, { mention, assessment, said }: ClaimedRow): Drafted {
  const { id, version } = mention;
  if (!assessment) return { id, version, trouble: 'It was not sorted, so no template could be chosen.' };
  try {
    const draft = templates.draft(mention, assessment, clock.now(), { said });
    return 'none' in draft ? { id, version, trouble: draft.none } : { id, version, draft };
  } catch (error) {
    log.warn('drafting broke', { mention: id, error: String(error) });
    return { id, version, trouble: 'Drafting failed. Please write the reply yourself.' };
  }
}
