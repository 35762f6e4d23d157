import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSource } from '#kit';
import { archive } from '../../connectors/archive/index.ts';
import { openLog } from '../../src/observe/log.ts';
import { openParts } from '../../src/parts/index.ts';
import { readSettings } from '../../src/settings.ts';
import { runClassify } from '../../src/stages/classify/run.ts';
import { runDraft } from '../../src/stages/draft/run.ts';
import type { Home } from './growth.ts';
import type { Measurement } from './measurement.ts';

/** A store with so many mentions in it. */
export interface Beside {
  home: Home;
  engine: string;
  n: number;
}

/**
 * The main job as a scheduled run does it: read posts from a file, store them, sort them, draft a reply, each step durable
 * before the next. In one process, as `npm start` runs it; the model is loaded before the clock starts.
 *
 * @param beside a store with so many mentions in it, that these come to; a new one without it
 */
export async function benchPipeline(texts: readonly string[], beside?: Beside): Promise<Measurement[]> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
  const file = join(dir, 'posts.jsonl');
  const lines = texts.map((text, at) =>
    JSON.stringify({ id: `p${at}`, text, author: `someone${at % 997}`, created_at: 1_760_000_000 + at }),
  );
  await writeFile(file, lines.join('\n'));
  const parts = await openParts(readSettings(beside?.home ?? { EARSHOT_DATA: join(dir, 'data') }), openLog('silent'));
  const classifier = await parts.classifier();
  const source = openSource(archive, { id: 'bench', options: { file } }, parts.world);
  const work = { ...parts, classifier, worker: 'bench', signal: new AbortController().signal };

  const marks = [performance.now()];
  await parts.collector.collect(source, { since: 0, signal: work.signal, asked: true });
  marks.push(performance.now());
  const classified = await runClassify(work);
  marks.push(performance.now());
  const drafted = await runDraft(work);
  marks.push(performance.now());
  if (classified < texts.length || drafted < texts.length)
    throw new Error(`only ${classified} sorted, ${drafted} drafted`);

  const rssMB = process.memoryUsage.rss() / 1e6;
  await source.close();
  await parts.close();
  await rm(dir, { recursive: true });
  const rate = (from: number, to: number) => texts.length / (((marks[to] ?? 0) - (marks[from] ?? 0)) / 1000);
  const one = (name: string, value: number, unit: string): Measurement => ({
    name,
    engine: beside?.engine ?? 'SQLite',
    n: beside?.n ?? texts.length,
    p50: value,
    p99: value,
    unit,
  });
  return [
    one('pipeline, whole', rate(0, 3), 'mentions/s'),
    one('pipeline, collect', rate(0, 1), 'mentions/s'),
    one('pipeline, classify', rate(1, 2), 'mentions/s'),
    one('pipeline, draft', rate(2, 3), 'mentions/s'),
    one('pipeline, memory', rssMB, 'MB RSS'),
  ];
}
