import type { SourceInfo } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { otherWords } from '../i18n/other-words.ts';

/** What was truly seen, over time, with its holes; the same in words for whoever opens it. */
export function CoverageBar({ spans }: { spans: SourceInfo['coverage'] }) {
  const { t, f, lang } = useWords();
  const words = ({ kind, from, to, cause, causeIn }: SourceInfo['coverage'][number]) => {
    const range = (kind === 'seen' ? t.sources.seenRange : t.sources.holeRange)(f.dateTime(from), f.dateTime(to));
    return cause ? f.pair(range, otherWords(cause, causeIn, lang)) : range;
  };
  const sorted = [...spans].sort((a, b) => a.from - b.from);
  const from = sorted[0]?.from;
  if (from === undefined) return <p className="soft small">{t.sources.noCoverage}</p>;
  const to = Math.max(...sorted.map((span) => span.to));
  const width = Math.max(1, to - from);
  const holes = sorted.filter(({ kind }) => kind === 'hole');
  return (
    <details className="coverage">
      <summary>
        {t.sources.coverage}: {f.dateTime(from)} – {f.dateTime(to)}
        {holes.length > 0 && (
          <span className="tag tag-amber">
            {t.sources.hole} × {f.number(holes.length)}
          </span>
        )}
        <span className="coverage-bar" aria-hidden="true">
          {sorted.map((span) => (
            <span
              key={`${span.kind}${span.from}`}
              className={`coverage-${span.kind}`}
              style={{
                left: `${((span.from - from) / width) * 100}%`,
                width: `${((span.to - span.from) / width) * 100}%`,
              }}
            />
          ))}
        </span>
      </summary>
      <ul className="small">
        {sorted.map((span) => (
          <li key={`${span.kind}${span.from}`}>{words(span)}</li>
        ))}
      </ul>
    </details>
  );
}
