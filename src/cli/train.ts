import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { readExamples } from '../parts/read-examples.ts';
import { ROOT } from '../settings.ts';
import { saveModel, train, trainingFor } from '../stages/classify/index.ts';
import { dim, green, progressBar, say, sayJson } from './output.ts';

interface Asked {
  examples?: string[];
  fromCorrections?: boolean;
  out?: string;
  as?: string;
  json?: boolean;
}

export function addTrain(program: Command): void {
  program
    .command('train')
    .description('train a model from labelled examples (any set of labels works) or from what people corrected')
    .option('--examples <files...>', 'JSON lines {"text", "label", "lang"?} (default: what came along)')
    .option('--from-corrections', 'learn what people corrected, labelled and dismissed, too')
    .option('--out <dir>', 'write the model into a folder, instead of keeping it as the challenger of the model in use')
    .option('--as <name>', 'the name to record (default: EARSHOT_NAME, else your account)')
    .option('--json', 'the result as JSON')
    .action(async (asked: Asked, command: Command) => {
      if (!asked.examples && !asked.fromCorrections) {
        command.error('Say what to learn: --examples FILES, or --from-corrections.');
      }
      if (asked.out === undefined) return trainChallenger(asked);
      if (!asked.examples || asked.fromCorrections) {
        command.error(
          '--out takes --examples and no --from-corrections: what people wrote stays in the data directory.',
        );
      }
      return trainInto(asked.out, asked.examples, asked.json ?? false);
    });
}

async function trainInto(out: string, files: string[], json: boolean): Promise<void> {
  const examples = readExamples(files);
  const started = performance.now();
  const bar = progressBar('training');
  const options = await trainingFor(join(ROOT, 'data'), examples);
  const model = train(examples, { ...options, onProgress: (done) => bar.at(done * 100, 100) });
  bar.stop();
  await saveModel(model, resolve(out));
  const seconds = (performance.now() - started) / 1000;
  const labels = new Set(examples.map(({ label }) => label)).size;
  if (json) return sayJson({ examples: examples.length, labels, seconds, out: resolve(out) });
  say(`${green('✓')} ${labels} labels learned from ${examples.length} examples in ${seconds.toFixed(1)} s: ${out}`);
}

async function trainChallenger(asked: Asked): Promise<void> {
  // Loaded here, so that training into a folder needs no store.
  const { personFrom, withParts } = await import('./with-parts.ts');
  const learning = await import('../parts/learning.ts');
  const started = performance.now();
  const bar = progressBar('training');
  const made = await withParts((parts) =>
    learning.trainChallenger(parts, {
      files: asked.examples,
      fromCorrections: asked.fromCorrections ?? false,
      by: personFrom(asked),
      onProgress: (done) => bar.at(done * 100, 100),
    }),
  ).finally(() => bar.stop());
  const seconds = (performance.now() - started) / 1000;
  if (asked.json) return sayJson({ ...made, seconds });
  const from = `${made.examples} examples${asked.fromCorrections ? ` and ${made.lessons} from people` : ''}`;
  say(
    `${green('✓')} Challenger ${made.version}: ${made.labels} problem types from ${from}, in ${seconds.toFixed(1)} s.`,
  );
  say(dim(`Compare it with the model in use: earshot evaluate --compare. Then: earshot promote.`));
}
