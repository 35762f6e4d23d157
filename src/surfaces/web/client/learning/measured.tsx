import type { MeasuredInfo } from '../../learning-api.ts';
import { useWords } from '../i18n/index.tsx';
import { useTypeTitle } from '../mention/use-type-title.ts';
import { ContrastTable } from './contrast-table.tsx';

/** The challenger beside the model in use, on texts that neither has learned, and what stands against it. */
export function Measured({ measured, protectedTypes }: { measured: MeasuredInfo; protectedTypes: readonly string[] }) {
  const { t, f } = useWords();
  const titleOf = useTypeTitle();
  const { comparison, at, by, lessons, first, worse, unproven } = measured;
  const names = (ids: readonly string[]) => f.list(ids.map(titleOf));
  const mayGo = worse.length === 0 && unproven.length === 0;
  return (
    <article className="card card-wide" aria-labelledby="measured">
      <div className="card-top">
        <h2 id="measured">{t.learning.compared}</h2>
        <span className="small soft outside">{t.learning.comparedBy(by, f.dateTime(at))}</span>
      </div>
      {mayGo && (
        <p>
          <span className="tag tag-green">✓</span> {t.learning.mayGo}
        </p>
      )}
      {worse.length > 0 && (
        <p className="learning-verdict" role="note">
          {t.learning.worse(names(worse))}
        </p>
      )}
      {unproven.length > 0 && (
        <p className="learning-verdict" role="note">
          {t.learning.unproven(names(unproven))}
        </p>
      )}
      {first && <p className="learning-verdict">{t.learning.first}</p>}
      <p className="small soft">{t.learning.f1}</p>
      <ContrastTable
        caption={t.learning.compared}
        comparison={comparison}
        protectedTypes={protectedTypes}
        names={[t.learning.champion, t.learning.challenger]}
      />
      <div className="small soft learning-notes">
        <p>{t.learning.fair(f.number(comparison.n), f.number(lessons))}</p>
        <p>{t.learning.chance}</p>
        <p>{t.learning.protectedHint}</p>
      </div>
    </article>
  );
}
