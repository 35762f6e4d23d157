import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api-client.ts';
import { KEYS } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { WordDifference } from '../../ui/word-difference.tsx';
import { VersionList } from '../history/version-list.tsx';

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
  return (
    <VersionList query={query} onClose={onClose}>
      {({ revision, by, at, text, off }, place) => (
        <li key={revision}>
          <p className="small soft">
            <bdi>{by}</bdi> · {f.dateTime(Date.parse(at))}{' '}
            {off && <span className="tag">{t.settings.templates.off}</span>}
          </p>
          <WordDifference before={query.data?.[place + 1]?.text ?? text} after={text} />
          {place > 0 && (
            <Button size="compact-xs" variant="default" onClick={() => onTake(text)}>
              {t.settings.templates.takeThis}
            </Button>
          )}
        </li>
      )}
    </VersionList>
  );
}
