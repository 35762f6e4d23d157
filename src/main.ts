import { once } from 'node:events';
import { join } from 'node:path';
import { ClockWatch } from './observe/clock-watch.ts';
import { jumped, readHealth } from './observe/health.ts';
import { type Log, openLog } from './observe/log.ts';
import { openMetrics } from './observe/metrics.ts';
import { watchAnswers } from './parts/aftercare.ts';
import { sendAlerts } from './parts/alerts.ts';
import { keepCanaries } from './parts/canary.ts';
import { showInDiscord } from './parts/discord.ts';
import { Endings, endInTime } from './parts/ending.ts';
import { heardSources } from './parts/heard-sources.ts';
import { watchIncidents } from './parts/incidents.ts';
import { openParts, type Parts, VERSION } from './parts/index.ts';
import { openIntakeDesk } from './parts/intake.ts';
import { listenToAll } from './parts/live-sources.ts';
import type { LocalPlatforms } from './parts/local-platforms.ts';
import { followNotice } from './parts/notice.ts';
import { keepRetention } from './parts/retention.ts';
import { followModels } from './parts/shared-models.ts';
import { stopSignal } from './parts/stop-signal.ts';
import { watchKeywords } from './parts/unknown-types.ts';
import { keepDoing, startSchedule } from './schedule/index.ts';
import { ROOT, type Role, readSettings, type Settings } from './settings.ts';
import { runClassify } from './stages/classify/run.ts';
import { keepRechecking } from './stages/collect/index.ts';
import { runDraft } from './stages/draft/run.ts';
import { doubtPutBack, openOutbox } from './stages/post/index.ts';
import { openIdSettings, startHealth, startWeb, type WebParts } from './surfaces/web/server/index.ts';

/** The longest a stop may take before the process ends without waiting further. */
const STOP_LIMIT_MS = 10_000;
/** How often a stage looks for work when nothing changed: leases run out, and waiting times end. */
const LOOK_MS = 1000;

/** Half of the 24 hours that the strictest platform grants to follow a deletion. */
const RECHECK_MS = 12 * 3_600_000;

/**
 * Starts everything and runs until SIGINT or SIGTERM.
 *
 * @param localPlatforms the invented world, if this is one; it is closed last
 */
export async function main(settings: Settings = readSettings(), localPlatforms?: LocalPlatforms): Promise<void> {
  const log = openLog(settings.logLevel);
  const stop = stopSignal();
  const endings = new Endings();
  const endedWell = endInTime(stop, { endings, log, limitMs: STOP_LIMIT_MS });
  try {
    await runUntil(stop, { settings, localPlatforms, log, endings });
  } finally {
    endedWell();
  }
}

interface Run {
  settings: Settings;
  localPlatforms: LocalPlatforms | undefined;
  log: Log;
  endings: Endings;
}

async function runUntil(stop: AbortSignal, { settings, localPlatforms, log, endings }: Run): Promise<void> {
  const clockWatch = new ClockWatch();
  clockWatch.keepLooking(stop, (jump) => log.warn('the clock jumped', { message: jumped(jump).message }));
  const parts = await endings.track('start', openParts(settings, log, 'server'));
  if (await parts.store.wasPutBack()) await doubtPutBack(parts);
  const watched = watchedBy(parts, stop, clockWatch);
  const { web, health } = await openDoors(parts, stop, watched, localPlatforms?.page).catch(async (thrown) => {
    await parts.close();
    throw thrown;
  });
  const where = web ? web.signInUrl() : `to ${settings.roles.join(' and ')}, without an inbox`;
  process.stdout.write(`Earshot ${VERSION} is ready: ${where}\n`);
  if (health) process.stdout.write(`Health and numbers: ${health.url}\n`);
  if (localPlatforms) process.stdout.write(inventedWorld(localPlatforms.page, settings.dataDir));

  watchKeywords(parts.workspace, parts.taxonomy, settings, log);
  const running = runAll(parts, endings, stop);
  if (!stop.aborted) await once(stop, 'abort');

  log.info('stopping');
  await Promise.allSettled([...running, web && endings.track('inbox', web.close())]);
  // Whoever watches is told until the end that it stops.
  if (health) await endings.track('health', health.close());
  await parts.close(endings);
  if (localPlatforms) await endings.track('local platforms', localPlatforms.close());
}

/** Everything that goes on until the stop, each under its name. */
function runAll(parts: Parts, endings: Endings, stop: AbortSignal): Promise<unknown>[] {
  const { together, settings, sharedModels, log } = parts;
  const run = (name: string, work: Promise<unknown>) => endings.track(name, work);
  const alone = (name: string, work: (held: AbortSignal) => Promise<unknown>) =>
    run(name, together.inOne(name, work, stop));
  const roles: Record<Role, () => Promise<unknown>[]> = {
    collect: () => [
      run('hearing', hear(parts, endings, stop)),
      run('sorting', sort(parts, stop)),
      // On one machine at a time, so that one problem gives one incident.
      alone('incidents', (held) => watchIncidents(parts, held)),
      alone('aftercare', (held) => watchAnswers(parts, held)),
      run('alerts', sendAlerts(parts, stop)),
      run('status notice', followNotice(parts, stop)),
      alone('retention', (held) => keepRetention(parts, held)),
    ],
    post: () => [
      run('posting', post(parts, stop)),
      // On one machine at a time, so that each is posted once.
      alone('canary', (held) => keepCanaries(parts.canaries, parts, held)),
    ],
    web: () => [alone('discord', (held) => showInDiscord(parts, held))],
  };
  return [
    run('place among the machines', together.beHere(settings.roles, stop)),
    ...(sharedModels ? [run('models', followModels(sharedModels, log, stop))] : []),
    ...settings.roles.flatMap((role) => roles[role]()),
  ];
}

type Watched = Pick<WebParts, 'health' | 'metrics' | 'version' | 'log'>;

/** What is told to whoever watches the process. */
function watchedBy(parts: Parts, stopping: AbortSignal, clockWatch: ClockWatch): Watched {
  const { settings, log } = parts;
  const { dataDir, variables } = settings;
  return {
    version: VERSION,
    // Requests are answered, not told about: the log is for what a person should know.
    log: log.pino.child({}, { level: 'warn' }),
    health: () => readHealth({ ...parts, dataDir, stopping, clockWatch, heardSources: () => heardSources(parts) }),
    metrics: {
      token: variables.EARSHOT_METRICS_TOKEN,
      ...openMetrics({ ...parts, dataDir, version: VERSION, heardSources: () => heardSources(parts) }),
    },
  };
}

/** The inbox, where that is a role of this process, and the port for whoever watches it. */
async function openDoors(parts: Parts, stopping: AbortSignal, watched: Watched, localPlatforms: string | undefined) {
  const { roles, host, healthPort } = parts.settings;
  const web = roles.includes('web') ? await openInbox(parts, stopping, watched, localPlatforms) : undefined;
  if (healthPort === undefined) return { web, health: undefined };
  const health = await startHealth({ ...watched, host, port: healthPort }).catch(async (thrown) => {
    await web?.close();
    throw thrown;
  });
  return { web, health };
}

function openInbox(parts: Parts, stopping: AbortSignal, watched: Watched, localPlatforms: string | undefined) {
  const { settings, workspace, problemTypes } = parts;
  const { host, port, person, dataDir, variables } = settings;
  return startWeb({
    ...parts,
    ...watched,
    intake: openIntakeDesk(parts, stopping),
    host,
    port,
    proxies: settings.proxies,
    owner: person,
    product: () => workspace.current().brand.product,
    people: () => workspace.current().team.map(({ name }) => name),
    problemTypes: () => problemTypes,
    clientDir: join(ROOT, 'dist/web'),
    accessFile: join(dataDir, 'access.json'),
    ...(localPlatforms && { localPlatforms }),
    openId: openIdSettings(variables),
    ...(variables.EARSHOT_ORIGIN && { publicOrigin: variables.EARSHOT_ORIGIN }),
  });
}

/** Pulls by the clock, and holds a live connection where a source has one. */
async function hear(parts: Parts, endings: Endings, signal: AbortSignal): Promise<void> {
  const { store, clock, log, workspace, pull, together } = parts;
  const takeSlot = (job: string, at: number) => store.machines.takeSlot(job, at, together.holder);
  const jobs = () => {
    const { sources, schedules } = workspace.current();
    return sources
      .filter(({ enabled }) => enabled)
      .map(({ id, schedule, ...settings }) => ({ id, cron: schedule ?? schedules.pull, settings }));
  };
  const onJobsChange = (listener: () => void) => workspace.onChange(listener);
  const schedule = startSchedule({
    ...{ jobs, onJobsChange, pull, store, clock, signal, log },
    ...(together.leases && { takeSlot }),
  });
  await Promise.all([
    schedule.stopped,
    listenToAll(parts, endings, signal),
    together.inOne('recheck', (held) => followDeletions(parts, held), signal),
  ]);
}

/** Asks sources about everything we hold from them, so that what was deleted there is erased here in time. */
function followDeletions(parts: Parts, signal: AbortSignal): Promise<void> {
  const open = () => {
    const enabled = parts.workspace.current().sources.filter(({ enabled }) => enabled);
    return enabled.flatMap(({ id }) => parts.opened.tryGet(id) ?? []);
  };
  return keepRechecking(open, parts, parts.collector, { everyMs: RECHECK_MS, signal });
}

/** Carries what was heard through classify and draft. The classifier loads here, while the inbox is open already. */
async function sort(parts: Parts, signal: AbortSignal): Promise<void> {
  const { store, log } = parts;
  const work = { ...parts, worker: parts.together.holder, signal };
  const round = async () => {
    await runClassify({ ...work, classifier: await parts.classifier() });
    await runDraft(work);
  };
  await keepDoing('sorting', round, { store, everyMs: LOOK_MS, signal, log });
}

async function post(parts: Parts, signal: AbortSignal): Promise<void> {
  const { store, log, opened, together } = parts;
  const outbox = openOutbox({
    ...parts,
    worker: together.holder,
    signal,
    sourceOf: (mention) => opened.of(mention),
    ...(together.leases && { sharedNow: () => store.machines.now() }),
  });
  await keepDoing('posting', () => outbox.run(), { store, everyMs: LOOK_MS, signal, log });
}

function inventedWorld(page: string, dataDir: string): string {
  return `
  An invented world: X, Reddit, Discord and a mailbox run on this computer, and every person, post and scammer is made up.
  Nothing leaves this computer, and no account is needed. In about a minute, top-ups begin to fail for everybody.

  What stands on the platforms, and where your replies arrive:  ${page}
  The command line sees the same with:  EARSHOT_DATA=${dataDir}

  Ctrl-C stops everything and removes that folder.
`;
}
