import { type ClaimedWork, workOnClaims } from '../../core/claimed-work.ts';
import type { Assessment, Instant, MentionId } from '../../core/nouns.ts';
import type { ClaimedRow, Classifier, Store } from '../../core/ports.ts';

export interface ClassifyRun extends ClaimedWork {
  store: Pick<Store, 'claim' | 'saveAssessments'>;
  classifier: Classifier;
}

/**
 * Assesses everything that was heard, until nothing is left or a stop is asked for. A mention that breaks the classifier
 * is marked unsure, for a person, and stops no other.
 *
 * @returns how many were assessed
 */
export function runClassify(run: ClassifyRun): Promise<number> {
  return workOnClaims(
    'classify',
    run,
    (row) => assess(run, row),
    (assessed) => run.store.saveAssessments(assessed),
  );
}

type Assessed = { id: MentionId; version: number; assessment: Assessment };

function assess({ classifier, clock, log }: ClassifyRun, { mention }: ClaimedRow): Assessed {
  const { id, version, text, author, langHint } = mention;
  const { handle, name } = author;
  const now = clock.now();
  try {
    const by = { ...(handle !== undefined && { handle }), ...(name !== undefined && { name }) };
    const assessment = classifier.classify({ text, author: by, ...(langHint !== undefined && { langHint }) }, now);
    return { id, version, assessment };
  } catch (error) {
    log.warn('classifier broke', { mention: id, error: String(error) });
    return { id, version, assessment: unsorted(classifier.version, now) };
  }
}

/** An honest "do not know", which puts the mention before a person. */
function unsorted(classifier: string, at: Instant): Assessment {
  return {
    problemType: 'other',
    confidence: 0,
    unsure: true,
    others: [],
    priority: 'normal',
    priorityReasons: ['Could not be sorted by machine. Please read it.'],
    lang: 'other',
    sentiment: 'neutral',
    scam: 0,
    scamReasons: [],
    personal: [],
    evidence: [],
    classifier,
    at,
  };
}
