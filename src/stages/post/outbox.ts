import type { Instant, SourceId } from '../../core/nouns.ts';
import type { Approval } from '../../core/ports.ts';
import { doubtPutBack } from './copied.ts';
import { becomeUnsure, type Late, sendApproved, writeLate } from './send.ts';
import { settleUnsure, type Tries } from './settle-unsure.ts';
import type { OutboxDeps, OutboxReport } from './types.ts';
import { sharedTime } from './waiting.ts';

/** More than ever wait at once; what rests must not hide what could go. */
const ALL = 10_000;
/** In one pass, so that a stop and the next look at what is unsure are never far away. */
const AT_ONCE = 200;
const MINUTE = 60_000;

export interface Outbox {
  /**
   * One pass: what was being sent by a process that died becomes unsure, what is unsure is settled where that is possible,
   * what is approved and due is sent, one after the other for each source. Safe to run in several processes at once.
   */
  run(): Promise<OutboxReport>;
}

export function openOutbox(deps: OutboxDeps): Outbox {
  const tries: Tries = new Map();
  const rests = new Map<SourceId, Instant>();
  const late: Late = new Map();
  let running: Promise<OutboxReport> | undefined;

  async function pass(): Promise<OutboxReport> {
    const report: OutboxReport = { posted: 0, failed: 0, unsure: 0, void: 0, waiting: 0 };
    await writeLate(deps, late, report);
    await sweep(deps, report);
    await settleAll(deps, tries, report);
    await sendAll(deps, { rests, late }, report);
    return report;
  }
  return {
    run() {
      running ??= pass().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}

/** Whoever was sending and let the lease run out is dead: nobody knows whether the reply went out. */
async function sweep(deps: OutboxDeps, report: OutboxReport): Promise<void> {
  const sending = await deps.store.outbox(['sending'], ALL);
  if (sending.length === 0) return;
  const { atLeast: now } = await sharedTime(deps);
  for (const approval of sending) {
    if ((approval.leaseUntil ?? 0) > now) continue;
    const found = await deps.store.find(approval.reply.mentionId);
    const once = found && deps.sourceOf(found.mention)?.reply?.once;
    const why = 'Earshot was stopped while this reply was being sent.';
    if (await becomeUnsure(deps, approval, once, why)) report.unsure++;
  }
}

async function settleAll(deps: OutboxDeps, tries: Tries, report: OutboxReport): Promise<void> {
  const unsure = await deps.store.outbox(['unsure'], ALL);
  const keys = new Set(unsure.map(({ reply }) => reply.key));
  for (const key of tries.keys()) if (!keys.has(key)) tries.delete(key);
  for (const approval of unsure) {
    if (deps.signal.aborted) return;
    await guarded(deps, approval, async () => {
      if (await settleUnsure(deps, approval, tries)) report.posted++;
    });
  }
}

interface Memory {
  /** Sources that asked us to wait. */
  rests: Map<SourceId, Instant>;
  late: Late;
}

/** Sources side by side, so that a slow one delays nobody else; within one, first approved first. */
async function sendAll(deps: OutboxDeps, memory: Memory, report: OutboxReport): Promise<void> {
  const approved = await deps.store.outbox(['approved'], ALL);
  if (approved.length === 0) return;
  // Looked at in each pass: a database server may be another one from one second to the next.
  if (await deps.store.wasPutBack()) {
    report.unsure += await doubtPutBack(deps);
    return;
  }
  const { atLeast: now } = await sharedTime(deps);
  const due = approved
    .filter(({ reply, notBefore }) => reply.how === 'api' && (notBefore <= now || wasSetBack(reply, notBefore, now)))
    .sort((a, b) => a.reply.approvedAt - b.reply.approvedAt)
    .slice(0, AT_ONCE);
  const lanes = new Map<SourceId | undefined, Approval[]>();
  for (const approval of due) {
    const found = await deps.store.find(approval.reply.mentionId);
    const source = found && deps.sourceOf(found.mention)?.id;
    lanes.set(source, [...(lanes.get(source) ?? []), approval]);
  }
  await Promise.all([...lanes].map(([source, lane]) => sendLane(deps, memory, report, source, lane)));
}

/** Approved in what is the future now, to go out at once: the clock was set back, and nobody meant to wait for it. */
const wasSetBack = ({ approvedAt }: Approval['reply'], notBefore: Instant, now: Instant) =>
  approvedAt > now + MINUTE && notBefore - approvedAt < MINUTE;

async function sendLane(
  deps: OutboxDeps,
  { rests, late }: Memory,
  report: OutboxReport,
  source: SourceId | undefined,
  lane: Approval[],
): Promise<void> {
  for (const approval of lane) {
    if (deps.signal.aborted || (source && (rests.get(source) ?? 0) > deps.clock.now())) return;
    await guarded(deps, approval, async () => {
      if (await deps.store.wasPutBack()) return;
      const sent = await sendApproved(deps, approval, late);
      if (sent.did !== 'nothing') report[sent.did]++;
      if (source && sent.restUntil !== undefined) rests.set(source, sent.restUntil);
    });
  }
}

/** One reply that cannot be handled never stops the others. What was being sent is swept when its lease has run out. */
async function guarded(deps: OutboxDeps, { reply }: Approval, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    deps.log.warn('posting broke', { mention: reply.mentionId, error: String(error) });
  }
}
