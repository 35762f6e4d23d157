import { ChartFrame } from './frame.tsx';

interface Props {
  says: string;
  labels: readonly string[];
  /** For each line, a value for each label; undefined where there is none. */
  lines: readonly (readonly (number | undefined)[])[];
  end: number;
  write(value: number): string;
}

/** Lines over days. A day without a value is a gap, not a zero. */
export function Lines({ says, labels, lines, end, write }: Props) {
  const width = labels.length;
  return (
    <ChartFrame says={says} top={write(end)} middle={write(end / 2)} labels={labels} width={width}>
      {lines.map((values, n) => (
        <path key={lineClass(n)} className={lineClass(n)} d={pathOf(values, end)} />
      ))}
    </ChartFrame>
  );
}

/** The look of a line, here and in the legend. */
export const lineClass = (n: number) => `line-${n + 1}`;

/** A value between two gaps is drawn as a dot. */
export function pathOf(values: readonly (number | undefined)[], end: number): string {
  return values
    .map((value, at) => {
      if (value === undefined) return '';
      const point = `${at + 0.5} ${Math.round((1 - value / end) * 10_000) / 100}`;
      const alone = values[at - 1] === undefined && values[at + 1] === undefined;
      if (alone) return `M${point}h0`;
      return `${values[at - 1] === undefined ? 'M' : 'L'}${point}`;
    })
    .join('');
}
