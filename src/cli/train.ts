import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { ROOT } from '../settings.ts';
import { saveModel, train, trainingFor } from '../stages/classify/index.ts';
import { green, progressBar, say, sayJson } from './output.ts';
import { readExamples } from './read-examples.ts';

export function addTrain(program: Command): void {
  program
    .command('train')
    .description('train a model from labelled examples; any set of labels works')
    .requiredOption('--examples <files...>', 'JSON lines {"text", "label", "lang"?}')
    .requiredOption('--out <dir>', 'where the model is written')
    .option('--json', 'the result as JSON')
    .action(async (asked: { examples: string[]; out: string; json?: boolean }) => {
      const examples = readExamples(asked.examples);
      const started = performance.now();
      const bar = progressBar('training');
      const options = await trainingFor(join(ROOT, 'data'), examples);
      const model = train(examples, { ...options, onProgress: (done) => bar.at(done * 100, 100) });
      bar.stop();
      await saveModel(model, resolve(asked.out));
      const seconds = (performance.now() - started) / 1000;
      const labels = new Set(examples.map(({ label }) => label)).size;
      if (asked.json) sayJson({ examples: examples.length, labels, seconds, out: resolve(asked.out) });
      else
        say(
          `${green('✓')} ${labels} labels learned from ${examples.length} examples in ${seconds.toFixed(1)} s: ${asked.out}`,
        );
    });
}
