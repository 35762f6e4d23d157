import type { Net, TrainedModel } from '../model.ts';

/**
 * The same model without the labels that nobody uses: a workspace may have dropped or renamed problem types since it was
 * trained. What is left keeps its weights.
 * @throws Error when fewer than two labels are left, with what to do.
 */
export function restrictTo(model: TrainedModel, types: ReadonlySet<string>): TrainedModel {
  const { head } = model;
  const kept = [...head.labels.keys()].filter((i) => types.has(head.labels[i] as string));
  if (kept.length === head.labels.length) return model;
  if (kept.length < 2) {
    throw new Error(
      'The model in use knows none of your problem types. Train one of your own, 20 examples a type are a start: ' +
        'earshot train --examples FILE, then earshot promote.',
    );
  }
  const width = model.scales.length;
  // Beside the labels a column may stand that tells urgent posts.
  const columns = [...kept, ...Array.from({ length: width - head.labels.length }, (_, i) => head.labels.length + i)];
  const rows = model.weights.length / width;
  const weights = new Int8Array(rows * columns.length);
  for (let row = 0; row < rows; row++)
    for (const [to, from] of columns.entries())
      weights[row * columns.length + to] = model.weights[row * width + from] as number;
  const pick = (values: Float32Array) => Float32Array.from(columns, (column) => values[column] as number);
  const labels = kept.map((i) => head.labels[i] as string);
  const unsureBelow = kept.map((i) => head.unsureBelow[i] as number);
  return {
    ...model,
    head: { ...head, labels, unsureBelow },
    weights,
    scales: pick(model.scales),
    biases: pick(model.biases),
    ...(model.net && { net: netFor(model.net, kept) }),
  };
}

/** What the nets say of the labels that are kept. */
function netFor(net: Net, kept: readonly number[]): Net {
  const units = net.biases.length;
  const outputs = new Float32Array(kept.length * units);
  for (const [to, from] of kept.entries())
    outputs.set(net.outputs.subarray(from * units, (from + 1) * units), to * units);
  return { ...net, outputs, outputBiases: Float32Array.from(kept, (label) => net.outputBiases[label] as number) };
}
