import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import { fastifySSE } from '@fastify/sse';
import fastify, { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { BASE } from '../api.ts';
import { Access } from './access/access.ts';
import { LegacyAccess } from './access/legacy.ts';
import { OpenId } from './access/open-id.ts';
import { Sessions } from './access/sessions.ts';
import { endPagesOfGone } from './access/still-here.ts';
import type { App, Served } from './app.ts';
import { addCompression } from './compress.ts';
import { CountsCache } from './counts.ts';
import { drained } from './drain.ts';
import { answerErrors } from './errors.ts';
import { addGuard } from './guard.ts';
import { addHeaders } from './headers.ts';
import { listen } from './listen.ts';
import { Live } from './live.ts';
import { addOpenApi, addOpenApiRoute } from './openapi.ts';
import type { WebParts } from './parts.ts';
import { addAccount } from './people/account.ts';
import { addInvitations } from './people/invitations.ts';
import { addPeople } from './people/people.ts';
import { addTokens } from './people/tokens.ts';
import { addAcknowledgePage, addAlerts } from './routes/alerts.ts';
import { addAnswers } from './routes/answers.ts';
import { addAttachments } from './routes/attachments.ts';
import { addBeside } from './routes/beside.ts';
import { addDevices } from './routes/devices.ts';
import { addEvents } from './routes/events.ts';
import { addHealth } from './routes/health.ts';
import { addIncidents } from './routes/incidents.ts';
import { addIntake } from './routes/intake.ts';
import { addLearning } from './routes/learning.ts';
import { addLexicon } from './routes/lexicon.ts';
import { addMe } from './routes/me.ts';
import { addMentions } from './routes/mentions.ts';
import { addMetrics } from './routes/metrics.ts';
import { addNotes } from './routes/notes.ts';
import { addQueue } from './routes/queue.ts';
import { addReport } from './routes/report.ts';
import { addSavedViews } from './routes/saved-views.ts';
import { addScams } from './routes/scams.ts';
import { addSession } from './routes/session.ts';
import { addSettings } from './routes/settings.ts';
import { addSources } from './routes/sources.ts';
import { addTemplates } from './routes/templates.ts';
import { addUncertain } from './routes/uncertain.ts';
import { addOpenId, signInAddress } from './sign-in.ts';
import { addPage } from './static.ts';
import { TemplateUses } from './template-uses.ts';
import { ViewCounter } from './view-counts.ts';

export { openIdSettings } from './access/open-id.ts';
export type { AnswerDesk } from './answer-desk.ts';
export type { DeviceDesk } from './device-desk.ts';
export { startHealth } from './health-port.ts';
export type { LearningDesk } from './learning-desk.ts';
export type { LexiconControl } from './lexicon-control.ts';
export type { AlertDesk, ReportDesk, SourcesControl, WebParts } from './parts.ts';
export type { SettingsControl } from './settings-control.ts';
export type { TemplateControl } from './template-control.ts';

/** More than any decision needs. */
const BODY_MAX = 256 * 1024;
const THIS_MACHINE = ['127.0.0.0/8', '::1'];
/** Until a request has come whole: enough for the largest call over a slow line. */
const REQUEST_MS = 120_000;
const HEARTBEAT_MS = 20_000;
const DRAIN_MS = 3000;

export interface Web {
  /** Where it listens, such as http://127.0.0.1:4600, or its public address. */
  url: string;
  /** A fresh link that signs the owner in, once. */
  signInUrl(): string;
  close(): Promise<void>;
}

/**
 * Starts the inbox: API, live events and page.
 *
 * @throws Error in a sentence when the port is taken or the access file of an older version cannot be used.
 */
export async function startWeb(parts: WebParts): Promise<Web> {
  const { access: people } = parts.store;
  const legacy = await LegacyAccess.open(parts.accessFile, people, parts.clock);
  const access = new Access(people, parts.clock, parts.owner);
  const sessions = new Sessions(people, parts.clock, parts.publicOrigin?.startsWith('https:') ?? false);
  const openId = parts.openId && new OpenId(parts.openId);
  const counts = new CountsCache(parts.store, parts.clock);
  const viewCounts = new ViewCounter(parts.store, parts.clock);
  const templateUses = new TemplateUses(parts.store, parts.clock);
  const watched = { counts, viewCounts, templateUses, live: new Live(parts.store.machines) };
  const served: Served = { ...parts, access, sessions, legacy, openId, ...watched };
  const { app, close } = await buildApp(served);
  const unwatch = parts.store.watch((change) => {
    counts.outdated();
    viewCounts.outdated();
    served.live.changed(change);
  });
  const unwatchPeople = endPagesOfGone({ people, clock: parts.clock, live: served.live });
  const local = await listen(app, { ...parts, variable: 'EARSHOT_PORT' }).catch(async (error: unknown) => {
    unwatch();
    unwatchPeople();
    await app.close();
    throw error;
  });
  const url = parts.publicOrigin ?? local;
  return {
    url,
    signInUrl: () => signInAddress(url, access.startKeys.make()),
    close: async () => {
      unwatch();
      unwatchPeople();
      await close();
    },
  };
}

async function buildApp(served: Served): Promise<{ app: App; close(): Promise<void> }> {
  const answerError = answerErrors(served);
  const app: App = fastify({
    loggerInstance: served.log,
    // The address of a request may hold a key, its body somebody's words: requests are not logged.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_MAX,
    // Whoever sends a byte a minute keeps no place here.
    requestTimeout: REQUEST_MS,
    // Limits and locks count for whom a proxy asks; anybody else could say anything.
    trustProxy: [...THIS_MACHINE, ...(served.proxies ?? [])],
    // What goes wrong before there is a route, such as an address that cannot be decoded.
    frameworkErrors: (error, request, answer) =>
      void answerError(error, request as FastifyRequest, answer as FastifyReply),
    routerOptions: { maxParamLength: 200 },
  });
  // A form of another site can send plain text without asking first. JSON it cannot.
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  const close = drained(app, served.drainMs ?? DRAIN_MS);
  app.addHook('preClose', async () => served.live.close());

  await addHeaders(app, served);
  addCompression(app);
  await app.register(cookie);
  addGuard(app, served);
  await app.register(rateLimit, { global: false });
  await app.register(fastifySSE, { heartbeatInterval: HEARTBEAT_MS });
  await addOpenApi(app, served);

  addHealth(app, served);
  addMetrics(app, served);
  await app.register(async (api: App) => addApi(api, served), { prefix: BASE });
  addOpenApiRoute(app);
  addOpenId(app, served);
  await addAcknowledgePage(app, served);
  await addIntake(app, served);
  await addPage(app, served);
  await app.ready();
  return { app, close };
}

function addApi(api: App, served: Served): void {
  // What people wrote is not to lie in the cache of a browser or a proxy, after a sign-out or an erasure.
  api.addHook('onSend', async (_request, answer) => {
    if (!answer.hasHeader('cache-control')) answer.header('cache-control', 'no-store');
  });
  addSession(api, served);
  addInvitations(api, served);
  addAccount(api, served);
  addTokens(api, served);
  addDevices(api, served);
  addPeople(api, served);
  addMe(api, served);
  addQueue(api, served);
  addSavedViews(api, served);
  addMentions(api, served);
  addAttachments(api, served);
  addNotes(api, served);
  addBeside(api, served);
  addIncidents(api, served);
  addAlerts(api, served);
  addScams(api, served);
  addEvents(api, served);
  addSources(api, served);
  addSettings(api, served);
  addTemplates(api, served);
  addLexicon(api, served);
  addAnswers(api, served);
  addLearning(api, served);
  addReport(api, served);
  addUncertain(api, served);
}
