import {
  type AnyConnector,
  createHttp,
  type FoundMention,
  type From,
  type Log,
  openSource,
  type Page,
  type World,
} from '#kit';
import type { Source } from '../../src/core/ports.ts';
import type { SourceAt } from './connector-contract.ts';

/** Held still, so that two readings can be compared. */
export const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);
export const LONG_AGO = Date.UTC(2000, 0, 1);

/** The world of a test: a real `http` and a log that is kept. `timeoutMs` is long, since test machines are busy. */
export function world(variables: SourceAt['variables'] = {}, timeoutMs = 10_000): World & { logged: string[] } {
  const logged: string[] = [];
  const keep = (message: string, fields?: object) => void logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
  const log: Log = { info: keep, warn: keep };
  const http = createHttp({ userAgent: 'earshot-test', timeoutMs });
  return { http, log, now: () => NOW, variables, logged };
}

export function open(connector: AnyConnector, { options, variables }: SourceAt, inWorld = world(variables)): Source {
  return openSource(connector, { id: 'under-test', options }, inWorld);
}

export function patience(ms = 60_000): AbortSignal {
  return AbortSignal.timeout(ms);
}

/** All pages from here on. Cursors go through JSON on the way, as they do through a store. */
export async function readAll(source: Source, from: From = { since: LONG_AGO }): Promise<Page[]> {
  const pages: Page[] = [];
  for (let next = from; pages.length < 1000; ) {
    const page = await pullOnce(source, next);
    pages.push(page);
    if (!page.more) return pages;
    next = { cursor: JSON.parse(JSON.stringify(page.cursor)) };
  }
  throw new Error('A thousand pages and no end: `more` never became false.');
}

export async function pullOnce(source: Source, from: From = { since: LONG_AGO }): Promise<Page> {
  if (!source.pull) throw new Error(`${source.connector} does not pull.`);
  return source.pull(from, patience());
}

export function idsOf(pages: Page[]): string[] {
  return pages.flatMap(({ found }) => found.map(({ nativeId }) => nativeId));
}

/** What is wrong with a mention, one sentence each. What the rest of Earshot relies on without looking. */
export function faultsOf(mention: FoundMention): string[] {
  const faults: string[] = [];
  const texts = textsIn(mention);
  if (typeof mention.nativeId !== 'string' || mention.nativeId === '') faults.push('nativeId is not a text');
  if (typeof mention.author?.id !== 'string' || mention.author.id === '') faults.push('author.id is not a text');
  if (mention.text.trim() === '') faults.push('text is empty');
  for (const [path, text] of texts) {
    if (!text.isWellFormed()) faults.push(`${path} holds a lone surrogate`);
    if (text.includes('\0')) faults.push(`${path} holds a NUL`);
  }
  for (const [path, url] of texts.filter(([at]) => /(^|\.)url$/.test(at))) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
      faults.push(`${path} is no web address: ${url}`);
  }
  for (const key of ['saidAt', 'editedAt'] as const) {
    const at = mention[key];
    if (at !== undefined && !Number.isSafeInteger(at)) faults.push(`${key} is no time: ${at}`);
  }
  const { permission } = mention;
  if (!['api', 'by-hand', 'never'].includes(permission?.how)) faults.push('permission is missing');
  if (permission?.how !== 'api' && !permission?.why) faults.push('permission does not say why');
  if (Object.values(mention).includes(undefined)) faults.push('a key is there without a value');
  return faults;
}

/** Every text in a value with its path. */
function textsIn(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, path ? `${path}.${key}` : key));
}
