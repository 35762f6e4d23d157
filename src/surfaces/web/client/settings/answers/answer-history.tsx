import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AnswerVersion, WrittenAnswer } from '../../../answer-api.ts';
import { api } from '../../api-client.ts';
import { KEYS, useMay } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { NotLoaded } from '../../ui/not-loaded.tsx';
import { WordDifference } from '../../ui/word-difference.tsx';
import { whatWords } from '../history/what-words.ts';

interface Props {
  id: string;
  onClose(): void;
  /** Goes on from the words of an older version. */
  onTake(written: WrittenAnswer): void;
}

/** Who proposed, approved or withdrew an answer when, and what that changed in its words. */
export function AnswerHistory({ id, onClose, onTake }: Props) {
  const { t, f, lang } = useWords();
  const may = useMay('draft');
  const query = useQuery({ queryKey: KEYS.answerHistory(id), queryFn: () => api.answerHistory(id), staleTime: 0 });
  const { data } = query;
  const textOf = (version: AnswerVersion | undefined) => version?.written?.[lang === 'en' ? 'en' : 'zh-Hans'].text;
  return (
    <section className="template-history" aria-label={t.settings.templates.history}>
      <NotLoaded query={query} />
      {data?.length === 0 && <p className="soft">{t.settings.templates.noHistory}</p>}
      <ol>
        {data?.map((version, at) => {
          const { revision, by, what, written } = version;
          const [now, before] = [textOf(version) ?? '', textOf(data[at + 1])];
          return (
            <li key={revision}>
              <p>{whatWords(what, t)}</p>
              <p className="small soft">
                <bdi>{by}</bdi> · {f.dateTime(Date.parse(version.at))}
              </p>
              {before !== undefined && before !== now && <WordDifference before={before} after={now} />}
              {may && at > 0 && written && (
                <Button size="compact-xs" variant="default" onClick={() => onTake(written)}>
                  {t.settings.templates.takeThis}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
      <Button size="xs" variant="default" onClick={onClose}>
        {t.close}
      </Button>
    </section>
  );
}
