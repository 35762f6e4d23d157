import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { attachmentsIn } from '../../src/attachments/index.ts';
import { Refused } from '../../src/core/failures.ts';
import type { Role } from '../../src/core/rights.ts';
import { openDesk } from '../../src/incidents/index.ts';
import { readHealth } from '../../src/observe/health.ts';
import { openMetrics } from '../../src/observe/metrics.ts';
import { openAnswerDesk } from '../../src/parts/answer-desk.ts';
import { openDeviceDesk } from '../../src/parts/device-desk.ts';
import { openLearningDesk } from '../../src/parts/learning-desk.ts';
import { controlLexicon } from '../../src/parts/lexicon-control.ts';
import { classifierFor, openLibrary } from '../../src/parts/model-in-use.ts';
import { controlSettings } from '../../src/parts/settings-control.ts';
import { loadTaxonomy } from '../../src/parts/taxonomy.ts';
import { controlTemplates } from '../../src/parts/template-control.ts';
import { uncertainMentions } from '../../src/parts/uncertain.ts';
import { csvOf, lastDays } from '../../src/report/index.ts';
import { openScamDesk } from '../../src/scams/index.ts';
import { readSettings } from '../../src/settings.ts';
import { findPersonal, HandleGuard } from '../../src/stages/classify/index.ts';
import { BASE, type ProblemTypeInfo, type SourceInfo } from '../../src/surfaces/web/api.ts';
import {
  type ReportDesk,
  type SourcesControl,
  startWeb,
  type Web,
  type WebParts,
} from '../../src/surfaces/web/server/index.ts';
import { openWorkspace, type Workspace, type WorkspaceHandle } from '../../src/workspace/index.ts';
import { type Bench, book, openBench, PROBLEM_TYPES } from '../review/support.ts';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  json: any;
}

export interface Ask {
  method?: string;
  body?: unknown;
  /** A body as it stands. */
  raw?: string | Buffer;
  headers?: Record<string, string>;
  cookie?: string | undefined;
  /** The path exactly as it stands, where a URL would tidy it up. */
  path?: string;
}

/** One real HTTP exchange, with every header under the test's control. */
export function ask(url: string, { method, body, raw, headers = {}, cookie, path }: Ask = {}): Promise<Answer> {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      {
        ...(path && { path }),
        method: method ?? (payload === undefined ? 'GET' : 'POST'),
        headers: {
          ...(payload !== undefined && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(payload),
          }),
          ...(cookie && { cookie }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const isJson = String(response.headers['content-type']).includes('json');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            json: isJson ? JSON.parse(text) : undefined,
          });
        });
      },
    );
    request.on('error', reject);
    request.end(payload);
  });
}

/** Shown by whoever reads the numbers. */
export const METRICS_TOKEN = 'invented-metrics-token';
/** Of everybody who accepts an invitation here. */
/** Longer than any test: a server that waits for the last of its connections is seen to hang. */
export const NEVER = 600_000;

export const PASSWORD = 'four words in a row';

export interface WebBench extends Bench {
  web: Web;
  parts: WebParts;
  /** Where it listens, whatever it calls itself. */
  local: string;
  /** All that was logged so far. */
  logged(): string;
  /** Signs in: as the owner, or as a colleague who accepts an invitation. Asks as that person from then on. */
  signIn(name?: string, role?: Role): Promise<Person>;
  restart(changes?: Partial<WebParts>): Promise<void>;
}

function testDesk({ store, review, clock }: Bench) {
  return openDesk({
    ...{ store, review, clock, templates: book },
    toTraditional: (text) => text,
    accountOf: () => '@brand',
    sourceOf: () => undefined,
    wordings: () => ({ zh: ['我们已经知道，正在查看。'], en: ['We know about it and are looking.'] }),
    paceMs: () => 10_000,
  });
}

function testScams({ store, review, clock }: Bench) {
  const guard = new HandleGuard({ names: ['Wallet'], officialHandles: ['wallet'] });
  return openScamDesk({
    ...{ store, clock, findPersonal },
    templates: { choices: () => [{ id: 'scam-warning/en', title: 'Warning' }] },
    draftAgain: (asked) => review.useTemplate({ ...asked, again: true }),
    product: () => 'Wallet',
    lookAlike: (author) => guard.judge(author),
    platformOf: ({ platform }) => ({
      name: platform,
      reports: { at: 'https://forum.example/report', asks: 'The forum asks for links.' },
      ours: ['wallet'],
    }),
  });
}

const testFacts = () => ({ product: 'Wallet', allowedLinks: [] });

function testTemplates({ store, clock }: Bench, workspace: WorkspaceHandle) {
  return controlTemplates({
    shipped: [],
    inForce: () => [],
    facts: testFacts,
    regulated: new Set(),
    workspace,
    store,
    clock,
  });
}

async function testLearning({ store, clock }: Bench, dataDir: string) {
  return openLearningDesk({
    ...{ store, clock, findPersonal },
    settings: readSettings({ EARSHOT_DATA: dataDir }),
    models: openLibrary({ dataDir }),
    taxonomy: await loadTaxonomy({ dataDir }),
    templateControl: { wouldBe: () => [] },
    stopping: new AbortController().signal,
  });
}

/** The shipped keywords and the shipped classifier. */
async function testLexicon({ store, clock }: Bench, dataDir: string) {
  const workspace = await testWorkspace(dataDir);
  const load = (tried: Workspace) => classifierFor({ dataDir }, tried);
  return controlLexicon({
    ...{ store, clock, workspace, findPersonal, classifierFor: load, taxonomy: await loadTaxonomy({ dataDir }) },
    classifier: () => load(workspace.current()),
  });
}

export interface Person {
  cookie: string;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  ask(path: string, options: Ask): Promise<Answer>;
}

export async function openWebBench(changes: Partial<WebParts> = {}): Promise<WebBench> {
  const bench = await openBench();
  const folder = await mkdtemp(join(tmpdir(), 'web-'));
  const lines: string[] = [];
  const parts: WebParts = {
    store: bench.store,
    attachments: attachmentsIn(join(folder, 'attachments')),
    intake: { take: async () => ({ status: 404 }) },
    review: bench.review,
    incidents: { desk: testDesk(bench) },
    scams: testScams(bench),
    report: testReport(bench),
    devices: openDeviceDesk({ ...bench, push: { publicKey: async () => 'key', send: async () => 'sent' } }),
    alerts: { clocks: async () => [], evidence: async () => ({}), acknowledge: async () => {} },
    templates: book,
    sources: testSources(bench),
    clock: bench.clock,
    accountOf: () => '@brand',
    otherWords: () => ({}),
    priceOf: () => undefined,
    findPersonal,
    health: () => readHealth({ ...bench, dataDir: folder, stopping: new AbortController().signal }),
    metrics: { token: METRICS_TOKEN, ...openMetrics({ ...bench, dataDir: folder, version: '1.2.3' }) },
    uncertain: (limit) => uncertainMentions({ store: bench.store }, limit),
    problemTypes: () => PROBLEM_TYPES.map(describeType),
    product: () => 'Wallet',
    people: () => ['Lena'],
    version: '1.2.3',
    owner: 'Mei',
    host: '127.0.0.1',
    port: 0,
    clientDir: join(folder, 'dist'),
    accessFile: join(folder, 'access.json'),
    answers: openAnswerDesk({ ...bench, workspace: await testWorkspace(folder), facts: testFacts }),
    templateControl: testTemplates(bench, await testWorkspace(folder)),
    settingsControl: controlSettings({
      ...bench,
      workspace: await testWorkspace(folder),
      findPersonal,
      previewNotice: () => [],
    }),
    lexicon: await testLexicon(bench, folder),
    learning: await testLearning(bench, folder),
    log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
    ...changes,
  };
  let web = await startWeb(parts).catch(async (error: unknown) => {
    await bench.close();
    await rm(folder, { recursive: true });
    throw error;
  });
  const local = web.url;
  const self: WebBench = {
    ...bench,
    web,
    local,
    parts,
    logged: () => lines.join(''),
    signIn: async (name, role = 'approver') => {
      const link = name === undefined ? web.signInUrl() : await invitation(await self.signIn(), name, role);
      const key = new URL(link).searchParams.get('key');
      const way =
        name === undefined ? ['/session', { key }] : ['/invitations/accept', { key, name, password: PASSWORD }];
      return personWith(() => local, await ask(`${local}${BASE}${way[0]}`, { body: way[1] }));
    },
    restart: async (more = {}) => {
      const port = Number(new URL(local).port);
      await web.close();
      web = await startWeb({ ...parts, port, ...more });
      self.web = web;
    },
    close: async () => {
      await web.close();
      await bench.close();
      await rm(folder, { recursive: true });
    },
  };
  return self;
}

async function invitation(host: Person, name: string, role: Role): Promise<string> {
  return (await host.post('/invitations', { name, role })).json.url;
}

export function personWith(origin: () => string, signedIn: Answer): Person {
  const cookie = cookieOf(signedIn);
  if (!cookie) throw new Error(`not signed in: ${signedIn.status} ${signedIn.text}`);
  return {
    cookie,
    get: (path) => ask(origin() + BASE + path, { cookie }),
    post: (path, body = {}) => ask(origin() + BASE + path, { cookie, body }),
    ask: (path, options) => ask(origin() + BASE + path, { cookie, ...options }),
  };
}

/** The name and value of the session cookie that an answer sets. */
export function cookieOf(answer: Answer): string | undefined {
  const [set] = [answer.headers['set-cookie'] ?? []].flat();
  return set?.split(';')[0];
}

function describeType(type: (typeof PROBLEM_TYPES)[number]): ProblemTypeInfo {
  return { ...type, title: { en: type.id, 'zh-Hans': type.id, 'zh-Hant': type.id }, meaning: `About ${type.id}` };
}

function testWorkspace(folder: string): Promise<WorkspaceHandle> {
  const defaults = { version: 1, brand: { product: 'Wallet' } } as const;
  return openWorkspace(join(folder, 'settings'), { defaults, mode: 'command' });
}

/** The real numbers over the store of the test, against a target of an hour. */
function testReport({ store, clock }: Bench): ReportDesk {
  const parts = {
    ...{ store, clock, targetMinutes: () => 60, spending: async () => [] },
    dueAt: (_: string, heardAt: number) => heardAt + 3_600_000,
  };
  return {
    last: (days, rowDays) => lastDays(parts, days, rowDays),
    csv: async (days, table) => csvOf(await lastDays(parts, days), table),
  };
}

/** Sources kept in a list: the routes are under test, not collecting. */
export function testSources({ store, clock }: Pick<Bench, 'store' | 'clock'>): SourcesControl {
  const sources = new Map<string, SourceInfo>();
  const known = (id: string): SourceInfo => {
    const source = sources.get(id);
    if (!source) throw new Refused('unknown-source', `There is no source "${id}".`);
    return source;
  };
  return {
    list: async () => [...sources.values()],
    connectors: () => [],
    spending: async () => [],
    add: async ({ id, connector, name = id }) => {
      if (sources.has(id)) throw new Refused('source-exists', `There is a source "${id}" already.`);
      const status = { source: id, state: 'new' as const, message: '', failuresInARow: 0, stored: 0, skipped: 0 };
      const source = {
        id,
        connector,
        name,
        sample: false,
        enabled: true,
        isRead: true,
        schedule: '',
        status,
        coverage: [],
      };
      sources.set(id, source);
      return source;
    },
    settings: (id) => {
      const { connector, name, enabled } = known(id);
      return { connector, name, enabled, options: {} };
    },
    change: async (id, { after: { name = id, enabled } }) => {
      sources.set(id, { ...known(id), name, enabled });
      return known(id);
    },
    try: async () => ({ ok: true, message: 'It works.' }),
    test: async (id) => ({ ok: known(id).enabled, message: 'It works.' }),
    pull: async (id) => ({ added: known(id).status.stored, changed: 0, known: 0, skipped: 0 }),
    remove: async (id) => {
      known(id);
      sources.delete(id);
    },
    removeSample: (by) =>
      store.removeSample({ at: clock.now(), actor: by, action: 'sample-removed', subject: 'sample', detail: {} }),
  };
}
