import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { seeded } from '../../src/stages/classify/train/random.ts';
import { openSqliteEngine } from '../../src/store/sqlite/index.ts';
import { storeOver } from '../../src/store/store.ts';
import { hashOf, newId, newKey } from '../../src/surfaces/web/server/access/keys.ts';
import { feedbackCall, SECRET } from '../platforms/app.ts';
import { type Ask, type Shift, work } from '../soak/shift.ts';
import { fill } from './fill.ts';
import type { Measurement } from './measurement.ts';
import { measured } from './times.ts';

const MENTIONS = 100_000;
const PEOPLE = 50;
const ARRIVING_PER_SECOND = 20;
const SECONDS = 60;
/** Somebody reads before they decide. */
const READING_MS = 3_000;
const DAY_MS = 86_400_000;
/** An app may call 1,200 times a minute: two share what arrives. */
const APPS = ['app', 'other-app'];

/**
 * Fifty people with open inboxes, who read, decide and look around, while twenty mentions a second arrive, are sorted and
 * drafted: how long each kind of action takes, over HTTP, against the whole program in a process of its own.
 */
export async function benchCrowd(): Promise<Measurement[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
  const keys = await prepare(dataDir);
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=8', resolve(import.meta.dirname, '../../bin/earshot.cjs'), 'start'],
    {
      env: {
        ...process.env,
        EARSHOT_DATA: dataDir,
        EARSHOT_PORT: '0',
        EARSHOT_LOG: 'error',
        APP_FEEDBACK_SECRET: SECRET,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    const lines = createInterface({ input: child.stdout });
    const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as [unknown];
    return await watch(new URL(/http:\S+/.exec(String(line))?.[0] ?? ''), keys);
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    await rm(dataDir, { recursive: true });
  }
}

/** A store with mentions and people who are signed in. Gives their keys. */
async function prepare(dataDir: string): Promise<string[]> {
  const options = { app: 'Acorn Wallet' };
  const sources = APPS.map((id) => ({ id, connector: 'app-feedback', options }));
  await writeFile(
    join(dataDir, 'workspace.json'),
    JSON.stringify({ version: 1, brand: { product: 'Acorn Pay' }, sources }),
  );
  const engine = await openSqliteEngine(join(dataDir, 'earshot.db'));
  await fill(engine, MENTIONS);
  const { access } = storeOver(engine);
  const keys = Array.from({ length: PEOPLE }, newKey);
  const at = Date.now();
  for (const [n, key] of keys.entries()) {
    const name = `Person ${n}`;
    const audit = { at, actor: name, action: 'signed-in', subject: 'people', detail: {} };
    const person = { id: newId(), name, role: 'approver', hasPassword: false, disabled: false, since: at } as const;
    await access.savePerson(person, audit);
    const session = { id: newId(), personId: person.id, at, usedAt: at, until: at + DAY_MS, agent: 'bench' };
    await access.beginSession(session, hashOf(key), audit);
  }
  await engine.close();
  return keys;
}

async function watch(link: URL, keys: readonly string[]): Promise<Measurement[]> {
  const over = new AbortController();
  const times = new Map<string, number[]>();
  const until = performance.now() + SECONDS * 1_000;
  const heard = keys.map((key) => listen(link, key, over.signal));
  const arriving = arrive(link, until);
  const shifts = await Promise.all(
    keys.map(async (key, n) => {
      const random = seeded(n + 1);
      await pause(random() * READING_MS);
      return work(personOf(link, key, times), until, random, READING_MS);
    }),
  );
  const arrived = await arriving;
  over.abort();
  const events = sum(await Promise.all(heard));
  const errors = sum(shifts.map((shift: Shift) => shift.errors));
  if (errors > 0) throw new Error(`${errors} requests failed.`);
  if (events < PEOPLE) throw new Error('Nobody heard of what arrived.');
  return [
    ...[...times].map(([what, taken]) => measured(`50 people, ${what}`, 'SQLite', MENTIONS, taken)),
    measured('50 people, a mention is taken', 'SQLite', MENTIONS, arrived),
  ];
}

/** Asks as one person, and keeps how long each kind of question took. */
function personOf(link: URL, key: string, times: Map<string, number[]>): { ask: Ask } {
  return {
    async ask(method, path, body) {
      const began = performance.now();
      const answer = await fetch(new URL(path, link), {
        method,
        headers: { ...signedIn(link, key), ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const ms = performance.now() - began;
      const what = kindOf(method, path);
      times.set(what, [...(times.get(what) ?? []), ms]);
      return { status: answer.status, json: text.startsWith('{') ? JSON.parse(text) : undefined, ms };
    },
  };
}

function kindOf(method: string, path: string): string {
  if (method === 'POST') return path.endsWith('/check') ? 'checks while writing' : 'a decision';
  if (path.includes('search=')) return 'a search';
  if (path.includes('/queue')) return 'a list';
  return path.includes('/mentions/') ? 'a mention' : 'counts, reports and sources';
}

const signedIn = (link: URL, key: string) => ({ cookie: `earshot-${link.port}=${key}` });

/** An open inbox: how many events it was told. */
async function listen(link: URL, key: string, signal: AbortSignal): Promise<number> {
  let events = 0;
  try {
    const answer = await fetch(new URL('/api/v1/events', link), { headers: signedIn(link, key), signal });
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) events += decoder.decode(chunk).split('\nevent:').length - 1;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return events;
}

/** Lets mentions arrive in an even stream, whatever the answers take. Gives what each took. */
async function arrive(link: URL, until: number): Promise<number[]> {
  const calls: Promise<number>[] = [];
  for (let n = 0; performance.now() < until; n++) {
    calls.push(arriveOnce(link, n));
    await pause(1_000 / ARRIVING_PER_SECOND);
  }
  return Promise.all(calls);
}

async function arriveOnce(link: URL, n: number): Promise<number> {
  const said = { text: `充值 ${n} 一直没有到账，怎么办？`, user: `user-${n}` };
  const { headers, body } = feedbackCall(said, { id: randomUUID(), at: Date.now() });
  const began = performance.now();
  const path = `/intake/${APPS[n % APPS.length]}/v1/feedback`;
  const answer = await fetch(new URL(path, link), { method: 'POST', headers, body: String(body) });
  if (answer.status !== 200) throw new Error(`A mention was not taken: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
  return performance.now() - began;
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);
