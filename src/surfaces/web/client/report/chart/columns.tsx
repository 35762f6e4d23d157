import { ChartFrame } from './frame.tsx';
import { axisEnd } from './scale.ts';

export interface Column {
  label: string;
  /** From the bottom up, one for each of the legend's names. */
  parts: readonly number[];
}

interface Props {
  says: string;
  columns: readonly Column[];
  number(n: number): string;
}

/** How much of its place a column fills. */
const FILLED = 0.78;

/** Columns over days, each in parts. */
export function Columns({ says, columns, number }: Props) {
  const end = axisEnd(Math.max(...columns.map(total)));
  return (
    <ChartFrame
      says={says}
      top={number(end)}
      middle={end > 1 ? number(end / 2) : ''}
      labels={columns.map(({ label }) => label)}
      width={columns.length}
    >
      {columns.map((column, at) => (
        <ColumnParts key={column.label} column={column} at={at} end={end} />
      ))}
    </ChartFrame>
  );
}

function ColumnParts({ column: { parts }, at, end }: { column: Column; at: number; end: number }) {
  let below = 0;
  return parts.map((part, n) => {
    const height = (part / end) * 100;
    below += height;
    if (part === 0) return null;
    return (
      <rect
        key={seriesClass(n)}
        className={seriesClass(n)}
        x={at + (1 - FILLED) / 2}
        width={FILLED}
        y={100 - below}
        height={height}
      />
    );
  });
}

/** The look of a part, here and in the legend. */
export const seriesClass = (n: number) => `series-${n + 1}`;

const total = ({ parts }: Column) => parts.reduce((sum, part) => sum + part, 0);
