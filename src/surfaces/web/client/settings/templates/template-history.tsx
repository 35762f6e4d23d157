import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api-client.ts';
import { KEYS } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { NotLoaded } from '../../ui/not-loaded.tsx';
import { WordDifference } from '../../ui/word-difference.tsx';

interface Props {
  id: string;
  onClose(): void;
  /** Goes on from the words of an older version. */
  onTake(text: string): void;
}

/** Who changed a template when, each with the difference to the version before it. */
export function TemplateHistory({ id, onClose, onTake }: Props) {
  const { t, f } = useWords();
  const query = useQuery({ queryKey: KEYS.templateHistory(id), queryFn: () => api.templateHistory(id), staleTime: 0 });
  const { data } = query;
  return (
    <section className="template-history" aria-label={t.settings.templates.history}>
      <NotLoaded query={query} />
      {data?.length === 0 && <p className="soft">{t.settings.templates.noHistory}</p>}
      <ol>
        {data?.map(({ revision, by, at, text, off }, place) => (
          <li key={revision}>
            <p className="small soft">
              <bdi>{by}</bdi> · {f.dateTime(Date.parse(at))}{' '}
              {off && <span className="tag">{t.settings.templates.off}</span>}
            </p>
            <WordDifference before={data[place + 1]?.text ?? text} after={text} />
            {place > 0 && (
              <Button size="compact-xs" variant="default" onClick={() => onTake(text)}>
                {t.settings.templates.takeThis}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <Button size="xs" variant="default" onClick={onClose}>
        {t.close}
      </Button>
    </section>
  );
}
