import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { KeywordTry } from '../../settings-api.ts';
import { api } from '../api-client.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';
import { MarkedWords } from '../ui/marked-words.tsx';

const AFTER_TYPING_MS = 300;

/** Which of the last mentions contain the words, while somebody writes them. */
export function KeywordTryOut({ words }: { words: readonly string[] }) {
  const { t } = useWords();
  const asked = [...new Set(words.map((word) => word.trim()).filter(Boolean))];
  const [settled] = useDebouncedValue(asked.join('\n'), AFTER_TYPING_MS);
  const { data } = useQuery({
    queryKey: ['keyword-try', settled],
    queryFn: () => api.tryKeywords(settled.split('\n').filter(Boolean)),
    placeholderData: keepPreviousData,
  });
  return (
    <section className="tryout" aria-label={t.settings.tryOut}>
      <h3>{t.settings.tryOut}</h3>
      <p className="soft small">{t.settings.tryOutHint}</p>
      {data && <Tried tried={data} />}
    </section>
  );
}

function Tried({ tried: { looked, found, words, examples } }: { tried: KeywordTry }) {
  const { t, f } = useWords();
  const most = Math.max(1, ...words.map((one) => one.found));
  return (
    <>
      <p role="status">
        <strong>{t.settings.contain(f.number(found), f.number(looked))}</strong>
      </p>
      <ul className="tryout-words">
        {words.map((one) => (
          <li key={one.word}>
            <bdi className="outside">{one.word}</bdi>
            <span className="tryout-bar" aria-hidden="true">
              <span style={{ width: `${(one.found / most) * 100}%` }} />
            </span>
            <span className={one.found === 0 ? 'tag tag-amber' : 'soft'}>{f.number(one.found)}</span>
          </li>
        ))}
      </ul>
      {examples.length > 0 && (
        <ul className="tryout-examples">
          {examples.map(({ id, text, place, words: inside }) => (
            <li key={id}>
              <a href={hrefOf({ page: 'inbox', view: 'all', id, filters: {} })} className="outside">
                <MarkedWords text={text} words={inside} />
              </a>
              {place && <span className="soft small">{place}</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
