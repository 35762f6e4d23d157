import { Conflict, Refused } from '../../core/failures.ts';
import type {
  Incident,
  IncidentChange,
  IncidentId,
  IncidentMember,
  IncidentSummary,
  IncidentWithMembers,
  ReplyKind,
} from '../../core/incidents.ts';
import type { MentionId } from '../../core/nouns.ts';
import { clean, toJson } from '../clean.ts';
import type { Db, Engine, Touched, Tx } from '../engine.ts';
import type { IncidentTable } from '../schema.ts';
import { change, moved } from './mentions.ts';
import { queueRows } from './queue-rows.ts';

/** One change of an incident with all that hangs on it, in one commit. */
export function saveIncident(engine: Engine, { incident, join, leave, takeBack, audit }: IncidentChange) {
  return engine.write(async (tx, touched) => {
    const saved = await write(tx, incident);
    if (leave?.length) await takeOut(tx, saved.id, leave);
    if (join?.length) await putIn(tx, saved.id, join, audit.actor, audit.at);
    if (takeBack !== undefined) await takeBackReplies(tx, touched, saved.id, takeBack, audit);
    // Whoever watches mentions hears of it: of the members that came or went, else of one that is in it.
    for (const id of [...(join ?? []), ...(leave ?? [])]) touched.mentions.add(id);
    if (touched.mentions.size === 0)
      for (const id of (await mentionIds(tx, [saved.id])).slice(0, 1)) touched.mentions.add(id.mention_id);
    touched.events.push(audit);
    return saved;
  });
}

/** @throws Conflict when it is not the version that was seen, or is there already. */
async function write(tx: Tx, incident: Incident): Promise<Incident> {
  const before = await tx
    .selectFrom('incident')
    .select('version')
    .where('id', '=', incident.id)
    .forUpdate()
    .executeTakeFirst();
  if ((before?.version ?? 0) !== incident.version)
    throw new Conflict('Somebody changed this incident in the meantime. Look at it again, then decide.');
  const saved = { ...incident, version: incident.version + 1 };
  const row = rowOf(saved);
  if (before) await tx.updateTable('incident').set(row).where('id', '=', saved.id).execute();
  else await tx.insertInto('incident').values(row).execute();
  return saved;
}

function rowOf(incident: Incident): IncidentTable {
  const { id, version, state, sample, openedAt } = incident;
  return { id, version, state, sample: sample ? 1 : 0, opened_at: Math.trunc(openedAt), body_json: toJson(incident) };
}

function incidentOf({ body_json }: Pick<IncidentTable, 'body_json'>): Incident {
  return JSON.parse(body_json) as Incident;
}

async function takeOut(tx: Tx, incident: IncidentId, mentions: readonly MentionId[]): Promise<void> {
  await tx
    .updateTable('incident_mention')
    .set({ gone: 1 })
    .where('incident_id', '=', incident)
    .where('mention_id', 'in', mentions)
    .execute();
}

/** Each mention is in one open incident at most, and the one it is in keeps it. */
async function putIn(tx: Tx, incident: IncidentId, mentions: readonly MentionId[], by: string, at: number) {
  const elsewhere = await tx
    .selectFrom('incident_mention')
    .innerJoin('incident', 'incident.id', 'incident_mention.incident_id')
    .select('mention_id')
    .where('mention_id', 'in', mentions)
    .where('gone', '=', 0)
    .where('incident.state', '=', 'open')
    .where('incident.id', '!=', incident)
    .execute();
  const taken = new Set(elsewhere.map(({ mention_id }) => mention_id));
  for (const mention_id of new Set(mentions)) {
    if (taken.has(mention_id)) continue;
    const joined = { joined_at: at, joined_by: clean(by), gone: 0 };
    await tx
      .insertInto('incident_mention')
      .values({ incident_id: incident, mention_id, ...joined })
      .onConflict((c) => c.columns(['incident_id', 'mention_id']).doUpdateSet(joined))
      .execute();
  }
}

/**
 * What waits to go out goes back to its draft, in the transaction that closes or changes the incident: nothing of it
 * starts afterwards. What is being sent at this moment is out already, and is settled as ever.
 */
async function takeBackReplies(
  tx: Tx,
  touched: Touched,
  incident: IncidentId,
  reason: string,
  { actor, at }: IncidentChange['audit'],
): Promise<void> {
  const keys = tx.selectFrom('incident_reply').select('key').where('incident_id', '=', incident);
  const waiting = tx
    .selectFrom('approval')
    .select('mention_id')
    .where('key', 'in', keys)
    .where('state', 'in', ['approved', 'by-hand']);
  const rows = await tx
    .selectFrom('mention')
    .selectAll()
    .where('id', 'in', waiting)
    .orderBy('id')
    .forUpdate()
    .execute();
  for (const row of rows) {
    const taken = await tx
      .updateTable('approval')
      .set({ state: 'void', reason: clean(reason), lease_until: null })
      .where('mention_id', '=', row.id)
      .where('key', 'in', keys)
      .where('state', 'in', ['approved', 'by-hand'])
      .executeTakeFirst();
    if (taken.numUpdatedRows === 0n) continue;
    await change(tx, touched, row, moved(row, 'drafted', at));
    touched.events.push({ at, actor, action: 'voided', subject: row.id, detail: { incident, reason } });
  }
}

export async function incidents(
  engine: Engine,
  { state, limit }: { state?: Incident['state']; limit: number },
): Promise<IncidentSummary[]> {
  const rows = await engine.read
    .selectFrom('incident')
    .select(['id', 'body_json'])
    .$if(state !== undefined, (q) => q.where('state', '=', state as Incident['state']))
    .orderBy('opened_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  const ids = await mentionIds(
    engine.read,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    incident: incidentOf(row),
    mentionIds: ids.filter(({ incident_id }) => incident_id === row.id).map(({ mention_id }) => mention_id),
  }));
}

async function mentionIds(db: Db | Tx, ids: readonly IncidentId[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom('incident_mention')
    .innerJoin('mention', 'mention.id', 'incident_mention.mention_id')
    .select(['incident_id', 'mention_id', 'mention.no', 'joined_at', 'joined_by'])
    .where('incident_id', 'in', ids)
    .where('gone', '=', 0)
    .where('mention.state', '!=', 'erased')
    .orderBy('mention.said_at')
    .orderBy('mention.no')
    .execute();
}

const BEGINNING = /^(?:inc-)?([0-9a-hjkmnp-tv-z]{4,10})$/;

/** @throws Refused `ambiguous-id` when the beginning fits several. */
export function incident(engine: Engine, idOrPrefix: string): Promise<IncidentWithMembers | undefined> {
  const beginning = BEGINNING.exec(idOrPrefix.trim().toLowerCase())?.[1];
  if (beginning === undefined) return Promise.resolve(undefined);
  return engine.read.transaction().execute(async (tx) => {
    const [row, second] = await tx
      .selectFrom('incident')
      .select(['id', 'body_json'])
      .where('id', '>=', `inc-${beginning}`)
      .where('id', '<', `inc-${beginning}~`)
      .orderBy('id')
      .limit(2)
      .execute();
    if (!row) return undefined;
    if (second)
      throw new Refused('ambiguous-id', `"${idOrPrefix}" fits several incidents, such as ${row.id} and ${second.id}.`);
    return { incident: incidentOf(row), members: await membersOf(tx, row.id) };
  });
}

async function membersOf(tx: Tx, id: IncidentId): Promise<IncidentWithMembers['members']> {
  const placed = await mentionIds(tx, [id]);
  const rows = await queueRows(
    tx,
    placed.map(({ no }) => no),
  );
  const replies = await tx
    .selectFrom('incident_reply')
    .selectAll()
    .where('incident_id', '=', id)
    .orderBy('key')
    .execute();
  return placed.flatMap(({ mention_id, joined_at, joined_by }, at) => {
    const row = rows[at];
    const member: IncidentMember = {
      mentionId: mention_id,
      joinedAt: joined_at,
      joinedBy: joined_by,
      replies: replies.filter((reply) => reply.mention_id === mention_id).map(({ kind, key }) => ({ kind, key })),
    };
    return row ? [{ ...member, row }] : [];
  });
}

export function noteReply(
  engine: Engine,
  incident: IncidentId,
  { kind, key, mentionId }: { kind: ReplyKind; key: string; mentionId: MentionId },
): Promise<void> {
  return engine.write(async (tx) => {
    const row = { incident_id: incident, mention_id: mentionId, kind };
    await tx
      .insertInto('incident_reply')
      .values({ key, ...row })
      .onConflict((c) => c.column('key').doUpdateSet(row))
      .execute();
  });
}
