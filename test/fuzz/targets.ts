/** What hostile text goes through. A target gives back all that it would let out, to be searched for what must stay in. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConnectorError,
  cleanText,
  decodeBytes,
  htmlToText,
  markupToText,
  openSource,
  parseDate,
  safeUrl,
  xLength,
} from '#kit';
import { archive } from '../../connectors/archive/index.ts';
import { readFeed } from '../../connectors/feed/client.ts';
import { toMention, understand } from '../../connectors/feed/messages.ts';
import { jsonLine, oneLine, plain } from '../../src/cli/output.ts';
import { coverSeen } from '../../src/core/cover.ts';
import { Refused } from '../../src/core/failures.ts';
import type { Mention } from '../../src/core/nouns.ts';
import { openLog } from '../../src/observe/log.ts';
import { ROOT } from '../../src/settings.ts';
import { findPersonal, loadClassifier } from '../../src/stages/classify/index.ts';
import { checkReply, loadTemplates, openTemplateBook, TemplateError } from '../../src/stages/draft/index.ts';
import { parseTemplate } from '../../src/stages/draft/template.ts';
import { termsOf, tokensOf } from '../../src/store/search-tokens.ts';
import { BrokenWorkspace, readWorkspace } from '../../src/workspace/read.ts';
import { FULL, LONG, mention } from '../draft/helpers.ts';
import { openWebBench } from '../web/support.ts';
import { called } from './called.ts';
import { CARD, type Hostile, SECRET } from './hostile.ts';

export interface Target {
  name: string;
  /** @throws for what is no answer to hostile input: a crash. */
  run(hostile: Hostile): unknown | Promise<unknown>;
}

export interface Targets {
  /** One after the other, over and over. */
  list: Target[];
  close(): Promise<void>;
}

/** One fault of each kind. */
export const PLANTED: Targets = {
  list: [
    {
      name: 'crash',
      run() {
        throw new TypeError('planted');
      },
    },
    { name: 'leak', run: () => ({ token: SECRET }) },
    {
      name: 'slow',
      run() {
        const since = process.threadCpuUsage();
        while (process.threadCpuUsage(since).user < 1_100_000);
      },
    },
    { name: 'well', run: () => 'nothing' },
  ],
  close: async () => {},
};

/** Fails with anything but these sentences for people. */
const OURS = [ConnectorError, TemplateError, BrokenWorkspace, Refused];
function expected<T>(work: () => T): T | string {
  try {
    return work();
  } catch (thrown) {
    if (OURS.some((one) => thrown instanceof one)) return (thrown as Error).message;
    throw thrown;
  }
}

function must(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(what);
}

export async function openTargets(): Promise<Targets> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-fuzz-'));
  const web = await webTarget();
  const list = [
    ...parsers(folder),
    await classify(),
    await drafts(),
    { name: 'search', run: ({ text, other }: Hostile) => void [tokensOf(text), termsOf(other)] },
    log(),
    terminal(),
    web.target,
    called(),
  ];
  return {
    list,
    async close() {
      await web.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function parsers(folder: string): Target[] {
  return [
    {
      name: 'text',
      run({ text, other }) {
        const read = [cleanText(text), htmlToText(text), markupToText(text), safeUrl(other), parseDate(other)];
        must(
          read.slice(0, 3).every((one) => (one as string).isWellFormed()),
          'a lone surrogate came through',
        );
        xLength(text);
        decodeBytes(Buffer.from(text, 'utf16le'), `text/html; charset=${other}`);
      },
    },
    {
      name: 'feed',
      run: ({ text, other }) =>
        expected(() => {
          const url = 'https://forum.example/feed';
          for (const feed of readFeed(feedAround(text, other)).feeds) {
            const { title, items } = understand(feed, url);
            for (const item of items) toMention(item, { url, title, now: 0 });
          }
        }),
    },
    {
      name: 'import',
      async run({ text, other, pick }) {
        const ending = ['jsonl', 'csv', 'json', 'mbox'][pick % 4] as string;
        const file = join(folder, `case.${ending}`);
        writeFileSync(file, importFile(ending, text, other));
        const quiet = { info() {}, warn() {} };
        const http = { request: () => Promise.reject(new Error('a file needs no network')) };
        const source = openSource(
          archive,
          { id: 'fuzz', options: { file } },
          { http, log: quiet, now: () => 0, variables: {} },
        );
        await source.pull?.({ since: 0 }, new AbortController().signal).catch((thrown) => {
          if (!(thrown instanceof ConnectorError)) throw thrown;
        });
        await source.close();
      },
    },
    {
      name: 'template',
      run: ({ text, other }) => expected(() => parseTemplate('fees/en.md', templateAround(text, other))),
    },
    {
      name: 'workspace',
      run: ({ text, value, pick }) =>
        expected(() => readWorkspace(workspaceAround(text, value, pick), 'workspace.json')),
    },
  ];
}

const feedAround = (text: string, other: string) =>
  text.length % 3 === 0
    ? text
    : `<rss><channel><title>${other}</title><item><title>${text}</title><description><![CDATA[${text}]]></description><pubDate>${other}</pubDate></item></channel></rss>`;

function importFile(ending: string, text: string, other: string): string {
  switch (ending) {
    case 'csv':
      return `id,text,time\n1,${text},${other}\n2,"${text}"\n`;
    case 'mbox':
      return `From nobody\nSubject: ${other}\nContent-Type: text/html; charset=${other}\n\n${text}\n`;
    case 'jsonl':
      return `${JSON.stringify({ id: 1, text, created_at: other })}\n${text}\n`;
    default:
      return text.length % 2 ? text : JSON.stringify([{ id: other, text }]);
  }
}

const templateAround = (text: string, other: string) =>
  text.length % 2
    ? text
    : `---\nproblem-types: [fees]\nlanguages: [en]\nplatforms: [any]\ntitle: ${other}\n---\n${text}\n`;

function workspaceAround(text: string, value: unknown, pick: number): string {
  if (pick % 3 === 0) return text;
  const whole = { version: 1, brand: { product: text, names: value }, sources: value };
  const written = JSON.stringify(whole);
  return pick % 3 === 1
    ? written
    : written.slice(0, pick % written.length) + text + written.slice(pick % written.length);
}

async function classify(): Promise<Target> {
  const classifier = await loadClassifier(join(ROOT, 'data'), {
    names: ['Lanternpay'],
    officialHandles: ['Lanternpay'],
  });
  return {
    name: 'classify',
    run({ text, other }) {
      const seen = `${text} ${CARD}`;
      const { confidence, evidence, personal } = classifier.classify({ text: seen, author: { handle: other } }, 0);
      must(confidence >= 0 && confidence <= 1, `a confidence of ${confidence}`);
      for (const { start, end } of [...evidence, ...personal])
        must(start >= 0 && start < end && end <= seen.length, `a span from ${start} to ${end}`);
      return coverSeen(
        { mention: mention({ text: seen }), assessment: { ...ASSESSED, problemType: 'other', personal } },
        () => [],
      );
    },
  };
}

async function drafts(): Promise<Target> {
  const book = openTemplateBook({
    templates: await loadTemplates(join(ROOT, 'templates')),
    facts: () => FULL,
    limitFor: () => LONG,
  });
  const types = ['fees', 'security-fraud', 'top-up-failed', 'other'];
  return {
    name: 'draft',
    run({ text, other, pick }) {
      const theirs: Mention = mention({
        text: `${text} ${CARD}`,
        author: { id: 'x', name: `${text} ${CARD}`, handle: other },
      });
      const assessed = { problemType: types[pick % types.length] as string, personal: findPersonal(theirs.text) };
      const made = book.draft(theirs, { ...ASSESSED, ...assessed }, 0);
      checkReply({ text, lang: 'en', facts: FULL, limit: LONG, recent: [other], theirs: [theirs.text] });
      return made;
    },
  };
}

const ASSESSED = {
  confidence: 0.9,
  unsure: false,
  others: [],
  priority: 'normal' as const,
  priorityReasons: [],
  lang: 'en' as const,
  sentiment: 'negative' as const,
  scam: 0,
  scamReasons: [],
  evidence: [],
  classifier: 'fuzz',
  at: 0,
};

function log(): Target {
  let lines = '';
  const write = (line: string) => {
    lines += line;
  };
  const target = openLog('info', { write });
  return {
    name: 'log',
    run({ text, other }) {
      lines = '';
      target.warn('something happened', {
        token: SECRET,
        source: other,
        inner: { text: `${text} ${CARD}`, password: SECRET },
      });
      must(lines.endsWith('\n') && !lines.slice(0, -1).includes('\n'), 'a log line was broken in two');
      JSON.parse(lines);
      return lines;
    },
  };
}

function terminal(): Target {
  return {
    name: 'terminal',
    run({ text, value }) {
      const shown = plain(text) + oneLine(text, 40) + jsonLine([text, value]);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
      must(!/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(shown), 'a control character');
    },
  };
}

/** The API over a real server and store: any answer but a refusal in its own shape is a crash. */
async function webTarget(): Promise<{ target: Target; close(): Promise<void> }> {
  const bench = await openWebBench();
  const mei = await bench.signIn();
  const personal = [{ kind: 'card-number' as const, start: 0, end: CARD.length }];
  const { mention } = await bench.drafted({ text: `${CARD} was charged` }, { personal });
  const words = (one: string) => encodeURIComponent(one.slice(0, 300).toWellFormed());
  return {
    close: () => bench.close(),
    target: {
      name: 'api',
      async run({ text, other, value, pick }) {
        const asked = [
          () => mei.get(`/queue?view=all&search=${words(text)}`),
          () => mei.get(`/mentions/${words(other) || 'x'}`),
          () => mei.post(`/mentions/${mention.id}/check`, { text }),
          () => mei.post(`/mentions/${mention.id}/edit`, value),
          () => mei.post(`/mentions/${mention.id}/dismiss`, { version: 999, reason: other, note: text }),
          () => mei.get(`/mentions/${mention.id}`),
        ];
        const answer = await (asked[pick % asked.length] as (typeof asked)[number])();
        must(answer.status < 500, `status ${answer.status}: ${answer.text.slice(0, 200)}`);
        return answer.text;
      },
    },
  };
}
