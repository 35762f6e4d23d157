import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { KeywordChange } from '../../../lexicon-api.ts';
import { api } from '../../api-client.ts';
import { KEYS } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { useTypeTitle } from '../../mention/use-type-title.ts';
import { useKeywordSteps } from './use-keyword-steps.ts';

/** Who changed which keyword when, with one click back to each state. */
export function KeywordHistory({ onBack }: { onBack(): void }) {
  const { t, f } = useWords();
  const steps = useKeywordSteps();
  const { data } = useQuery({ queryKey: KEYS.lexiconHistory, queryFn: api.keywordHistory, staleTime: 0 });
  if (!data?.length) return null;
  const back = async (revision: number) => {
    if (await steps.back(revision)) onBack();
  };
  return (
    <section aria-labelledby="keyword-history">
      <h3 id="keyword-history">{t.settings.templates.history}</h3>
      <ol className="versions">
        {data.map(({ revision, by, at, changes }, place) => (
          <li key={revision} className="version">
            <div className="version-top">
              <span className="soft small">
                <bdi className="outside">{by === 'edited by hand' ? t.settings.byHand : by}</bdi> ·{' '}
                {f.dateTime(Date.parse(at))} · {t.settings.version(f.number(revision))}{' '}
                {place === 0 && <span className="tag tag-green">{t.settings.current}</span>}
              </span>
              {place > 0 && (
                <Button size="xs" variant="default" onClick={() => void back(revision)}>
                  {t.settings.goBack}
                  <span className="unseen"> {t.settings.version(f.number(revision))}</span>
                </Button>
              )}
            </div>
            <ul className="differences">
              {changes.map((change) => (
                <Change key={`${change.problemType} ${change.phrase}`} change={change} />
              ))}
            </ul>
          </li>
        ))}
        {data.at(-1)?.revision !== undefined && (
          <li className="version version-top">
            <span className="soft small">{t.lexicon.asCame}</span>
            <Button size="xs" variant="default" onClick={() => void steps.asCame().then((done) => done && onBack())}>
              {t.settings.goBack}
              <span className="unseen"> {t.lexicon.asCame}</span>
            </Button>
          </li>
        )}
      </ol>
    </section>
  );
}

function Change({ change: { phrase, problemType, before, after } }: { change: KeywordChange }) {
  const { t } = useWords();
  const titleOf = useTypeTitle();
  const words = (said: KeywordChange['before']) =>
    said && (said.off ? t.lexicon.off : (t.lexicon.weights[said.weight] ?? String(said.weight)));
  return (
    <li>
      <span className="difference-where">{titleOf(problemType)}</span>
      <span className="difference-values">
        <bdi className="outside">{phrase}</bdi>
        {before && (
          <del>
            <span className="unseen">{t.settings.before}: </span>
            {words(before)}
          </del>
        )}
        <ins>
          <span className="unseen">{t.settings.after}: </span>
          {words(after) ?? t.lexicon.asCame}
        </ins>
      </span>
    </li>
  );
}
