import { resolve } from 'node:path';
import type { Mention, MentionId } from '../../src/core/nouns.ts';
import type { Case, Classifier, Source, Store, TemplateBook } from '../../src/core/ports.ts';
import { loadClassifier, loadProblemTypes } from '../../src/stages/classify/index.ts';
import { runClassify } from '../../src/stages/classify/run.ts';
import { type CollectResult, createCollector } from '../../src/stages/collect/index.ts';
import { loadTemplates, openTemplateBook, runDraft } from '../../src/stages/draft/index.ts';
import { type OutboxReport, openOutbox } from '../../src/stages/post/index.ts';
import { openReview, type Review } from '../../src/stages/review/index.ts';
import { HandClock, quiet } from '../platforms/open-forum.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const BRAND = { names: ['Acorn Pay', '橡果支付'], officialHandles: ['acorn_help'] };

/** The stages with their real classifier and templates, over one store and one source, stepped by hand. */
export interface House {
  clock: HandClock;
  review: Review;
  collect(): Promise<CollectResult>;
  sort(): Promise<number>;
  draft(): Promise<number>;
  post(): Promise<OutboxReport>;
  /** Collects, sorts and drafts. */
  hear(): Promise<void>;
  /** The case whose text contains these words. */
  about(words: string): Promise<Case>;
  see(id: MentionId): Promise<Case>;
  /** Approves the newest draft as it is now. */
  approve(id: MentionId, by?: string): Promise<Case>;
}

export interface Loaded {
  classifier: Classifier;
  templates: Awaited<ReturnType<typeof loadTemplates>>;
  problemTypes: Awaited<ReturnType<typeof loadProblemTypes>>;
}

/** What takes longest to load, once for all tests of a file. */
export async function loadHouse(): Promise<Loaded> {
  const [classifier, templates, problemTypes] = await Promise.all([
    loadClassifier(resolve(ROOT, 'data'), BRAND),
    loadTemplates(resolve(ROOT, 'templates')),
    loadProblemTypes(resolve(ROOT, 'data')),
  ]);
  return { classifier, templates, problemTypes };
}

export function openHouse(store: Store, sourceNow: () => Source, loaded: Loaded, clock = new HandClock()): House {
  const { classifier, problemTypes } = loaded;
  const signal = new AbortController().signal;
  const accountOf = (_: Mention) => '@acorn_help';
  const templates: TemplateBook = openTemplateBook({
    templates: loaded.templates,
    facts: () => ({
      product: 'Acorn Pay',
      helpUrl: 'https://help.acorn.example/',
      allowedLinks: ['https://help.acorn.example/'],
    }),
    limitFor: (mention) => sourceNow().replyLimit(mention.platform),
  });
  const review = openReview({ store, templates, clock, accountOf, problemTypes });
  const collector = createCollector({ store, clock, log: quiet, ourHandles: () => BRAND.officialHandles });
  const work = { store, worker: 'house', clock, signal, log: quiet };
  const outbox = openOutbox({ ...work, templates, sourceOf: () => sourceNow(), accountOf });

  const see = async (id: MentionId) => {
    const found = await store.find(id);
    if (!found) throw new Error(`there is no mention ${id}`);
    return found;
  };
  const house: House = {
    clock,
    review,
    see,
    collect: () => collector.collect(sourceNow(), { since: 0, signal, asked: true }),
    sort: () => runClassify({ ...work, classifier }),
    draft: () => runDraft({ ...work, templates }),
    post: () => outbox.run(),
    async hear() {
      await house.collect();
      await house.sort();
      await house.draft();
    },
    async about(words) {
      const { rows } = await store.queue({ limit: 200, order: 'newest' });
      const row = rows.find(({ mention }) => mention.text.includes(words));
      if (!row) throw new Error(`nobody said "${words}"`);
      return see(row.mention.id);
    },
    async approve(id, by = 'Lin') {
      const { mention, drafts } = await see(id);
      return review.approve({ mentionId: id, version: mention.version, revision: drafts.at(-1)?.revision ?? 0, by });
    },
  };
  return house;
}
