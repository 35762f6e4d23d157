/** The end of an axis for values up to `most`: one of 1, 2, 5, 10, 20 … that holds them, at least 1. */
export function axisEnd(most: number): number {
  if (!(most > 1)) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 5, 10].find((step) => step * power >= most) ?? 10) * power;
}

/** Which of so many places carry a label, so that few are shown: the first, the last, and some between. */
export function labelled(count: number, labels: number): number[] {
  if (count <= labels) return Array.from({ length: count }, (_, at) => at);
  return Array.from({ length: labels }, (_, n) => Math.round((n * (count - 1)) / (labels - 1)));
}
