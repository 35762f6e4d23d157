import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assessment, Draft, FoundMention, Mention, MentionId, Priority } from '../../src/core/nouns.ts';
import type { Case, Store, TemplateBook } from '../../src/core/ports.ts';
import { openReview, type Review } from '../../src/stages/review/index.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';

export const PROBLEM_TYPES: readonly { id: string; lane: string; priority: Priority }[] = [
  { id: 'fees', lane: 'general', priority: 'normal' },
  { id: 'top-up-failed', lane: 'general', priority: 'high' },
  { id: 'security-fraud', lane: 'security', priority: 'urgent' },
  { id: 'scam-spam', lane: 'quiet', priority: 'high' },
  { id: 'other', lane: 'quiet', priority: 'low' },
];

export const UNDO_MS = 8_000;

/** A clock that a test moves. */
export class TestClock {
  time = Date.UTC(2026, 10, 20, 9);
  now = () => this.time;
  pass(ms: number): void {
    this.time += ms;
  }
}

/**
 * A book of two templates and two guard rails, in place of the real one: these tests are about who may decide what, and
 * need drafts that fail on purpose. Nothing is drafted for `other`.
 */
export const book: TemplateBook = {
  draft(mention, assessment, now, { templateId = `${assessment.problemType}/en` } = {}): Draft | { none: string } {
    if (assessment.problemType === 'other') return { none: 'No template fits this type.' };
    if (!/^[a-z-]+\/(en|zh)$/.test(templateId)) return { none: `There is no template "${templateId}".` };
    const text = `We are sorry about this. See ${templateId}.`;
    return {
      mentionId: mention.id,
      revision: 1,
      text,
      lang: 'en',
      template: { id: templateId, version: 'v1' },
      ...this.check(mention, assessment, text, 'en'),
      by: 'earshot',
      at: now,
    };
  },
  version: () => 'v1',
  choices: () => [
    { id: 'fees/en', title: 'Fees' },
    { id: 'top-up-failed/en', title: 'Top-up failed' },
  ],
  check: (_mention, _assessment, text) => ({
    checks: [
      {
        name: 'no-secret-asked',
        ok: !/password/i.test(text),
        why: /password/i.test(text) ? 'It asks for a password. Take that out.' : '',
      },
    ],
    length: { used: text.length, max: 280 },
  }),
};

export interface Bench {
  store: Store;
  /** Where its records are, for a second process. */
  file: string;
  review: Review;
  clock: TestClock;
  /** Change who we post as. */
  account: { name: string };
  /** Stores a mention as classify and draft would leave it. */
  drafted(found?: Partial<FoundMention>, assessment?: Partial<Assessment>, draft?: Partial<Draft>): Promise<Case>;
  heard(found?: Partial<FoundMention>): Promise<Mention>;
  caseOf(id: MentionId): Promise<Case>;
  /** Resolves as soon as it is so. Looked at every few milliseconds: not all that is noted is told to those who watch. */
  until(isSo: () => Promise<boolean>): Promise<void>;
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'review-'));
  const file = join(folder, 'records.db');
  const store = await openSqliteStore(file);
  const clock = new TestClock();
  const account = { name: '@brand' };
  const review = openReview({
    store,
    templates: book,
    clock,
    accountOf: () => account.name,
    problemTypes: PROBLEM_TYPES,
    undoMs: UNDO_MS,
  });
  let count = 0;

  async function caseOf(id: MentionId): Promise<Case> {
    const found = await store.find(id);
    if (!found) throw new Error(`no mention ${id}`);
    return found;
  }
  async function heard(found: Partial<FoundMention> = {}): Promise<Mention> {
    count += 1;
    const saved = await store.savePage({
      source: 'forum-1',
      connector: 'forum',
      sample: false,
      found: [foundMention(count, found)],
      at: clock.now(),
    });
    return (await caseOf(saved.added[0] as MentionId)).mention;
  }
  async function drafted(
    found: Partial<FoundMention> = {},
    partial: Partial<Assessment> = {},
    own: Partial<Draft> = {},
  ): Promise<Case> {
    const { id, version } = await heard(found);
    const assessment = assessmentOf(partial, clock.now());
    await store.saveAssessments([{ id, version, assessment }]);
    const { mention } = await caseOf(id);
    const draft = book.draft(mention, assessment, clock.now());
    await store.saveDrafts([
      {
        id,
        version: mention.version,
        ...('none' in draft ? { trouble: draft.none } : { draft: { ...draft, ...own } }),
      },
    ]);
    return caseOf(id);
  }
  return {
    store,
    file,
    review,
    clock,
    account,
    drafted,
    heard,
    caseOf,
    until: async (isSo) => {
      while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

export function foundMention(count: number, partial: Partial<FoundMention> = {}): FoundMention {
  return {
    nativeId: `post-${count}`,
    author: { id: `u${count}`, handle: `author${count}` },
    text: `The wallet took a fee of 3.50 twice, mention number ${count}`,
    saidAt: Date.UTC(2026, 10, 20, 8) + count,
    url: `https://forum.example/t/${count}`,
    conversationId: `thread-${count}`,
    replyRef: `ref-${count}`,
    permission: { how: 'api' },
    place: '#help',
    ...partial,
  };
}

export function assessmentOf(partial: Partial<Assessment>, at: number): Assessment {
  return {
    problemType: 'fees',
    confidence: 0.8,
    unsure: false,
    others: [{ type: 'other', confidence: 0.1 }],
    priority: 'normal',
    priorityReasons: [],
    lang: 'en',
    sentiment: 'negative',
    scam: 0,
    scamReasons: [],
    personal: [],
    evidence: [],
    classifier: 'test-1',
    at,
    ...partial,
  };
}
