import { join } from 'node:path';
import { createHttp, guardedReach, keepIn, ownOrigins, replyLimitFor, type World } from '#kit';
import { connectors } from '../../connectors/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { attachmentsIn } from '../attachments/index.ts';
import { MOST_UNSORTED } from '../core/health.ts';
import type { Mention } from '../core/nouns.ts';
import type { Clock, Facts } from '../core/ports.ts';
import type { Log } from '../observe/log.ts';
import { ROOT, type Settings } from '../settings.ts';
import { findPersonal } from '../stages/classify/index.ts';
import { createCollector } from '../stages/collect/index.ts';
import { checkCitations, loadArticles, loadTemplates, openTemplateBook } from '../stages/draft/index.ts';
import { openReview } from '../stages/review/index.ts';
import { officialHandles, type Workspace } from '../workspace/index.ts';
import { openAlertDesk } from './alert-desk.ts';
import { openAnswerDesk } from './answer-desk.ts';
import { asTestAccount, Canaries } from './canary.ts';
import { openDeviceDesk } from './device-desk.ts';
import { Endings } from './ending.ts';
import { openIncidents } from './incidents.ts';
import { withJournal } from './journal.ts';
import { KNOWLEDGE, knowledgeRows } from './knowledge.ts';
import { openLearningDesk } from './learning-desk.ts';
import { controlLexicon } from './lexicon-control.ts';
import { classifierFor, followModelInUse, openLibrary, sortingMark } from './model-in-use.ts';
import { noticeNow } from './notice.ts';
import { previewNotice } from './notice-preview.ts';
import { OpenedSources } from './opened-sources.ts';
import { otherWords } from './other-words.ts';
import { articlesHere } from './own-articles.ts';
import type { Parts } from './parts.ts';
import { pullWith } from './pull.ts';
import { openPush } from './push.ts';
import { openReportDesk } from './report-desk.ts';
import { rulesOf } from './review-rules.ts';
import { openScams } from './scam-desk.ts';
import { controlSettings } from './settings-control.ts';
import { keepInStore } from './shared-keep.ts';
import { SharedModels } from './shared-models.ts';
import { openRecords, openSettings } from './sorting.ts';
import { controlSources } from './sources-control.ts';
import { loadTaxonomy } from './taxonomy.ts';
import { followTemplates } from './team-templates.ts';
import { controlTemplates } from './template-control.ts';
import { clockWith, paceTogether, workTogether } from './together.ts';
import { uncertainMentions } from './uncertain.ts';
import { withAttachments } from './with-attachments.ts';

export type { KnowledgeRow, Parts } from './parts.ts';

export const VERSION: string = packageJson.version;

/** An approved reply waits this long before it is sent, so that whoever approved it can take it back. */
const UNDO_MS = 8000;

/**
 * @param mode `server` owns the data directory, where the records are there, and follows edits of the settings; `command`
 * works beside it.
 * @param report told in a sentence what is wrong with the settings. Default: the log.
 */
export async function openParts(
  settings: Settings,
  log: Log,
  mode: 'server' | 'command' = 'command',
  report: (message: string) => void = (message) => log.warn(message),
): Promise<Parts> {
  const attachments = attachmentsIn(settings.attachmentsDir);
  const { store: records, workspace } = await openBoth(settings, mode, report);
  const whole = withAttachments(records, attachments);
  const store = settings.logSteps ? withJournal(whole, log) : whole;
  const taxonomy = await loadTaxonomy(settings);
  const problemTypes = taxonomy.types;
  const models = openLibrary(settings);
  const together = workTogether(settings, store, log);
  const sharedModels = together.leases && new SharedModels(models, store.models);
  if (sharedModels) {
    models.afterChange(() => sharedModels.push());
    await sharedModels
      .pull()
      .catch((thrown) => log.warn('no model from the other machines', { error: String(thrown) }));
  }
  const clock: Clock & { stop?(): void } = settings.databaseUrl ? await clockWith(store.machines) : { now: Date.now };
  const localKeep = keepIn(join(settings.dataDir, 'kept'));
  const keeping = together.leases ? keepInStore(store.kept, together.leases, localKeep) : localKeep;
  const world: World = {
    http: createHttp({
      userAgent: `Earshot/${VERSION}`,
      privateHosts: settings.privateHosts,
      ownOrigins: connectors.flatMap(ownOrigins),
    }),
    reach: guardedReach(settings.privateHosts),
    log,
    now: clock.now,
    variables: settings.variables,
    attachments,
    origin: settings.variables.EARSHOT_ORIGIN || undefined,
    keeping,
    ...(together.leases && { pacing: paceTogether(store.machines) }),
  };
  const push = openPush({ http: world.http, keeping, settings });
  const opened = new OpenedSources(workspace, world);
  const ourHandles = (platform: string) => officialHandles(workspace.current(), platform);
  const accountOf = (mention: Mention) => ourHandles(mention.platform)[0] ?? workspace.current().brand.product;
  const [shipped, knowledge] = await Promise.all([loadTemplates(join(ROOT, 'templates')), loadArticles(KNOWLEDGE)]);
  checkCitations(shipped, knowledge);
  const replies = followTemplates(shipped, workspace, (problem) =>
    log.error('own templates are not used', { problem }),
  );
  const regulated = new Set(
    problemTypes.filter(({ lane }) => lane === 'security' || lane === 'legal').map(({ id }) => id),
  );
  const bookOf: Parts['bookOf'] = (from, tried) =>
    openTemplateBook({
      templates: from,
      regulated,
      facts: () => factsOf(tried ?? workspace.current(), problemTypes, clock.now()),
      limitFor: (mention) => opened.of(mention)?.replyLimit(mention.platform) ?? replyLimitFor(mention.platform),
    });
  const templates = bookOf(replies);
  const review = openReview({
    store,
    templates,
    clock,
    accountOf,
    problemTypes,
    undoMs: UNDO_MS,
    rules: rulesOf(workspace),
  });
  const shared = { store, templates, review, clock, accountOf, opened, workspace, problemTypes, log };
  const incidents = await openIncidents(shared, replies);
  const canaries = new Canaries({ ...{ store, workspace, clock, log }, openAs: asTestAccount(world) });
  const collector = createCollector({
    ...{ store, clock, log, ourHandles },
    onCanary: (source, token) => canaries.heard(source, token),
    // Only where somebody sorts: a command that reads an archive is not to wait for a server.
    ...(mode === 'server' && { backlog: async () => (await store.unsorted(MOST_UNSORTED)) >= MOST_UNSORTED }),
    ...(together.leases && { alone: together.alone }),
  });
  const classifier = followModelInUse(models, {
    load: () => classifierFor(settings, workspace.current()),
    failed: (thrown) => log.error('a new classifier cannot be used; the one before goes on', { error: String(thrown) }),
    settings: sortingMark(workspace),
  });
  const stop = new AbortController();
  const pull = pullWith({ workspace, opened, collector, clock, log });
  const sources = controlSources({ store, workspace, opened, world, clock, pull, canaries, stopping: stop.signal });
  const facts = () => factsOf(workspace.current(), problemTypes, clock.now());
  const templateControl = controlTemplates({ shipped, inForce: replies, facts, regulated, workspace, store, clock });
  const learning = openLearningDesk({
    ...shared,
    settings,
    models,
    taxonomy,
    findPersonal,
    templateControl,
    stopping: stop.signal,
  });
  const numbers = openReportDesk({ ...shared, sources });
  const rowsOfKnowledge = () =>
    knowledgeRows(articlesHere(knowledge, workspace.current()), replies(), workspace.current(), clock.now());

  return {
    settings,
    log,
    clock,
    workspace,
    store,
    attachments,
    problemTypes,
    taxonomy,
    models,
    sharedModels,
    templates,
    shipped,
    bookOf,
    knowledge,
    knowledgeRows: rowsOfKnowledge,
    uncertain: (limit) => uncertainMentions({ store }, limit),
    review,
    templateControl,
    answers: openAnswerDesk({ workspace, store, clock, facts }),
    settingsControl: controlSettings({
      ...{ workspace, store, clock, findPersonal },
      previewNotice: (notice) => previewNotice(replies(), facts(), notice),
    }),
    lexicon: controlLexicon({
      ...{ workspace, store, clock, taxonomy, classifier, findPersonal },
      classifierFor: (tried) => classifierFor(settings, tried),
    }),
    learning,
    incidents,
    alerts: openAlertDesk({
      ...shared,
      findPersonal,
      settings,
      world,
      report: numbers,
      push,
      knowledgeRows: rowsOfKnowledge,
    }),
    push,
    devices: openDeviceDesk({ store, clock, push }),
    scams: openScams({ ...shared, ourHandles, findPersonal }),
    collector,
    canaries,
    world,
    opened,
    sources,
    report: numbers,
    pull,
    accountOf,
    otherWords,
    priceOf: (mention, text) => opened.of(mention)?.replyLimit(mention.platform).priceOf?.(text),
    together,
    ourHandles,
    findPersonal,
    classifier,
    async close(endings = new Endings()) {
      stop.abort();
      clock.stop?.();
      await opened.close(endings);
      await endings.track('records', store.close());
      await endings.track('settings', workspace.close());
    },
  };
}

/** Without a database of several machines the settings come first: whoever does not own the folder opens no records. */
async function openBoth(settings: Settings, mode: 'server' | 'command', report: (message: string) => void) {
  if (settings.databaseUrl) {
    const store = await openRecords(settings);
    const opening = openSettings(settings, store.settings, mode, report);
    return { store, workspace: await orClose(opening, store) };
  }
  const workspace = await openSettings(settings, undefined, mode, report);
  return { workspace, store: await orClose(openRecords(settings), workspace) };
}

async function orClose<T>(opening: Promise<T>, opened: { close(): Promise<void> }): Promise<T> {
  return opening.catch(async (thrown) => {
    await opened.close();
    throw thrown;
  });
}

function factsOf(workspace: Workspace, problemTypes: Parts['problemTypes'], now: number): Facts {
  const { brand } = workspace;
  const notice = noticeNow(workspace, now);
  const { helpUrl, supportEmail, appFeedbackPath, signature, faqUrl } = brand;
  return {
    product: brand.product,
    allowedLinks: brand.allowedLinks,
    neverSay: workspace.guardRails.neverSay,
    ...(helpUrl !== undefined && { helpUrl }),
    ...(supportEmail !== undefined && { supportEmail }),
    ...(appFeedbackPath !== undefined && { appFeedbackPath }),
    ...(signature !== undefined && { signature }),
    ...(faqUrl !== undefined && { faqUrl }),
    ...(notice && {
      notice: {
        ...notice,
        problemTypes: notice.problemTypes ?? problemTypes.filter(({ lane }) => lane === 'general').map(({ id }) => id),
      },
    }),
  };
}
