import type { Assessment, Draft, Mention, MentionId } from '../../src/core/nouns.ts';
import type { Case, Clock, Store, TemplateBook } from '../../src/core/ports.ts';
import { openReview, type Review } from '../../src/stages/review/index.ts';

export const ACCOUNT = '@acorn_help';
export const accountOf = (_: Mention): string => ACCOUNT;

/** A template book without templates, for tests that are about what comes after drafting. */
const plainBook = (): TemplateBook => ({
  draft: () => ({ none: 'There are no templates here.' }),
  version: () => undefined,
  choices: () => [],
  check: (_, __, text) => ({ checks: [], length: { used: text.length, max: 5_000 } }),
});

export interface Desk {
  review: Review;
  templates: TemplateBook;
  /** Sorts and drafts everything that was heard. */
  sortAll(leaseMs?: number): Promise<void>;
  /** Sorts and drafts everything that was heard, and approves it. Gives the ids, first heard first. */
  approveAll(by?: string): Promise<MentionId[]>;
  see(id: MentionId): Promise<Case>;
}

/** A person at a desk with the real review stage: for tests about posting, where wording does not matter. */
export function openDesk(store: Store, clock: Clock): Desk {
  const templates = plainBook();
  const parts = { store, templates, clock, accountOf, problemTypes: [] };
  const review = openReview(parts);
  const see = async (id: MentionId) => {
    const found = await store.find(id);
    if (!found) throw new Error(`no mention ${id}`);
    return found;
  };
  const sortAll = async (leaseMs = 60_000) => {
    const at = clock.now();
    const heard = await store.claim('classify', 'desk', 1_000, leaseMs, at);
    const versions = heard.map(({ mention: { id, version } }) => ({ id, version }));
    await store.saveAssessments(versions.map((row) => ({ ...row, assessment: assessment(at) })));
    const assessed = await store.claim('draft', 'desk', 1_000, leaseMs, at);
    await store.saveDrafts(
      assessed.map(({ mention }) => ({ id: mention.id, version: mention.version, draft: draft(mention, at) })),
    );
  };
  return {
    review,
    templates,
    see,
    sortAll,
    async approveAll(by = 'Lin') {
      await sortAll();
      const { rows } = await store.queue({ states: ['drafted'], limit: 1_000, order: 'newest' });
      const ids = rows
        .map(({ mention }) => mention)
        .sort((a, b) => a.saidAt - b.saidAt || (a.nativeId < b.nativeId ? -1 : 1));
      for (const { id, version } of ids) await review.approve({ mentionId: id, version, revision: 1, by });
      return ids.map(({ id }) => id);
    },
  };
}

function assessment(at: number): Assessment {
  return {
    problemType: 'contact-support',
    confidence: 0.9,
    unsure: false,
    others: [],
    priority: 'normal',
    priorityReasons: [],
    lang: 'en',
    sentiment: 'neutral',
    scam: 0,
    scamReasons: [],
    personal: [],
    evidence: [],
    classifier: 'desk',
    at,
  };
}

function draft({ id, nativeId }: Mention, at: number): Draft {
  const text = `Thank you for telling us (${nativeId}).`;
  const length = { used: text.length, max: 5_000 };
  return { mentionId: id, revision: 1, text, lang: 'en', checks: [], length, by: 'earshot', at };
}
