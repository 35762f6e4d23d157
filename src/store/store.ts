import type { Store } from '../core/ports.ts';
import { accessOver } from './access/index.ts';
import { eventOf } from './audit.ts';
import { watched } from './condition.ts';
import type { Engine } from './engine.ts';
import { aftercareStore } from './records/aftercare.ts';
import { alertStore } from './records/alerts.ts';
import { authorStore } from './records/authors.ts';
import { find } from './records/case.ts';
import { corrections, dismissals, lastCorrection } from './records/corrections.ts';
import { coverageOf } from './records/coverage.ts';
import { decide } from './records/decide.ts';
import { deviceStore } from './records/devices.ts';
import { editedReplies } from './records/edited-replies.ts';
import { closedBefore, erase, removeSample } from './records/erase.ts';
import { saveFeedback } from './records/feedback.ts';
import { figureStore } from './records/figures.ts';
import { hold, release } from './records/hold.ts';
import { hourly, recent } from './records/incident-history.ts';
import { incident, incidents, noteReply, saveIncident } from './records/incidents.ts';
import { keptTexts, machines, modelShelf, settingsShelf } from './records/machines.ts';
import { noteStore } from './records/notes.ts';
import { outbox, step } from './records/outbox.ts';
import { counts, report } from './records/overview.ts';
import { countUpTo, queue } from './records/queue.ts';
import { savePage } from './records/save-page.ts';
import { savedViewStore } from './records/saved-views.ts';
import { cursorOf, held, known, saveStatus, statuses } from './records/sources.ts';
import { suspectStore } from './records/suspects.ts';
import { taken } from './records/taken-calls.ts';
import { templateUse } from './records/template-use.ts';
import { claim, saveAssessments, saveDrafts, unsorted, wake } from './records/work.ts';

/** The records over any engine. What each function promises stands in `core/ports.ts`. */
export function storeOver(unwatched: Engine): Store {
  const { engine, condition } = watched(unwatched);
  return {
    condition,
    access: accessOver(engine),
    savePage: (page) => savePage(engine, page),
    cursor: (source) => cursorOf(engine, source),
    taken: (source, id) => taken(engine, source, id),
    held: (mentions) => held(engine, mentions),
    known: (connector, nativeIds) => known(engine, connector, nativeIds),
    saveStatus: (status) => saveStatus(engine, status),
    statuses: () => statuses(engine),
    coverage: (source) => coverageOf(engine, source),
    closedBefore: (at, limit) => closedBefore(engine, at, limit),
    erase: (connector, nativeIds, audit) => erase(engine, connector, nativeIds, audit),
    removeSample: (audit) => removeSample(engine, audit),

    claim: (stage, worker, limit, leaseMs, now) => claim(engine, stage, worker, limit, leaseMs, now),
    unsorted: (most) => unsorted(engine, most),
    saveAssessments: (rows) => saveAssessments(engine, rows),
    saveDrafts: (rows) => saveDrafts(engine, rows),

    queue: (query) => queue(engine, query),
    countUpTo: (query, most) => countUpTo(engine, query, most),
    counts: () => counts(engine),
    find: (idOrPrefix) => find(engine, idOrPrefix),
    decide: (decision) => decide(engine, decision),
    hold: (asked) => hold(engine, asked),
    release: (mentionId, by) => release(engine, mentionId, by),
    wake: (now) => wake(engine, now),
    corrections: () => corrections(engine),
    lastCorrection: (mentionId) => lastCorrection(engine, mentionId),
    dismissals: (reasons, limit) => dismissals(engine, reasons, limit),

    outbox: (states, limit) => outbox(engine, states, limit),
    step: (taken) => step(engine, taken),
    saveFeedback: (feedback) => saveFeedback(engine, feedback),

    machines: machines(engine),
    kept: keptTexts(engine),
    models: modelShelf(engine),
    settings: settingsShelf(engine),
    ...alertStore(engine),
    ...deviceStore(engine),
    ...suspectStore(engine),
    ...figureStore(engine),
    ...aftercareStore(engine),
    ...authorStore(engine),
    ...noteStore(engine),
    ...savedViewStore(engine),
    saveIncident: (change) => saveIncident(engine, change),
    incidents: (query) => incidents(engine, query),
    incident: (idOrPrefix) => incident(engine, idOrPrefix),
    noteReply: (id, reply) => noteReply(engine, id, reply),
    recent: (query) => recent(engine, query),
    hourly: (query) => hourly(engine, query),

    audit: (after, limit) => auditEvents(engine, after, limit),
    appendAudit: (event) => engine.write(async (_tx, touched) => void touched.events.push(event)),
    report: (from, to, days) => report(engine, from, to, days),
    templateUse: () => templateUse(engine),
    editedReplies: (among) => editedReplies(engine, among),
    watch: (onChange) => engine.watch(onChange),
    wasPutBack: async () => (await engine.home?.isElsewhere()) ?? false,
    belongsHere: async () => engine.home?.beHere(),
    upkeep: async () => (await engine.upkeep?.()) ?? [],
    backup: (file) => engine.backup(file),
    describe: () => engine.describe(),
    close: () => engine.close(),
  };
}

async function auditEvents(engine: Engine, after: number, limit: number) {
  const rows = await engine.read
    .selectFrom('audit')
    .selectAll()
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(eventOf);
}
