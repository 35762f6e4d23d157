import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { IncidentWatch, openDesk, TermReader } from '../incidents/index.ts';
import { keepDoing } from '../schedule/index.ts';
import { ROOT } from '../settings.ts';
import { type Template, toTraditional, wordingsOf } from '../stages/draft/index.ts';
import type { Incidents, Parts } from './parts.ts';

const Concepts = z.strictObject({
  concepts: z.array(
    z.strictObject({ id: z.string().min(1), strong: z.boolean(), words: z.array(z.string().min(1)).min(1) }),
  ),
});

/** Twenty mentions a second may arrive: the last hours are looked at no more often than this. */
const REST_MS = 2_000;
const LOOK_MS = 30_000;

type Needed = Pick<
  Parts,
  'store' | 'templates' | 'review' | 'clock' | 'accountOf' | 'opened' | 'workspace' | 'problemTypes' | 'log'
>;

/** @throws Error that names the file, when `data/incident-terms.yml` cannot be used. */
export async function openIncidents(parts: Needed, templates: () => readonly Template[]): Promise<Incidents> {
  const { workspace, problemTypes, opened } = parts;
  const quiet = new Set(problemTypes.filter(({ lane }) => lane === 'quiet').map(({ id }) => id));
  const shared = {
    ...parts,
    toTraditional,
    sourceOf: (mention: Parameters<typeof opened.of>[0]) => opened.of(mention),
    wordings: (kind: 'answer' | 'solved') =>
      wordingsOf(templates(), workspace.current().brand, kind === 'answer' ? 'incident' : 'incident-solved'),
  };
  const settings = () => workspace.current().incidents;
  return {
    desk: openDesk({ ...shared, paceMs: () => settings().paceSeconds * 1000 }),
    watch: new IncidentWatch({
      ...shared,
      reader: new TermReader(await readConcepts(join(ROOT, 'data/incident-terms.yml'))),
      isQuiet: (type) => quiet.has(type),
      closeAfterMs: () => settings().closeAfterQuietHours * 3_600_000,
    }),
  };
}

async function readConcepts(file: string) {
  const read = Concepts.safeParse(parse(await readFile(file, 'utf8')));
  if (!read.success) throw new Error(`${file} cannot be used. ${z.prettifyError(read.error)}`);
  return read.data.concepts;
}

/** Looks at what is heard until `signal` was aborted. */
export function watchIncidents(
  { store, log, incidents }: Pick<Parts, 'store' | 'log' | 'incidents'>,
  signal: AbortSignal,
) {
  let since = 0;
  const round = async () => {
    const rest = since + REST_MS - performance.now();
    if (rest > 0 && since > 0) await pause(rest, signal);
    since = performance.now();
    if (!signal.aborted) await incidents.watch.round();
  };
  return keepDoing('incidents', round, { store, everyMs: LOOK_MS, signal, log });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
}
