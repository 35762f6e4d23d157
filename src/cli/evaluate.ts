import { join } from 'node:path';
import type { Command } from 'commander';
import { ROOT } from '../settings.ts';
import { evaluate, loadModel } from '../stages/classify/index.ts';
import { bold, say, sayJson, table } from './output.ts';
import { readExamples } from './read-examples.ts';

export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('measure a model on labelled examples: accuracy, macro-F1, and each label')
    .requiredOption('--examples <files...>', 'JSON lines {"text", "label", "lang"?}')
    .option('--model <dir>', 'the model to measure (default: the whole shipped classifier, all three voices)')
    .option('--json', '{"accuracy", "macroF1", "labels", "n"}')
    .action(async (options: { examples: string[]; model?: string; json?: boolean }) => {
      const examples = readExamples(options.examples);
      const result = evaluate(examples, options.model ? await loadModel(options.model) : await shipped());
      if (options.json) return sayJson(result);
      const share = (value: number) => value.toFixed(3);
      const rows = Object.entries(result.labels).map(([label, { precision, recall, f1, support }]) => [
        label,
        share(precision),
        share(recall),
        share(f1),
        String(support),
      ]);
      say(table(['LABEL', 'PRECISION', 'RECALL', 'F1', 'EXAMPLES'], rows));
      say(bold(`\naccuracy ${share(result.accuracy)}   macro-F1 ${share(result.macroF1)}   n ${result.n}`));
    });
}

/** Measured without a brand: what the repository ships, not what one workspace made of it. */
async function shipped() {
  const { loadClassifier } = await import('../stages/classify/index.ts');
  return loadClassifier(join(ROOT, 'data'), { names: [], officialHandles: [] });
}
