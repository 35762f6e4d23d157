import type { Measured } from '../parts/learning-compare.ts';
import type { Comparison, Contrast } from '../stages/classify/index.ts';
import { amber, bold, dim, green, red, say, table } from './output.ts';

/** Champion and challenger as a table for people, and whether the challenger may go live. */
export function sayComparison(measured: Measured, guarded: readonly string[], refused: string | undefined): void {
  const { comparison, champion, challenger, first, lessons } = measured;
  const { n } = comparison;
  say(`champion ${bold(champion)} (in use), challenger ${bold(challenger)}; F1 of each problem type\n`);
  say(comparisonTable(comparison, guarded, ['CHAMPION', 'CHALLENGER']));
  say(
    dim(`\n* protected: may not get worse. ${n} texts that neither has learned, ${lessons} of them from people here.`),
  );
  if (first) say(amber('\nThe model in use knows none of your problem types: the challenger is shown beside itself.'));
  if (refused) say(`\n${red('✗')} ${refused}`);
  else say(`\n${green('✓')} It may be put in use: earshot promote`);
}

/** Scores of each problem type side by side; `guarded` types are marked. */
export function comparisonTable(
  { labels, macroF1, accuracy, n }: Comparison,
  guarded: readonly string[],
  names: readonly [string, string],
): string {
  const rows = [
    ...labels.map((row) => [
      guarded.includes(row.label) ? `${row.label} *` : row.label,
      String(row.n),
      ...figures(row),
    ]),
    ['macro-F1', String(n), ...figures(macroF1)],
    ['accuracy', String(n), ...figures(accuracy)],
  ];
  return table(['PROBLEM TYPE', 'N', ...names, 'DIFFERENCE', '95 % OF SAMPLES'], rows);
}

function figures({ champion, challenger, difference, low, high }: Contrast): string[] {
  const signed = (value: number) => `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
  const change = signed(difference);
  const coloured = high < 0 ? red(change) : low > 0 ? green(change) : change;
  return [champion.toFixed(3), challenger.toFixed(3), coloured, `${signed(low)} to ${signed(high)}`];
}
