import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { KeywordListTry, OwnKeywordAsked } from '../../../lexicon-api.ts';
import { api } from '../../api-client.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useWords } from '../../i18n/index.tsx';
import { TagsTable } from '../../learning/tags-table.tsx';
import { useTypeTitle } from '../../mention/use-type-title.ts';
import { hrefOf } from '../../router.ts';
import { MarkedWords } from '../../ui/marked-words.tsx';

const PAUSE_MS = 300;

/** What keywords that nobody saved would change about the last mentions, while somebody changes them. */
export function ListTryOut({ own }: { own: readonly OwnKeywordAsked[] }) {
  const { t } = useWords();
  const [settled] = useDebouncedValue(JSON.stringify(own), PAUSE_MS);
  const { data, error } = useQuery({
    queryKey: ['lexicon-try', settled],
    queryFn: ({ signal }) => api.tryKeywordList(JSON.parse(settled), signal),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  return (
    <section className="tryout" aria-label={t.settings.tryOut}>
      <h3>{t.settings.tryOut}</h3>
      <p className="soft small">{t.lexicon.tryHint}</p>
      {error && (
        <p className="template-note outside" role="alert">
          {failureWords(error, t)}
        </p>
      )}
      {data && !error && <Tried tried={data} />}
    </section>
  );
}

function Tried({ tried: { looked, words, retagged, types, examples } }: { tried: KeywordListTry }) {
  const { t, f } = useWords();
  const titleOf = useTypeTitle();
  const most = Math.max(1, ...words.map(({ found }) => found));
  return (
    <>
      <p role="status">
        <strong>{t.lexicon.wouldChange(f.number(retagged), f.number(looked))}</strong>
      </p>
      <ul className="tryout-words">
        {words.map(({ phrase, problemType, found }) => (
          <li key={`${problemType} ${phrase}`}>
            <bdi className="outside">{phrase}</bdi>
            <span className="tryout-bar" aria-hidden="true">
              <span style={{ width: `${(found / most) * 100}%` }} />
            </span>
            <span className={found === 0 ? 'tag tag-amber' : 'soft'}>{f.number(found)}</span>
          </li>
        ))}
      </ul>
      <TagsTable types={types} />
      {examples.length > 0 && (
        <ul className="tryout-examples">
          {examples.map(({ id, text, place, words: inside, from, to }) => (
            <li key={id}>
              <a href={hrefOf({ page: 'inbox', view: 'all', id, filters: {} })} className="outside" dir="auto">
                <MarkedWords text={text} words={inside} />
              </a>
              <span className="small soft tryout-facts">
                {from === to ? (
                  <span>{t.lexicon.stays(titleOf(to))}</span>
                ) : (
                  <span className="tag tag-accent">{`${titleOf(from)} → ${titleOf(to)}`}</span>
                )}
                {place && <bdi>{place}</bdi>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
