import type { CoverageSpan } from '../core/ports.ts';

/**
 * Adds spans to what is known of a source: sorted, without overlap, neighbours of a kind joined, so that the list stays
 * short however often the source is pulled. What was seen stays seen: a later hole covers only what nobody saw, and a
 * hole that is seen later is cut or closed. Of two holes the later cause stands.
 */
export function mergeCoverage(known: readonly CoverageSpan[], news: readonly CoverageSpan[]): CoverageSpan[] {
  const seen = union([...known, ...news].filter(({ kind }) => kind === 'seen'));
  let holes: CoverageSpan[] = [];
  for (const hole of [...known, ...news].filter(({ kind, from, to }) => kind === 'hole' && from < to)) {
    holes = [...holes.flatMap((older) => subtract(older, hole)), hole];
  }
  const open = holes.flatMap((hole) =>
    seen.reduce<CoverageSpan[]>((rest, span) => rest.flatMap((r) => subtract(r, span)), [hole]),
  );
  return joinHoles([...seen, ...open].sort((a, b) => a.from - b.from));
}

/** Spans of what was seen as few as possible. */
function union(spans: readonly CoverageSpan[]): CoverageSpan[] {
  const joined: CoverageSpan[] = [];
  for (const { from, to } of spans.filter((span) => span.from < span.to).sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ kind: 'seen', from, to });
  }
  return joined;
}

/** What is left of a span without another: nothing, one part or two. */
function subtract(span: CoverageSpan, without: CoverageSpan): CoverageSpan[] {
  if (without.to <= span.from || without.from >= span.to) return [span];
  const left = { ...span, to: without.from };
  const right = { ...span, from: without.to };
  return [left, right].filter(({ from, to }) => from < to);
}

function joinHoles(spans: readonly CoverageSpan[]): CoverageSpan[] {
  const joined: CoverageSpan[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last?.kind === 'hole' && span.kind === 'hole' && last.to === span.from && last.cause === span.cause)
      last.to = span.to;
    else joined.push({ ...span });
  }
  return joined;
}
