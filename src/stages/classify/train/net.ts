import type { Net } from '../model.ts';
import type { Matrix } from './matrix.ts';
import { seeded, shuffle } from './random.ts';

export interface NetOptions {
  /** How many nets are learned, and the units of each. */
  nets: number;
  units: number;
  /** What each text counts. */
  worth: Float64Array;
  /** The net's scores by this are in the measure of the separators' margins, and lie beside them. */
  share: number;
  /** How large the first steps are. */
  rate: number;
  onPass?: (done: number) => void;
}

const PASSES = 12;
/** Parts of a text that are left out each time it is learned, and parts of the units: none may lean on a single word. */
const WORDS_LEFT_OUT = 0.6;
const UNITS_LEFT_OUT = 0.3;
/** A right label is learned as this much less than certain. */
const DOUBT = 0.1;
/** How far from zero the first layer starts. */
const START = 0.05;

/** Weights as they grow, with the sum of squared steps of each (Adagrad). */
class Layer {
  readonly weights: Float32Array;
  readonly squares: Float32Array;

  constructor(length: number, squares = length) {
    this.weights = new Float32Array(length);
    this.squares = new Float32Array(squares).fill(1e-3);
  }
}

/**
 * Learns nets of one layer by stochastic gradient descent (softmax over labels, whole words left out at random) and puts
 * them side by side as one: what only one of them believes counts little. The same input gives the same output, bit by bit.
 */
export function learnNets(matrix: Matrix, right: Int32Array, labels: number, options: NetOptions): Net {
  const { nets, onPass } = options;
  const learned: Net[] = [];
  for (let net = 0; net < nets; net++) {
    const told = (done: number) => onPass?.((net + done) / nets);
    learned.push(learnNet(matrix, right, labels, options, 3 + net, told));
  }
  return sideBySide(learned, matrix.columns, labels);
}

function learnNet(
  matrix: Matrix,
  right: Int32Array,
  labels: number,
  { units, worth, share, rate, nets }: NetOptions,
  seed: number,
  told: (done: number) => void,
): Net {
  const learner = new Learner(matrix, labels, units, seeded(seed));
  const order = Int32Array.from(right.keys()).filter(
    (text) => (worth[text] as number) > 0 && (right[text] as number) >= 0,
  );
  for (let pass = 0; pass < PASSES; pass++) {
    shuffle(order, order.length, learner.random);
    learner.rate = rate * (1 - (0.9 * pass) / PASSES);
    for (const text of order) learner.learn(text, right[text] as number, worth[text] as number);
    told((pass + 1) / PASSES);
  }
  return quantised(learner, matrix.columns, share / nets);
}

class Learner {
  readonly random: () => number;
  rate = 0;
  readonly inputs: Layer;
  readonly biases: Layer;
  readonly outputs: Layer;
  readonly outputBiases: Layer;
  private readonly matrix: Matrix;
  private readonly units: number;
  private readonly hidden: Float32Array;
  private readonly back: Float32Array;
  private readonly odds: Float64Array;
  private readonly kept: Int32Array;

  constructor(matrix: Matrix, labels: number, units: number, random: () => number) {
    this.random = random;
    this.matrix = matrix;
    this.units = units;
    this.inputs = new Layer(matrix.columns * units, matrix.columns);
    this.biases = new Layer(units);
    this.outputs = new Layer(labels * units);
    this.outputBiases = new Layer(labels);
    this.hidden = new Float32Array(units);
    this.back = new Float32Array(units);
    this.odds = new Float64Array(labels);
    this.kept = new Int32Array(matrix.column.length);
    const bell = () => (this.random() + this.random() + this.random() + this.random() - 2) * 1.7;
    for (let i = 0; i < this.inputs.weights.length; i++) this.inputs.weights[i] = bell() * START;
    for (let i = 0; i < this.outputs.weights.length; i++) this.outputs.weights[i] = bell() / Math.sqrt(units);
  }

  learn(text: number, right: number, worth: number): void {
    const kept = this.forward(text);
    const labels = this.odds.length;
    const { hidden, back, units, outputs, outputBiases } = this;
    back.fill(0);
    for (let label = 0; label < labels; label++) {
      const wanted = (label === right ? 1 - DOUBT : 0) + DOUBT / labels;
      const gradient = ((this.odds[label] as number) - wanted) * worth;
      if (Math.abs(gradient) < 1e-4) continue;
      this.step(outputBiases, label, gradient);
      const from = label * units;
      for (let unit = 0; unit < units; unit++) {
        back[unit] = (back[unit] as number) + gradient * (outputs.weights[from + unit] as number);
        const value = hidden[unit] as number;
        if (value > 0) this.step(outputs, from + unit, gradient * value);
      }
    }
    this.backward(kept);
  }

  /** Units and odds for a text with parts left out. How many entries of it were kept. */
  private forward(text: number): number {
    const { matrix, units, hidden, inputs, random, kept } = this;
    let many = 0;
    hidden.set(this.biases.weights);
    for (let at = matrix.from[text] as number; at < (matrix.from[text + 1] as number); at++) {
      if (random() < WORDS_LEFT_OUT) continue;
      kept[many++] = at;
      const value = (matrix.value[at] as number) / (1 - WORDS_LEFT_OUT);
      const from = (matrix.column[at] as number) * units;
      for (let unit = 0; unit < units; unit++)
        hidden[unit] = (hidden[unit] as number) + value * (inputs.weights[from + unit] as number);
    }
    for (let unit = 0; unit < units; unit++) {
      const value = hidden[unit] as number;
      hidden[unit] = value <= 0 || random() < UNITS_LEFT_OUT ? 0 : value / (1 - UNITS_LEFT_OUT);
    }
    this.judge();
    return many;
  }

  private judge(): void {
    const { odds, hidden, outputs, units } = this;
    let top = Number.NEGATIVE_INFINITY;
    for (let label = 0; label < odds.length; label++) {
      let sum = this.outputBiases.weights[label] as number;
      const from = label * units;
      for (let unit = 0; unit < units; unit++)
        sum += (outputs.weights[from + unit] as number) * (hidden[unit] as number);
      odds[label] = sum;
      if (sum > top) top = sum;
    }
    let total = 0;
    for (let label = 0; label < odds.length; label++) {
      const power = Math.exp((odds[label] as number) - top);
      odds[label] = power;
      total += power;
    }
    for (let label = 0; label < odds.length; label++) odds[label] = (odds[label] as number) / total;
  }

  private backward(kept: number): void {
    const { matrix, units, hidden, back, inputs, biases } = this;
    let square = 0;
    for (let unit = 0; unit < units; unit++) {
      const gradient = hidden[unit] === 0 ? 0 : (back[unit] as number) / (1 - UNITS_LEFT_OUT);
      back[unit] = gradient;
      square += gradient * gradient;
      if (gradient !== 0) this.step(biases, unit, gradient, 0.2);
    }
    square /= units;
    for (let i = 0; i < kept; i++) {
      const at = this.kept[i] as number;
      const value = (matrix.value[at] as number) / (1 - WORDS_LEFT_OUT);
      const row = matrix.column[at] as number;
      // One rate for a whole row: its units then grow together.
      const squares = (inputs.squares[row] as number) + square * value * value;
      inputs.squares[row] = squares;
      const step = (this.rate * value) / Math.sqrt(squares);
      const from = row * units;
      for (let unit = 0; unit < units; unit++)
        inputs.weights[from + unit] = (inputs.weights[from + unit] as number) - step * (back[unit] as number);
    }
  }

  private step(layer: Layer, at: number, gradient: number, part = 1): void {
    const squares = (layer.squares[at] as number) + gradient * gradient;
    layer.squares[at] = squares;
    layer.weights[at] = (layer.weights[at] as number) - (this.rate * part * gradient) / Math.sqrt(squares);
  }
}

function quantised({ inputs, biases, outputs, outputBiases }: Learner, rows: number, share: number): Net {
  const units = biases.weights.length;
  const largest = new Float32Array(units);
  for (let i = 0; i < inputs.weights.length; i++) {
    const unit = i % units;
    largest[unit] = Math.max(largest[unit] as number, Math.abs(inputs.weights[i] as number));
  }
  const scales = largest.map((most) => (most > 0 ? most / 127 : 1));
  const small = new Int8Array(rows * units);
  for (let i = 0; i < small.length; i++)
    small[i] = Math.round((inputs.weights[i] as number) / (scales[i % units] as number));
  return {
    inputs: small,
    scales,
    biases: biases.weights,
    outputs: outputs.weights.map((weight) => weight * share),
    outputBiases: outputBiases.weights.map((bias) => bias * share),
  };
}

/** Several nets as one: their units in a row, what they say added up. */
function sideBySide(nets: readonly Net[], rows: number, labels: number): Net {
  const units = nets.reduce((sum, { biases }) => sum + biases.length, 0);
  const inputs = new Int8Array(rows * units);
  const outputs = new Float32Array(labels * units);
  const outputBiases = new Float32Array(labels);
  let at = 0;
  for (const net of nets) {
    const own = net.biases.length;
    for (let row = 0; row < rows; row++) inputs.set(net.inputs.subarray(row * own, (row + 1) * own), row * units + at);
    for (let label = 0; label < labels; label++) {
      outputs.set(net.outputs.subarray(label * own, (label + 1) * own), label * units + at);
      outputBiases[label] = (outputBiases[label] as number) + (net.outputBiases[label] as number);
    }
    at += own;
  }
  const join = (of: (net: Net) => Float32Array) => Float32Array.from(nets.flatMap((net) => [...of(net)]));
  return { inputs, scales: join(({ scales }) => scales), biases: join(({ biases }) => biases), outputs, outputBiases };
}
