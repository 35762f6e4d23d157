import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AnswerVersion, WrittenAnswer } from '../../../answer-api.ts';
import { api } from '../../api-client.ts';
import { KEYS, useMay } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { WordDifference } from '../../ui/word-difference.tsx';
import { VersionList } from '../history/version-list.tsx';
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
  const textOf = (version: AnswerVersion | undefined) => version?.written?.[lang === 'en' ? 'en' : 'zh-Hans'].text;
  return (
    <VersionList query={query} onClose={onClose}>
      {(version, place) => {
        const { revision, by, what, written } = version;
        const [now, before] = [textOf(version) ?? '', textOf(query.data?.[place + 1])];
        return (
          <li key={revision}>
            <p>{whatWords(what, t)}</p>
            <p className="small soft">
              <bdi>{by}</bdi> · {f.dateTime(Date.parse(version.at))}
            </p>
            {before !== undefined && before !== now && <WordDifference before={before} after={now} />}
            {may && place > 0 && written && (
              <Button size="compact-xs" variant="default" onClick={() => onTake(written)}>
                {t.settings.templates.takeThis}
              </Button>
            )}
          </li>
        );
      }}
    </VersionList>
  );
}
