import { join } from 'node:path';
import type { Command } from 'commander';
import type { Classifier } from '../core/ports.ts';
import { shippedHeldOut } from '../parts/learning-examples.ts';
import { readExamples } from '../parts/read-examples.ts';
import { ROOT } from '../settings.ts';
import {
  type Evaluation,
  evaluate,
  loadClassifier,
  loadModel,
  loadProblemTypes,
  type TrainedModel,
} from '../stages/classify/index.ts';
import { bold, say, sayJson, table } from './output.ts';

interface Asked {
  examples?: string[];
  model?: string;
  compare?: boolean;
  json?: boolean;
}

export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('measure a model on labelled examples, or the challenger beside the model in use')
    .option('--examples <files...>', 'JSON lines {"text", "label", "lang"?} (default: those that no model learns)')
    .option('--model <dir>', 'the model to measure (default: the shipped one)')
    .option('--compare', 'challenger and model in use side by side, on texts that neither has learned')
    .option('--json', 'the result as JSON: {"accuracy", "macroF1", "labels", "n", …}')
    .action(async (asked: Asked, command: Command) => {
      if (asked.compare) return compareThem(asked, command);
      const examples = asked.examples ? readExamples(asked.examples) : await shippedHeldOut();
      if (examples.length === 0) throw new Error(`There is no example in ${asked.examples?.join(', ')}.`);
      const result = evaluate(examples, await judgeOf(asked.model));
      if (asked.json) sayJson(result);
      else sayEvaluation(result);
    });
}

function sayEvaluation(result: Evaluation): void {
  const share = (value: number) => value.toFixed(3);
  const percent = (value: number | undefined) => (value === undefined ? '' : `${Math.round(value * 100)} %`);
  const rows = Object.entries(result.labels).map(([label, { precision, recall, f1, support, sure }]) => [
    label,
    share(precision),
    share(recall),
    share(f1),
    String(support),
    percent(sure?.coverage),
    sure && sure.coverage > 0 ? percent(sure.accuracy) : '',
  ]);
  say(table(['LABEL', 'PRECISION', 'RECALL', 'F1', 'EXAMPLES', 'SURE', 'OF THOSE RIGHT'], rows));
  if (result.sure) {
    say(
      `\nsure of ${(result.sure.coverage * 100).toFixed(0)} %, and right in ${(result.sure.accuracy * 100).toFixed(1)} % of those; calibration error ${share(result.calibrationError)}`,
    );
  }
  say(bold(`\naccuracy ${share(result.accuracy)}   macro-F1 ${share(result.macroF1)}   n ${result.n}`));
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

async function compareThem(asked: Asked, command: Command): Promise<void> {
  if (asked.model) command.error('--compare takes the challenger, and no --model.');
  // Loaded here, so that measuring one model needs no store.
  const { withParts } = await import('./with-parts.ts');
  const { compareWithInUse } = await import('../parts/learning-compare.ts');
  const { protectedTypes, refusalOf } = await import('../parts/learning.ts');
  const { sayComparison } = await import('./comparison.ts');
  await withParts(async (parts) => {
    const measured = await compareWithInUse(parts, asked.examples);
    const guarded = protectedTypes(parts.taxonomy);
    const refused = measured.first ? undefined : refusalOf(measured.comparison, guarded);
    if (asked.json) sayJson({ ...measured, mayPromote: !refused, ...(refused && { refused: refused.message }) });
    else sayComparison(measured, guarded, refused?.message);
  });
}
