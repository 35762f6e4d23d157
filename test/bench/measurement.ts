/** One measured figure. Where it was measured once, p50 and p99 are the same. */
export interface Measurement {
  name: string;
  engine: string;
  /** How much there was of what the figure grows with: mentions stored, texts read. */
  n: number;
  p50: number;
  p99: number;
  unit: string;
}

/** How each measure grows: a line a measure and engine, a column a size, p50 / p99 in it. */
export function growthTable(all: readonly Measurement[]): string {
  const sizes = [...new Set(all.map(({ n }) => n))].sort((a, b) => a - b);
  const lines = new Map<string, Map<number, Measurement>>();
  for (const one of all) {
    const line = `${one.name.padEnd(44)} ${one.engine.padEnd(10)} ${one.unit.padEnd(10)}`;
    lines.set(line, (lines.get(line) ?? new Map()).set(one.n, one));
  }
  const figure = ({ p50, p99 }: Measurement) =>
    p50 === p99 ? p50.toPrecision(3) : `${p50.toPrecision(3)} / ${p99.toPrecision(3)}`;
  const rows = [...lines].flatMap(([line, measured]) =>
    measured.size < 2 ? [] : [line + sizes.map((n) => figureAt(measured.get(n), figure)).join('')],
  );
  if (rows.length === 0) return '';
  const head = `\nHow it grows, p50 / p99`.padEnd(69) + sizes.map((n) => n.toLocaleString('en').padStart(19)).join('');
  return [head, ...rows].join('\n');
}

function figureAt(one: Measurement | undefined, figure: (one: Measurement) => string): string {
  return (one ? figure(one) : '').padStart(19);
}
