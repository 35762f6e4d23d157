import { resolve } from 'node:path';
import type { Command } from 'commander';
import { green, say, sayJson } from './output.ts';
import { readExamples } from './read-examples.ts';

export function addTrain(program: Command): void {
  program
    .command('train')
    .description('train a model from labelled examples; any set of labels works')
    .requiredOption('--examples <files...>', 'JSON lines {"text", "label", "lang"?}')
    .requiredOption('--out <dir>', 'where the model is written')
    .option('--json', 'the result as JSON')
    .action(async (options: { examples: string[]; out: string; json?: boolean }) => {
      const { train, saveModel } = await import('../stages/classify/index.ts');
      const examples = readExamples(options.examples);
      const started = performance.now();
      const model = train(examples);
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
