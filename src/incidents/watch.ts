import { Conflict } from '../core/failures.ts';
import type { HourCount, Incident, IncidentSummary } from '../core/incidents.ts';
import type { Instant } from '../core/nouns.ts';
import type { Clock, Store } from '../core/ports.ts';
import { type DeskParts, newIncident } from './desk.ts';
import { type Group, type Heard, heardFrom } from './group.ts';
import { type Planning, planReplies } from './plan.ts';
import { firstSpike, type Spike } from './scan.ts';
import { HISTORY_MS, HOUR_MS, LITTLE_HOURS, type Usual, usualAt } from './spike.ts';
import { fitOf, type TermReader } from './terms.ts';

export interface WatchParts extends Planning, Pick<DeskParts, 'wordings'> {
  store: Store;
  clock: Clock;
  reader: TermReader;
  /** Problem types that nobody waits for an answer to, such as praise: they never ring. */
  isQuiet(problemType: string): boolean;
  /** An incident without a new mention for so long is closed by itself. */
  closeAfterMs(): number;
  log: { warn(message: string, fields?: object): void };
}

/** What is looked at in one round. Older mentions join nothing by themselves. */
const LOOK_BACK_MS = 3 * HOUR_MS;
const ROWS_MAX = 3_000;
const BURST_MS = HOUR_MS;

/** Watches over what is heard: one round looks at the last hours and does what there is to do. Safe to run again. */
export class IncidentWatch {
  readonly #parts: WatchParts;
  /** The history by hour, asked for anew once an hour, and in each round while there is little of it. */
  readonly #history = new Map<boolean, { hour: Instant; counts: HourCount[] }>();

  /** Which text and which mentions each incident had when all of them had their draft. */
  readonly #drafted = new Map<string, string>();

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /** @returns ids of the incidents that it opened */
  async round(): Promise<string[]> {
    const opened: string[] = [];
    for (const sample of [false, true]) opened.push(...(await this.#roundOf(sample)));
    await this.#closeQuiet();
    return opened;
  }

  async #roundOf(sample: boolean): Promise<string[]> {
    const { store, clock, reader } = this.#parts;
    const since = clock.now() - LOOK_BACK_MS;
    const rows = await store.recent({ since, sample, limit: ROWS_MAX });
    const heard = rows.flatMap((row) => heardFrom(row, reader) ?? []);
    const open = (await store.incidents({ state: 'open', limit: 100 })).filter((one) => one.incident.sample === sample);
    for (const one of open) await this.#joinTo(one, heard);
    const opened = await this.#findSpikes(heard, sample);
    const all = await store.incidents({ state: 'open', limit: 100 });
    for (const one of all) if (one.incident.sample === sample) await this.#draftFor(one);
    return opened;
  }

  /** New mentions of its problem join an open incident. */
  async #joinTo({ incident, mentionIds }: IncidentSummary, heard: Heard[]): Promise<void> {
    const free = heard.filter(
      ({ row, saidAt }) =>
        row.incident === undefined && !row.leftFrom.includes(incident.id) && saidAt >= incident.openedAt - BURST_MS,
    );
    if (free.length === 0) return;
    const inside = heard.filter(({ id }) => mentionIds.includes(id));
    const group = {
      problemType: incident.problemType,
      profile: new Map(Object.entries(incident.terms)),
    };
    const joining = fitting(free, inside, group, this.#parts.reader);
    if (joining.length === 0) return;
    await this.#save({
      incident: {
        ...incident,
        lastMentionAt: Math.max(incident.lastMentionAt, ...joining.map(({ saidAt }) => saidAt)),
      },
      joining,
      action: 'incident-joined',
      detail: { mentions: joining.map(({ id }) => id) },
    });
  }

  async #findSpikes(heard: readonly Heard[], sample: boolean): Promise<string[]> {
    const { isQuiet, reader } = this.#parts;
    const free = heard.filter(({ row }) => row.incident === undefined && row.leftFrom.length === 0);
    const opened: string[] = [];
    const history = await this.#historyOf(sample);
    for (const type of new Set(free.map(({ problemType }) => problemType))) {
      if (isQuiet(type)) continue;
      const own = free.filter(({ problemType }) => problemType === type);
      const spike = firstSpike(type, own, history.usualOf(type), reader);
      if (!spike) continue;
      const from = spike.alarm.at - BURST_MS;
      const late = free.filter(({ saidAt }) => saidAt >= from);
      const joining = fitting(late, spike.group.members, spike.group, reader);
      const id = await this.#open(type, spike, joining);
      if (id) opened.push(id);
    }
    return opened;
  }

  async #open(type: string, { group, alarm }: Spike, joining: readonly Heard[]): Promise<string | undefined> {
    const terms = Object.fromEntries([...group.profile].map(([term, share]) => [term, Math.round(share * 100) / 100]));
    const rows = joining.map(({ row }) => row);
    const incident = newIncident(this.#parts, rows, 'earshot', { problemType: type, alarm, terms });
    const saved = await this.#save({
      incident,
      joining,
      action: 'incident-opened',
      detail: { problemType: type, mentions: joining.length, alarm: { ...alarm } },
    });
    return saved ? incident.id : undefined;
  }

  async #save(change: {
    incident: Incident;
    joining: readonly Heard[];
    action: string;
    detail: Record<string, unknown>;
  }): Promise<boolean> {
    const { store, clock, log } = this.#parts;
    const { incident, joining, action, detail } = change;
    try {
      await store.saveIncident({
        incident,
        join: joining.map(({ id }) => id),
        audit: { at: clock.now(), actor: 'earshot', action, subject: incident.id, detail },
      });
    } catch (thrown) {
      // Another machine or a person was there first: the next round sees what they made of it.
      if (!(thrown instanceof Conflict)) throw thrown;
      log.warn('an incident changed meanwhile', { incident: incident.id });
      return false;
    }
    for (const { row } of joining) row.incident = incident.id;
    return true;
  }

  /** Those who joined get the reply to everybody as their draft, unless a person has written one. */
  async #draftFor({ incident, mentionIds }: IncidentSummary): Promise<void> {
    const { store } = this.#parts;
    const looksLike = `${incident.answer.revision} ${mentionIds.join()}`;
    if (this.#drafted.get(incident.id) === looksLike) return;
    const found = await store.incident(incident.id);
    if (!found) return;
    const rows = await planReplies(this.#parts, found, 'answer');
    const drafts = rows.flatMap(({ mentionId, version, draft }) => (draft ? [{ id: mentionId, version, draft }] : []));
    if (drafts.length > 0) await store.saveDrafts(drafts);
    // Whoever changed meanwhile is looked at again.
    else this.#drafted.set(incident.id, looksLike);
  }

  async #closeQuiet(): Promise<void> {
    const { store, clock, closeAfterMs } = this.#parts;
    const now = clock.now();
    for (const { incident } of await store.incidents({ state: 'open', limit: 100 })) {
      if (Math.max(incident.lastMentionAt, incident.openedAt) > now - closeAfterMs()) continue;
      const closed = { state: 'closed' as const, closedAt: now, closedBy: 'earshot', closeReason: 'quiet' as const };
      await store
        .saveIncident({
          incident: { ...incident, ...closed },
          takeBack: 'The incident was closed, since nothing more was heard of it.',
          audit: {
            at: now,
            actor: 'earshot',
            action: 'incident-closed',
            subject: incident.id,
            detail: { reason: 'quiet' },
          },
        })
        .catch((thrown) => {
          if (!(thrown instanceof Conflict)) throw thrown;
        });
    }
  }

  async #historyOf(sample: boolean) {
    const { store, clock } = this.#parts;
    const hour = Math.floor(clock.now() / HOUR_MS) * HOUR_MS;
    let kept = this.#history.get(sample);
    // The first mentions may bring their past along: what was read before them would say that nothing is known.
    const isLittle = hour - (kept?.counts[0]?.hour ?? hour) < LITTLE_HOURS * HOUR_MS;
    if (!kept || kept.hour !== hour || isLittle) {
      kept = { hour, counts: await store.hourly({ from: hour - HISTORY_MS, to: hour + HOUR_MS, sample }) };
      this.#history.set(sample, kept);
    }
    const { counts } = kept;
    return { usualOf: (type: string) => usualOf(counts, type) };
  }
}

/** The usual level of a type, worked out once for each hour. */
function usualOf(counts: readonly HourCount[], type: string): (at: Instant) => Usual {
  const own = counts.filter(({ problemType }) => problemType === type);
  const known = new Map<Instant, Usual>();
  return (at) => {
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
    const usual = known.get(hour) ?? usualAt(own, counts[0]?.hour, hour);
    known.set(hour, usual);
    return usual;
  };
}

/** Those that fit a group; "me too" counts in a conversation that the group is in, with those just found included. */
function fitting(
  free: readonly Heard[],
  inside: readonly Heard[],
  group: Pick<Group, 'problemType' | 'profile'>,
  reader: TermReader,
): Heard[] {
  const fits = (one: Heard, conversations: ReadonlySet<string | undefined>) =>
    fitOf(
      {
        terms: one.terms,
        assessment: one,
        sameConversation: one.conversation !== undefined && conversations.has(one.conversation),
      },
      group,
      reader,
    ) !== undefined;
  const known = new Set(inside.map(({ conversation }) => conversation));
  const first = free.filter((one) => inside.includes(one) || fits(one, known));
  const wider = new Set([...known, ...first.map(({ conversation }) => conversation)]);
  return free.filter((one) => first.includes(one) || fits(one, wider));
}
