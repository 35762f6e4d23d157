import { once } from 'node:events';
import type { Command } from 'commander';
import { ALSO_ABOUT, type Assessment, LIKELY_SCAM } from '../core/nouns.ts';
import type { Classifier } from '../core/ports.ts';
import { loadSorting } from '../parts/sorting.ts';
import { readSettings } from '../settings.ts';
import { dim, jsonLine, plain, say, sayJson } from './output.ts';
import { readLines } from './read-lines.ts';

export function addClassify(program: Command): void {
  program
    .command('classify')
    .argument('[text...]', 'a text to sort; without it, mentions that were heard and not yet sorted')
    .description('sort texts by problem type, priority and language, and say why')
    .option('--jsonl', 'read lines {"text", "lang"?} from standard input and write one verdict a line, in order')
    .option('--json', 'print the verdict as JSON')
    .action(async (words: string[], options: { jsonl?: boolean; json?: boolean }) => {
      if (options.jsonl) return classifyLines(await loadSorting(readSettings()));
      if (words.length > 0)
        return classifyText(await loadSorting(readSettings()), words.join(' '), options.json ?? false);
      return classifyStored(options.json ?? false);
    });
}

/** The fixed shape of `--jsonl`: what other programs rely on. Spans are UTF-16 offsets into the text as given. */
function verdictOf({ problemType, confidence, unsure, priority, lang, scam, evidence }: Assessment) {
  return {
    problemType,
    confidence,
    unsure,
    priority,
    lang,
    scam,
    evidence: evidence.map(({ text, start, end, voice, weight }) => ({ text, start, end, voice, weight })),
  };
}

/** One line in, one object out. A bad line is answered in its place and stops nothing. */
export function answerLine(line: string, classifier: Classifier, now: number): object {
  let post: unknown;
  try {
    post = JSON.parse(line);
  } catch (thrown) {
    return { error: `This line is not JSON: ${(thrown as Error).message}` };
  }
  const { text, lang } = (post ?? {}) as { text?: unknown; lang?: unknown };
  if (typeof text !== 'string') return { error: 'This line has no "text", or it is not a string.' };
  try {
    return verdictOf(classifier.classify({ text, ...(typeof lang === 'string' && { langHint: lang }) }, now));
  } catch (thrown) {
    return { error: `This text could not be sorted: ${(thrown as Error).message}` };
  }
}

async function classifyLines(classifier: Classifier): Promise<void> {
  for await (const line of readLines(process.stdin)) {
    const answer = `${jsonLine(answerLine(line, classifier, Date.now()))}\n`;
    if (!process.stdout.write(answer)) await once(process.stdout, 'drain');
  }
}

function classifyText(classifier: Classifier, text: string, json: boolean) {
  const assessment = classifier.classify({ text }, Date.now());
  if (json) return sayJson(verdictOf(assessment));
  const { problemType, confidence, unsure, priority, lang, scam, evidence, others } = assessment;
  say(
    `${problemType} ${dim(`(${Math.round(confidence * 100)} %${unsure ? ', unsure' : ''})`)} · ${priority} · ${lang}${scam >= LIKELY_SCAM ? ' · looks like a scam' : ''}`,
  );
  for (const { text: words, speaksFor, voice } of evidence)
    say(dim(`  “${plain(words)}” speaks for ${speaksFor} (${voice})`));
  for (const { type, confidence } of others)
    say(dim(`  ${confidence >= ALSO_ABOUT ? 'also about' : 'could be'}: ${type} (${Math.round(confidence * 100)} %)`));
}

async function classifyStored(json: boolean): Promise<void> {
  // Loaded here, so that sorting a text does not wait for store, connectors and surfaces.
  const { withParts } = await import('./with-parts.ts');
  const { classifyAndDraft } = await import('./classify-and-draft.ts');
  await withParts(async (parts) => {
    const done = await classifyAndDraft(parts, new AbortController().signal);
    if (json) sayJson(done);
    else say(`${done.classified} mentions sorted, ${done.drafted} drafted.`);
  });
}
