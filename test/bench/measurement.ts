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
