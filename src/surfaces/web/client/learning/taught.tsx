import type { Learning } from '../../learning-api.ts';
import { useWords } from '../i18n/index.tsx';
import { useTypeTitle } from '../mention/use-type-title.ts';
import { WideTable } from '../report/wide-table.tsx';
import { hrefOf } from '../router.ts';

/** How much people's corrections are by now, and of what. */
export function Taught({ taught }: { taught: Learning['taught'] }) {
  const { t, f } = useWords();
  const titleOf = useTypeTitle();
  const { total, corrected, dismissed, fresh, byType, mixedUp, people } = taught;
  const figures = [
    [t.learning.total, total],
    [t.learning.corrected, corrected],
    [t.learning.dismissed, dismissed],
    [t.learning.fresh, fresh],
  ] as const;
  return (
    <article className="card" aria-labelledby="taught">
      <div className="card-top">
        <h2 id="taught">{t.learning.taught}</h2>
        <a className="card-csv" href={hrefOf({ page: 'label' })}>
          {t.learning.label}
        </a>
      </div>
      {total === 0 && (
        <p>
          {t.learning.nothing} <span className="soft">{t.learning.nothingHint}</span>
        </p>
      )}
      {total > 0 && (
        <>
          <dl className="totals">
            {figures.map(([name, n]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{f.number(n)}</dd>
              </div>
            ))}
          </dl>
          <WideTable
            caption={t.learning.byType}
            head={[t.learning.type, t.learning.examples]}
            rows={byType.map(({ problemType, n }) => ({
              key: problemType,
              cells: [titleOf(problemType), f.number(n)],
            }))}
          />
          {mixedUp.length > 0 && (
            <WideTable
              caption={t.learning.mixedUp}
              head={[t.learning.mixedUp, t.learning.times]}
              rows={mixedUp.map(({ from, to, n }) => ({
                key: `${from} ${to}`,
                cells: [t.learning.took(titleOf(from), titleOf(to)), f.number(n)],
              }))}
            />
          )}
          <p className="small soft">
            {t.learning.byWhom}:{' '}
            {people.map(({ name, n }, at) => (
              <span key={name}>
                {at > 0 && ' · '}
                <bdi>{name}</bdi> {f.number(n)}
              </span>
            ))}
          </p>
        </>
      )}
    </article>
  );
}
