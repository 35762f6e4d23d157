import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/index.tsx';
import { NotLoaded } from '../../ui/not-loaded.tsx';

interface Props<Version> {
  query: Parameters<typeof NotLoaded>[0]['query'] & { data: readonly Version[] | undefined };
  onClose(): void;
  /** One line of the list, a `li` with a key. */
  children(version: Version, place: number): ReactNode;
}

/** The versions of a text that people changed, the newest first. */
export function VersionList<Version>({ query, onClose, children }: Props<Version>) {
  const { t } = useWords();
  return (
    <section className="template-history" aria-label={t.settings.templates.history}>
      <NotLoaded query={query} />
      {query.data?.length === 0 && <p className="soft">{t.settings.templates.noHistory}</p>}
      <ol>{query.data?.map(children)}</ol>
      <Button size="xs" variant="default" onClick={onClose}>
        {t.close}
      </Button>
    </section>
  );
}
