import { Conflict, Refused } from '../core/failures.ts';
import { shortHash } from '../core/ids.ts';
import type { Alarm, CloseReason, Incident, IncidentWithMembers, MasterReply, ReplyKind } from '../core/incidents.ts';
import type { MentionId } from '../core/nouns.ts';
import type { Case, Clock, NewAuditEvent, QueueRow, Store } from '../core/ports.ts';
import type { Actor } from '../core/rights.ts';
import { approveAll, type BulkAsked, type BulkParts, type RowResult } from './bulk.ts';
import { personName } from './person-name.ts';
import { type Planning, type PlanRow, planReplies } from './plan.ts';

export interface DeskParts extends Planning, Pick<BulkParts, 'review' | 'paceMs'> {
  store: Store;
  clock: Clock;
  /** Wordings to begin with, for while it goes on and for once it is over. */
  wordings(kind: ReplyKind): Pick<MasterReply, 'zh' | 'en'>;
}

interface Asked {
  id: string;
  by: string | Actor;
}

const WORDINGS_MAX = 8;
/** So long a closed one can be opened again. */
const REOPEN_MS = 86_400_000;
const TEXT_MAX = 2_000;

/** What a person can do with incidents, the same for the inbox and the command line. */
export interface IncidentDesk {
  /** @throws Refused `unknown-incident`. */
  find(id: string): Promise<IncidentWithMembers>;
  plan(id: string, kind: ReplyKind): Promise<PlanRow[]>;
  /** An incident from mentions that a person chose. @throws Refused `in-incident`, `not-assessed`. */
  start(asked: { mentionIds: readonly MentionId[]; by: string | Actor }): Promise<Incident>;
  join(asked: Asked & { mentionId: MentionId }): Promise<Incident>;
  /** It does not come back by itself. */
  leave(asked: Asked & { mentionId: MentionId }): Promise<Incident>;
  /** Another text: what was approved in the old words and is not out yet is taken back. */
  edit(asked: Asked & { version: number; kind: ReplyKind; zh: string[]; en: string[] }): Promise<Incident>;
  /** Nothing of it is sent any more. */
  close(asked: Asked & { reason: CloseReason }): Promise<Incident>;
  /**
   * Opens a closed one again, for a day. Its mentions come back, but for those that are in another one by now; what the
   * closing took back waits to be approved again, and the news that it is over is not sent. @throws Refused `incident-old`.
   */
  reopen(asked: Asked): Promise<Incident>;
  /** Approves the rows that were seen, each by itself. Never throws for one row: each has its outcome. */
  approve(asked: BulkAsked): Promise<RowResult[]>;
}

export function openDesk(parts: DeskParts): IncidentDesk {
  const { store, clock } = parts;

  async function find(id: string): Promise<IncidentWithMembers> {
    const found = await store.incident(id);
    if (found) return found;
    throw new Refused(
      'unknown-incident',
      `There is no incident "${id}". "earshot incident list" shows those there are.`,
    );
  }
  const audit = (
    by: string | Actor,
    action: string,
    subject: string,
    detail: NewAuditEvent['detail'] = {},
  ): NewAuditEvent => ({
    at: clock.now(),
    actor: personName(by, action === 'incident-reply-edited' ? 'draft' : 'triage'),
    action,
    subject,
    detail,
  });

  return {
    find,
    plan: async (id, kind) => planReplies(parts, await find(id), kind),

    async start({ mentionIds, by }) {
      const rows = await assessed(store, mentionIds);
      const incident = newIncident(parts, rows, personName(by, 'triage'));
      const taken = (await store.incidents({ state: 'open', limit: 200 })).find(({ mentionIds: theirs }) =>
        theirs.some((id) => mentionIds.includes(id)),
      );
      if (taken) throw new Refused('in-incident', `It is in the incident ${taken.incident.id} already.`);
      return store.saveIncident({
        incident,
        join: mentionIds,
        audit: audit(by, 'incident-opened', incident.id, { problemType: incident.problemType, mentions: rows.length }),
      });
    },

    async join({ id, mentionId, by }) {
      const { incident } = mustBeOpen(await find(id));
      const [row] = await assessed(store, [mentionId]);
      return store.saveIncident({
        incident: { ...incident, lastMentionAt: Math.max(incident.lastMentionAt, row?.mention.saidAt ?? 0) },
        join: [mentionId],
        audit: audit(by, 'incident-joined', incident.id, { mentions: [mentionId] }),
      });
    },

    async leave({ id, mentionId, by }) {
      const { incident, members } = await find(id);
      if (!members.some((member) => member.mentionId === mentionId))
        throw new Refused('not-in-incident', 'This mention is not in that incident.');
      return store.saveIncident({
        incident,
        leave: [mentionId],
        audit: audit(by, 'incident-left', incident.id, { mentions: [mentionId] }),
      });
    },

    async edit({ id, version, kind, zh, en, by }) {
      const { incident } = await find(id);
      if (incident.version !== version && incident[kind].revision !== 0 && incident[kind].by !== 'earshot')
        throw new Conflict('Somebody changed this incident in the meantime. Look at it again, then decide.');
      const before = incident[kind];
      const reply = {
        zh: texts(zh),
        en: texts(en),
        by: personName(by, 'triage'),
        at: clock.now(),
        revision: before.revision + 1,
      };
      if (reply.zh.length === 0 || reply.en.length === 0)
        throw new Refused('empty-text', 'The reply needs a text in Chinese and one in English.');
      return store.saveIncident({
        incident: { ...incident, [kind]: reply },
        takeBack: 'The reply to everybody of this incident was changed. Approve the new text.',
        audit: audit(by, 'incident-reply-edited', incident.id, { kind, revision: reply.revision }),
      });
    },

    async close({ id, reason, by }) {
      const { incident } = mustBeOpen(await find(id));
      const closed = {
        state: 'closed' as const,
        closedAt: clock.now(),
        closedBy: personName(by, 'triage'),
        closeReason: reason,
      };
      return store.saveIncident({
        incident: { ...incident, ...closed },
        takeBack: 'The incident was closed before this was sent.',
        audit: audit(by, 'incident-closed', incident.id, { reason }),
      });
    },

    async reopen({ id, by }) {
      const { incident, members } = await find(id);
      const { closedAt, closedBy: _by, closeReason: _reason, ...open } = incident;
      if (closedAt === undefined) return incident;
      if (clock.now() - closedAt > REOPEN_MS)
        throw new Refused(
          'incident-old',
          'This incident was closed more than a day ago. Start a new one from a mention, if it goes on.',
        );
      const others = await store.incidents({ state: 'open', limit: 200 });
      const elsewhere = new Set(others.flatMap(({ mentionIds }) => mentionIds));
      const ids = members.map(({ mentionId }) => mentionId);
      return store.saveIncident({
        incident: { ...open, state: 'open' },
        join: ids.filter((one) => !elsewhere.has(one)),
        leave: ids.filter((one) => elsewhere.has(one)),
        takeBack: 'The incident was opened again before this was sent.',
        audit: audit(by, 'incident-reopened', incident.id),
      });
    },

    approve: (asked) => approveAll({ ...parts, find }, asked),
  };
}

/** A new incident as it is written down; what it began with makes its id. */
export function newIncident(
  { clock, wordings }: Pick<DeskParts, 'clock' | 'wordings'>,
  rows: readonly QueueRow[],
  by: string,
  found: { problemType?: string; alarm?: Alarm; terms?: Record<string, number> } = {},
): Incident {
  const sorted = [...rows].sort((a, b) => a.mention.saidAt - b.mention.saidAt);
  const first = sorted[0];
  if (!first) throw new Refused('no-mention', 'An incident begins with a mention.');
  const now = clock.now();
  const proposal = (kind: ReplyKind) => ({ ...wordings(kind), by: 'earshot', at: now, revision: 1 });
  const { problemType = first.assessment?.problemType ?? 'other', alarm, terms = {} } = found;
  return {
    id: `inc-${shortHash(`incident\0${first.mention.id}\0${problemType}\0${alarm ? '' : now}`).slice(0, 10)}`,
    version: 0,
    state: 'open',
    sample: first.mention.sample,
    problemType,
    openedAt: now,
    openedBy: by,
    ...(alarm && { alarm }),
    terms,
    answer: proposal('answer'),
    solved: proposal('solved'),
    lastMentionAt: sorted.at(-1)?.mention.saidAt ?? now,
  };
}

async function assessed(store: Pick<Store, 'find'>, ids: readonly MentionId[]): Promise<Case[]> {
  const rows: Case[] = [];
  for (const id of ids) {
    const found = await store.find(id);
    if (!found || found.mention.id !== id || found.mention.state === 'erased')
      throw new Refused(
        'unknown-mention',
        'This mention is not there any more. It may have been deleted at its source.',
      );
    if (!found.assessment)
      throw new Refused('not-assessed', 'This mention is still being sorted. Try again in a moment.');
    rows.push(found);
  }
  return rows;
}

export function mustBeOpen(found: IncidentWithMembers): IncidentWithMembers {
  if (found.incident.state === 'open') return found;
  throw new Refused('incident-closed', 'This incident is closed. Start a new one from a mention, if it goes on.');
}

function texts(given: readonly string[]): string[] {
  const clean = given.map((text) => text.toWellFormed().replace(/\r\n?/g, '\n').trim()).filter((text) => text !== '');
  if (clean.length > WORDINGS_MAX || clean.some((text) => text.length > TEXT_MAX))
    throw new Refused('text-too-long', `There are at most ${WORDINGS_MAX} wordings of ${TEXT_MAX} characters each.`);
  return [...new Set(clean)];
}
