/** One measured figure. Where it was measured once, p50 and p99 are the same. */
export interface Measurement {
  name: string;
  engine: string;
  /** How much there was of what the figure grows with: mentions stored, texts read. */
  n: number;
  p50: number;
  /** What one in twenty exceeds, for people: a line for programs has fixed fields. */
  p95?: number;
  p99: number;
  unit: string;
}

/** One figure for a program. What reads such lines relies on these fields and no others. */
export function jsonOf({ name, engine, n, p50, p99, unit }: Measurement): string {
  return JSON.stringify({ name, engine, n, p50, p99, unit });
}

/** What is told in a unit, in the order of the table. */
const UNITS: Record<string, string> = {
  'mentions/s': 'Mentions a second: more is better',
  ms: 'Milliseconds: less is better',
  'MB RSS': 'Memory in MB: less is better',
};
const ENGINE = 12;
/** Beside the longest of what stands in a column. */
const GAP = 2;

/** All figures in one table: by unit, a line a measure and engine, a column for each size at which it was taken. */
export function tableOf(all: readonly Measurement[]): string {
  const lines = linesOf(all);
  const grown = lines.filter(({ at }) => at.size > 1).flatMap(({ at }) => [...at.keys()]);
  const sizes = [...new Set(grown)].sort((a, b) => a - b);
  const name = GAP + widest(all.map((one) => one.name)) + GAP;
  const column = GAP + widest([...all.map(figures), ...sizes.map((n) => n.toLocaleString('en'))]);
  const widths = { name, column };
  const head = ''.padEnd(name + ENGINE) + sizes.map((n) => n.toLocaleString('en').padStart(column)).join('');
  const units = [...new Set([...Object.keys(UNITS), ...lines.map(({ unit }) => unit)])];
  const sections = units.flatMap((unit) => {
    const own = lines.filter((line) => line.unit === unit);
    if (own.length === 0) return [];
    return ['', UNITS[unit] ?? unit, ...own.map((line, at) => textOf(line, sizes, own[at - 1], widths))];
  });
  return [...(sizes.length > 0 ? [head] : []), ...sections].join('\n');
}

interface Line {
  name: string;
  engine: string;
  unit: string;
  at: Map<number, Measurement>;
}

/** Both engines of a measure stand below each other, in the order in which measures were first taken. */
function linesOf(all: readonly Measurement[]): Line[] {
  const lines = new Map<string, Line>();
  for (const one of all) {
    const key = JSON.stringify([one.name, one.unit, one.engine]);
    const line = lines.get(key) ?? { name: one.name, engine: one.engine, unit: one.unit, at: new Map() };
    lines.set(key, line);
    line.at.set(one.n, one);
  }
  const names = [...new Set([...lines.values()].map(({ name }) => name))];
  return [...lines.values()].sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
}

const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length));

function textOf(
  { name, engine, at }: Line,
  sizes: readonly number[],
  before: Line | undefined,
  widths: { name: number; column: number },
): string {
  const title =
    (before?.name === name ? '' : ' '.repeat(GAP) + name).padEnd(widths.name) +
    (engine === 'none' ? '' : engine).padEnd(ENGINE);
  const [[only, once] = [0, undefined], more] = [...at];
  // Measured at one size that the others do not have: said behind it.
  if (once && !more && !sizes.includes(only)) {
    return `${title}${figures(once).padStart(widths.column)}   with ${only.toLocaleString('en')}`;
  }
  return title + sizes.map((n) => figures(at.get(n)).padStart(widths.column)).join('');
}

function figures(one: Measurement | undefined): string {
  if (!one) return '';
  const { p50, p95, p99 } = one;
  if (p50 === p99) return figure(p50);
  return [p50, ...(p95 === undefined ? [] : [p95]), p99].map(figure).join(' / ');
}

/** Three digits that say something, and none that do not: 0.047, 3.29, 25.6, 1,560. */
function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return Number(value.toPrecision(value < 10 ? 2 : 3)).toString();
}
