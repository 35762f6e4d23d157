import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { ROOT } from '../settings.ts';
import {
  loadLexicon,
  loadProblemTypes,
  optionsFor,
  saveModel,
  type TrainOptions,
  train,
} from '../stages/classify/index.ts';
import { green, progressBar, say, sayJson } from './output.ts';
import { type LabelledText, readExamples } from './read-examples.ts';

export function addTrain(program: Command): void {
  program
    .command('train')
    .description('train a model from labelled examples; any set of labels works')
    .requiredOption('--examples <files...>', 'JSON lines {"text", "label", "lang"?}')
    .requiredOption('--out <dir>', 'where the model is written')
    .option('--json', 'the result as JSON')
    .action(async (options: { examples: string[]; out: string; json?: boolean }) => {
      const examples = readExamples(options.examples);
      const started = performance.now();
      const bar = progressBar('training');
      const model = train(examples, { ...(await optionsOf(examples)), onProgress: (done) => bar.at(done * 100, 100) });
      bar.stop();
      await saveModel(model, resolve(options.out));
      const seconds = (performance.now() - started) / 1000;
      const labels = new Set(examples.map(({ label }) => label)).size;
      if (options.json) sayJson({ examples: examples.length, labels, seconds, out: resolve(options.out) });
      else
        say(
          `${green('✓')} ${labels} labels learned from ${examples.length} examples in ${seconds.toFixed(1)} s: ${options.out}`,
        );
    });
}

/** Where the labels are our problem types, the lexicon takes part in the calibration; any other set stands for itself. */
async function optionsOf(examples: readonly LabelledText[]): Promise<TrainOptions> {
  const data = join(ROOT, 'data');
  const ours = new Set((await loadProblemTypes(data)).map(({ id }) => id));
  return examples.every(({ label }) => ours.has(label)) ? optionsFor(await loadLexicon(data)) : {};
}
