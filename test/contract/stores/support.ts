import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { draftKey } from '../../../src/core/ids.ts';
import type {
  ApprovedReply,
  Assessment,
  Draft,
  FoundMention,
  Mention,
  Receipt,
  State,
} from '../../../src/core/nouns.ts';
import type { Decision, NewAuditEvent, OutboxStep, PageToSave, Store } from '../../../src/core/ports.ts';

/** An engine under the contract. A second one is one more line in `stores.test.ts`. */
export interface EngineUnderTest {
  name: string;
  /** Opens the store that belongs to a folder; the same folder gives the same store. */
  open(folder: string): Promise<Store>;
  /** Changes stored records behind the store's back, for what must be noticed. `unguarded`: past the audit log's guard. */
  tamper(folder: string, sql: string, unguarded?: 'unguarded'): Promise<void>;
  /** Everything of the store in which an erased word could still be found. */
  remains(folder: string): Promise<string>;
  /** Opens a copy that `backup` wrote; left out where the database has tools of its own, which `backup` then names. */
  openBackup?(file: string): Promise<Store>;
  /** Takes the store of a folder away, where it does not lie in the folder. */
  remove?(folder: string): Promise<void>;
}

/** A store of its own for each test, with the folder it lives in; both go when the test is over. */
export async function fresh(engine: EngineUnderTest) {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-store-'));
  const opened: Store[] = [];
  const open = async () => {
    const store = await engine.open(folder);
    opened.push(store);
    return store;
  };
  const done = async () => {
    for (const store of opened) await store.close().catch(() => {});
    await engine.remove?.(folder);
    rmSync(folder, { recursive: true, force: true });
  };
  return { store: await open(), open, folder, done };
}

export const T0 = Date.UTC(2026, 0, 15, 12);
export const MINUTE = 60_000;

export function found(nativeId: string, over: Partial<FoundMention> = {}): FoundMention {
  return {
    nativeId,
    author: { id: `author-${nativeId}`, handle: `@user_${nativeId}`, name: `User ${nativeId}` },
    text: `Text of ${nativeId}`,
    saidAt: T0,
    permission: { how: 'api' },
    ...over,
  };
}

export function page(items: FoundMention[], over: Partial<PageToSave> = {}): PageToSave {
  return { source: 'forum-1', connector: 'forum', sample: false, found: items, at: T0, ...over };
}

export function assessment(over: Partial<Assessment> = {}): Assessment {
  return {
    problemType: 'fees',
    confidence: 0.9,
    unsure: false,
    others: [{ type: 'other', confidence: 0.1 }],
    priority: 'normal',
    priorityReasons: [],
    lang: 'en',
    sentiment: 'neutral',
    scam: 0,
    scamReasons: [],
    personal: [],
    evidence: [],
    classifier: 'test-1',
    at: T0,
    ...over,
  };
}

export function draft(mentionId: string, revision = 1, over: Partial<Draft> = {}): Draft {
  return {
    mentionId,
    revision,
    text: `Reply ${revision}`,
    lang: 'en',
    checks: [{ name: 'length', ok: true, why: '' }],
    length: { used: 7, max: 280 },
    by: 'earshot',
    at: T0,
    ...over,
  };
}

/** What review makes in the product. */
export function reply(mentionId: string, revision = 1, over: Partial<ApprovedReply> = {}): ApprovedReply {
  return {
    key: draftKey(mentionId, revision),
    mentionId,
    revision,
    text: `Reply ${revision}`,
    approver: 'mia',
    approvedAt: T0,
    fingerprint: 'f'.repeat(64),
    how: 'api',
    ...over,
  } as ApprovedReply;
}

export function receipt(mentionId: string, over: Partial<Receipt> = {}): Receipt {
  return {
    key: draftKey(mentionId, 1),
    mentionId,
    nativeId: 'post-1',
    postedAt: T0 + MINUTE,
    proof: 'answer',
    ...over,
  };
}

export function event(action: string, subject: string, over: Partial<NewAuditEvent> = {}): NewAuditEvent {
  return { at: T0, actor: 'mia', action, subject, detail: {}, ...over };
}

export async function get(store: Store, id: string): Promise<Mention> {
  const found = await store.find(id);
  if (!found) throw new Error(`no mention ${id}`);
  return found.mention;
}

/** A decision on the mention as it stands now. */
export async function decideNow(store: Store, id: string, over: Partial<Decision> = {}): Promise<Mention> {
  const { version } = await get(store, id);
  return store.decide({ mentionId: id, expectedVersion: version, audit: event('decided', id), ...over });
}

/** Stores one mention and brings it to a state by the ways of the product. */
export async function mentionIn(store: Store, state: State, nativeId = 'm1', over: Partial<FoundMention> = {}) {
  const { added } = await store.savePage(page([found(nativeId, over)]));
  const id = added[0] as string;
  const steps: Partial<Record<State, State[]>> = { heard: [], assessed: ['assessed'], dismissed: ['dismissed'] };
  for (const to of steps[state] ?? pathTo(state)) await advance(store, id, to, nativeId);
  return id;
}

function pathTo(state: State): State[] {
  const drafted: State[] = ['assessed', 'drafted'];
  if (state === 'drafted') return drafted;
  if (['by-hand', 'escalated', 'snoozed', 'approved'].includes(state)) return [...drafted, state];
  if (state === 'sending') return [...drafted, 'approved', 'sending'];
  if (['posted', 'failed', 'unsure'].includes(state)) return [...drafted, 'approved', 'sending', state];
  throw new Error(`no way to ${state} in this test`);
}

async function advance(store: Store, id: string, to: State, nativeId: string): Promise<void> {
  const { version } = await get(store, id);
  if (to === 'assessed') await store.saveAssessments([{ id, version, assessment: assessment() }]);
  else if (to === 'drafted') await store.saveDrafts([{ id, version, draft: draft(id) }]);
  else if (to === 'approved') await decideNow(store, id, { to, approval: reply(id) });
  else if (to === 'by-hand') await decideNow(store, id, { to, approval: reply(id, 1, { how: 'by-hand' }) });
  else if (to === 'snoozed') await decideNow(store, id, { to, snoozedUntil: T0 + MINUTE });
  else if (to === 'escalated' || to === 'dismissed') await decideNow(store, id, { to });
  else if (to === 'sending') await store.step(stepOf(id, 'approved', 'sending'));
  else await store.step(stepOf(id, 'sending', to as 'posted', to === 'posted' ? { receipt: receipt(id) } : {}));
  const { state } = await get(store, id);
  if (state !== to) throw new Error(`${nativeId} is ${state}, not ${to}`);
}

export function stepOf(
  id: string,
  from: OutboxStep['from'],
  to: OutboxStep['to'],
  over: Partial<OutboxStep> = {},
): OutboxStep {
  return { key: draftKey(id, 1), from, to, audit: event(to, id, { actor: 'earshot' }), ...over };
}
