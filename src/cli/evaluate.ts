import { join } from 'node:path';
import type { Command } from 'commander';
import type { Classifier } from '../core/ports.ts';
import { ROOT } from '../settings.ts';
import { evaluate, loadClassifier, loadModel, loadProblemTypes, type TrainedModel } from '../stages/classify/index.ts';
import { bold, say, sayJson, table } from './output.ts';
import { readExamples } from './read-examples.ts';

export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('measure a model on labelled examples: accuracy, macro-F1, and each label')
    .requiredOption('--examples <files...>', 'JSON lines {"text", "label", "lang"?}')
    .option('--model <dir>', 'the model to measure (default: the shipped one)')
    .option('--json', 'the result as JSON: {"accuracy", "macroF1", "labels", "n", …}')
    .action(async (options: { examples: string[]; model?: string; json?: boolean }) => {
      const examples = readExamples(options.examples);
      if (examples.length === 0) throw new Error(`There is no example in ${options.examples.join(', ')}.`);
      const result = evaluate(examples, await judgeOf(options.model));
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
      if (result.sure) {
        say(
          `\nsure of ${(result.sure.coverage * 100).toFixed(0)} %, and right in ${(result.sure.accuracy * 100).toFixed(1)} % of those; calibration error ${share(result.calibrationError)}`,
        );
      }
      say(bold(`\naccuracy ${share(result.accuracy)}   macro-F1 ${share(result.macroF1)}   n ${result.n}`));
    });
}

/**
 * A model for our problem types is measured as it would run, together with lexicon and grammar; one for other labels
 * alone. No brand takes part: what is measured is what the repository ships, not what one workspace made of it.
 */
async function judgeOf(modelDir: string | undefined): Promise<Classifier | TrainedModel> {
  const data = join(ROOT, 'data');
  const model = modelDir === undefined ? undefined : await loadModel(modelDir);
  const ours = new Set((await loadProblemTypes(data)).map(({ id }) => id));
  if (model && !model.head.labels.every((label) => ours.has(label))) return model;
  return loadClassifier(data, { names: [], officialHandles: [] }, modelDir === undefined ? {} : { modelDir });
}
