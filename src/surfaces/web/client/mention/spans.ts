import type { Detail } from '../../api.ts';

type Assessment = NonNullable<Detail['assessment']>;
export type Evidence = Assessment['evidence'][number];
export type Personal = Assessment['personal'][number];

/** A stretch of a text in which the same things are true. */
export interface Piece {
  start: number;
  end: number;
  text: string;
  evidence: Evidence[];
  personal?: Personal;
}

/** Spans from elsewhere may lie outside of the text, or hold nothing. */
function inside<S extends { start: number; end: number }>(spans: readonly S[], length: number): S[] {
  return spans.filter(({ start, end }) => start >= 0 && end > start && end <= length);
}

/**
 * Cuts a text at the edges of its spans, so that overlapping evidence shows as it is. The pieces give the text when put
 * together again; offsets are UTF-16 units.
 */
export function piecesOf(text: string, evidence: readonly Evidence[], personal: readonly Personal[]): Piece[] {
  const spoken = inside(evidence, text.length);
  const hidden = inside(personal, text.length);
  // What is hidden is hidden whole: no evidence cuts a card number in two.
  const edgeAllowed = (at: number) => !hidden.some((span) => at > span.start && at < span.end);
  const edges = new Set([0, text.length]);
  for (const { start, end } of [...spoken, ...hidden])
    for (const at of [start, end]) if (edgeAllowed(at)) edges.add(at);
  const sorted = [...edges].sort((a, b) => a - b);

  const pieces: Piece[] = [];
  for (const [index, start] of sorted.entries()) {
    const end = sorted[index + 1];
    if (end === undefined) break;
    const cover = hidden.find((span) => span.start <= start && span.end >= end);
    pieces.push({
      start,
      end,
      text: text.slice(start, end),
      evidence: spoken.filter((span) => span.start < end && span.end > start),
      ...(cover && { personal: cover }),
    });
  }
  return pieces;
}

/** A few dots, and the last two characters where enough stay hidden, so that two numbers can be told apart. */
export function masked(text: string): string {
  const characters = [...text.trimEnd()];
  return characters.length > 7 ? `••••${characters.slice(-2).join('')}` : '••••';
}

/** Of what the model weighed, a person cares for what carried the verdict: the rest is shown faintly. */
const FAINT_BELOW = 0.5;

/** Whether a piece was only one small weight among many. */
export function isFaint(piece: Piece, strongest: number): boolean {
  return piece.evidence.every(({ voice, weight }) => voice === 'model' && Math.abs(weight) < strongest * FAINT_BELOW);
}

/** The strongest weight the model gave. Other voices count in units of their own. */
export function strongestOf(evidence: readonly Evidence[]): number {
  return Math.max(0, ...evidence.filter(({ voice }) => voice === 'model').map(({ weight }) => Math.abs(weight)));
}
