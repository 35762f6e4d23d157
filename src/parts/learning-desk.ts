import { coverSeen, type FindPersonal } from '../core/cover.ts';
import { Refused } from '../core/failures.ts';
import type { Clock, Store } from '../core/ports.ts';
import type { Settings } from '../settings.ts';
import { type ModelLibrary, TEACHING_REASONS } from '../stages/classify/index.ts';
import {
  type Job,
  type Learning,
  type MeasuredInfo,
  MeasuredShape,
  type ReplayAnswer,
} from '../surfaces/web/learning-api.ts';
import type { LearningDesk, TemplateControl } from '../surfaces/web/server/index.ts';
import { protectedTypes, rollBack } from './learning.ts';
import { lessons } from './learning-examples.ts';
import type { Replayed } from './learning-job.ts';
import { LearningProcess } from './learning-process.ts';
import type { Taxonomy } from './taxonomy.ts';

export interface LearningDeskParts {
  settings: Settings;
  store: Store;
  clock: Clock;
  models: ModelLibrary;
  taxonomy: Taxonomy;
  findPersonal: FindPersonal;
  templateControl: Pick<TemplateControl, 'wouldBe'>;
  /** The server ends. */
  stopping: AbortSignal;
}

/** More dismissals than this are not counted. */
const MOST_DISMISSALS = 5000;
const MOST_MIXED_UP = 8;
const SNIPPET = 280;

/** Learning as leads see it: what was taught, which model is in use, and work that runs beside the server. */
export function openLearningDesk(parts: LearningDeskParts): LearningDesk {
  const { models, taxonomy, store, clock } = parts;
  let replayed: { job: string; found: Replayed } | undefined;
  const work = new LearningProcess({
    ...parts,
    found: (job, { replay }) => {
      if (replay) replayed = { job: job.id, found: replay };
    },
  });
  parts.stopping.addEventListener('abort', () => work.end(), { once: true });

  const get = async (): Promise<Learning> => {
    const promoted = await models.promoted();
    const { dir, promotion } = await models.inUse();
    const [trained, challenger] = await Promise.all([trainedAs(models, dir), waiting(models)]);
    const champion = promotion?.model ?? 'shipped';
    const measured = challenger && (await lastComparison(models, champion, challenger.version));
    return {
      taught: await taught(parts, trained?.at ?? 0),
      protectedTypes: protectedTypes(taxonomy),
      champion: { version: champion, ...trained, ...(promotion && { by: promotion.by, at: promotion.at }) },
      promoted: promoted.map(({ model, by, at }) => ({ version: model, by, at })),
      ...(challenger && { challenger }),
      ...(measured && { measured }),
      ...(work.job && { job: work.job }),
    };
  };

  return {
    get,
    job: () => work.job,
    start: (job, { name }) => work.start(withSetting(job, parts), name),
    async cancel({ name }) {
      const job = work.cancel();
      const detail = { kind: job.kind, startedBy: job.by };
      await store.appendAudit({ at: clock.now(), actor: name, action: 'learning-ended', subject: 'model', detail });
      return job;
    },
    async rollBack({ name }) {
      work.mustBeFree();
      await rollBack(parts, name);
      return get();
    },
    async replay() {
      if (!replayed) throw new Refused('no-replay', 'Nothing was tried here yet.');
      return answerOf(parts, replayed.job, replayed.found);
    },
  };
}

/** A template that is tried is a change of the settings that is tried. */
function withSetting(job: Job, { templateControl }: LearningDeskParts): Job {
  if (job.kind !== 'replay' || !job.change.template) return job;
  const value = templateControl.wouldBe({ ...job.change.template, before: '' });
  return { ...job, change: { setting: { section: 'templates', value } } };
}

/** What people settled, counted: by type, by whom, and what was taken for what. */
async function taught(parts: LearningDeskParts, since: number): Promise<Learning['taught']> {
  const [all, corrections, dismissals] = await Promise.all([
    lessons(parts),
    parts.store.corrections(),
    parts.store.dismissals(TEACHING_REASONS, MOST_DISMISSALS),
  ]);
  const wrong = corrections.filter(({ from, to }) => from !== to);
  return {
    total: all.length,
    corrected: new Set(corrections.map(({ mentionId }) => mentionId)).size,
    dismissed: dismissals.length,
    fresh: new Set([...corrections, ...dismissals].filter(({ at }) => at > since).map(({ mentionId }) => mentionId))
      .size,
    byType: countOf(all.map(({ label }) => label)).map(([problemType, n]) => ({ problemType, n })),
    mixedUp: countOf(wrong.map(({ from, to }) => `${from} ${to}`))
      .slice(0, MOST_MIXED_UP)
      .map(([pair, n]) => {
        const [from = '', to = ''] = pair.split(' ');
        return { from, to, n };
      }),
    people: countOf([...corrections, ...dismissals].map(({ by }) => by)).map(([name, n]) => ({ name, n })),
  };
}

/** How often each occurs, the most frequent first. */
function countOf(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1));
}

async function trainedAs(models: ModelLibrary, dir: string) {
  const made = await models.trainingOf(dir);
  return made && { by: made.by, at: made.at, examples: made.examples, lessons: made.lessons };
}

async function waiting(models: ModelLibrary): Promise<Learning['challenger']> {
  const [version, made] = await Promise.all([models.challengerVersion(), trainedAs(models, models.challengerDir)]);
  return version === undefined || !made ? undefined : { version, ...made };
}

/** Only one between the two that stand beside each other now. */
async function lastComparison(models: ModelLibrary, champion: string, challenger: string) {
  const read = MeasuredShape.safeParse(await models.comparison());
  const found: MeasuredInfo | undefined = read.data;
  return found?.champion === champion && found.challenger === challenger ? found : undefined;
}

/** The words of mentions are read at this moment, so that nothing is shown that was erased since. */
async function answerOf(
  { store, findPersonal }: LearningDeskParts,
  job: string,
  { difference, corrections, days, changed }: Replayed,
): Promise<ReplayAnswer> {
  const { mentions, types, retagged, priority, unsure, scam, drafts } = difference;
  const examples: ReplayAnswer['examples'] = [];
  for (const { id, problemType, priority: moved, template, words } of difference.changed) {
    const found = await store.find(id);
    if (!found || found.mention.text === '') continue;
    const { text } = coverSeen(found, findPersonal).mention;
    examples.push({
      ...{ id, text: text.length > SNIPPET ? `${text.slice(0, SNIPPET).toWellFormed()}…` : text },
      ...(problemType && { problemType }),
      ...(moved && { priority: moved }),
      ...(template && { template }),
      ...(words && { words }),
    });
  }
  const { n, newlyUrgent, noLongerUrgent } = priority;
  return {
    ...{ job, days, mentions, changed, retagged: retagged.n, types, unsure, scam, drafts, corrections, examples },
    priority: { n, newlyUrgent, noLongerUrgent },
  };
}
