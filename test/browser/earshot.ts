import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FoundMention } from '../../src/core/nouns.ts';
import type { Role } from '../../src/core/rights.ts';
import { readHealth } from '../../src/observe/health.ts';
import { openLog } from '../../src/observe/log.ts';
import { openMetrics } from '../../src/observe/metrics.ts';
import { openParts, type Parts, VERSION } from '../../src/parts/index.ts';
import { openIntakeDesk } from '../../src/parts/intake.ts';
import { ROOT, readSettings } from '../../src/settings.ts';
import { runClassify } from '../../src/stages/classify/run.ts';
import { runDraft } from '../../src/stages/draft/run.ts';
import { startWeb, type Web } from '../../src/surfaces/web/server/index.ts';
import { SECRET as APP_FEEDBACK_SECRET } from '../platforms/app.ts';
import { X_KEYS } from '../platforms/twitter-tokens.ts';

/** The whole of Earshot but for the clockwork: a test says itself when to collect and when to sort. */
export interface Earshot {
  parts: Parts;
  web: Web;
  /** A link that signs in the first person, or a colleague by name. */
  linkFor(name?: string, role?: Role): Promise<string>;
  /** Collects the sample source of the workspace, as the first start does. */
  collectSample(): Promise<void>;
  /** Stores mentions as a source would, then sorts them and drafts their replies. */
  hear(
    found: Partial<FoundMention>[],
    options?: { source?: string; connector?: string; sample?: boolean },
  ): Promise<void>;
  /** Sorts and drafts what was heard. */
  work(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts it over a fresh data directory, on a free port, with the built page.
 * @param prepare fills the data directory first
 */
export async function openEarshot(
  owner = 'Mei',
  prepare: (dataDir: string) => Promise<unknown> = async () => {},
): Promise<Earshot> {
  const dataDir = await mkdtemp(join(tmpdir(), 'earshot-browser-'));
  await prepare(dataDir);
  const own = { EARSHOT_DATA: dataDir, EARSHOT_PORT: '0', EARSHOT_NAME: owner, EARSHOT_LOG: 'warn' };
  const settings = readSettings({ ...own, ...X_KEYS, APP_FEEDBACK_SECRET, EARSHOT_PRIVATE_HOSTS: '127.0.0.1' });
  const log = openLog(process.env.EARSHOT_LOG ?? 'silent');
  const parts = await openParts(settings, log, 'server');
  const { store, clock, workspace } = parts;
  const signal = new AbortController().signal;
  await access(join(ROOT, 'dist/web/index.html')).catch(() => {
    throw new Error('The page is not built. Run: npm run prepare');
  });
  const web = await startWeb({
    ...parts,
    intake: openIntakeDesk(parts, signal),
    log: log.pino,
    problemTypes: () => parts.problemTypes,
    product: () => workspace.current().brand.product,
    people: () => [],
    version: VERSION,
    health: () => readHealth({ ...parts, dataDir, stopping: signal }),
    metrics: { token: undefined, ...openMetrics({ ...parts, dataDir, version: VERSION }) },
    owner,
    host: '127.0.0.1',
    port: 0,
    clientDir: join(ROOT, 'dist/web'),
    accessFile: join(dataDir, 'access.json'),
  });
  let heard = 0;

  const work = async () => {
    const run = { store, worker: 'test', clock, signal, log };
    await runClassify({ ...run, classifier: await parts.classifier() });
    await runDraft({ ...run, templates: parts.templates });
  };
  return {
    parts,
    web,
    work,
    linkFor: async (name, role = 'approver') => (name === undefined ? web.signInUrl() : invite(web, name, role)),
    async collectSample() {
      await parts.collector.collect(parts.opened.get('sample'), { since: 0, signal });
      await work();
    },
    async hear(found, { source = 'forum', connector = 'feed', sample = false } = {}) {
      const at = clock.now();
      await store.savePage({
        source,
        connector,
        sample,
        found: found.map((one) => ({ ...example(++heard), ...one })),
        at,
      });
      await work();
    },
    async close() {
      await web.close();
      await parts.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Something to fill in what a test does not care about. */
function example(n: number): FoundMention {
  return {
    nativeId: `example-${n}`,
    author: { id: `invented-${n}`, handle: `invented_${n}`, name: `Invented Person ${n}` },
    text: `My top-up of 50 has not arrived, the bank already took the money. Case ${n}.`,
    saidAt: Date.now() - n * 60_000,
    url: `https://forum.example/topic/${n}`,
    place: 'forum.example/help',
    permission: {
      how: 'by-hand',
      why: 'A feed can be read but not answered. Open the page, post the reply there and confirm.',
    },
  };
}

/** What the first person does in the browser, done over the API. */
async function invite(web: Web, name: string, role: Role): Promise<string> {
  const key = new URL(web.signInUrl()).searchParams.get('key');
  const session = await fetch(`${web.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key }),
  });
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const made = await fetch(`${web.url}/api/v1/invitations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ name, role }),
  });
  return ((await made.json()) as { url: string }).url;
}
