import type { Separator } from './svm.ts';

/** Weights as steps of a 127th of the label's largest, row by row. */
export function quantise(
  separators: readonly Separator[],
  rows: number,
): { weights: Int8Array; scales: Float32Array; biases: Float32Array } {
  const width = separators.length;
  const weights = new Int8Array(rows * width);
  const scales = new Float32Array(width);
  for (const [label, separator] of separators.entries()) {
    let largest = 0;
    for (const weight of separator.weights) largest = Math.max(largest, Math.abs(weight));
    const scale = largest > 0 ? largest / 127 : 1;
    scales[label] = scale;
    for (let row = 0; row < rows; row++)
      weights[row * width + label] = Math.round((separator.weights[row] as number) / scale);
  }
  return { weights, scales, biases: Float32Array.from(separators, ({ bias }) => bias) };
}
