import { Skeleton } from '@mantine/core';
import { useWords } from '../i18n/index.tsx';

/** The shape of what is coming. */
export function MentionSkeleton() {
  const { t } = useWords();
  return (
    <div className="mention-read" aria-busy="true">
      <span className="unseen">{t.loading}</span>
      <Skeleton height={16} width="34%" />
      <Skeleton height={13} width="52%" mt={12} />
      <Skeleton height={20} width="88%" mt={30} />
      <Skeleton height={20} width="93%" mt={12} />
      <Skeleton height={20} width="41%" mt={12} />
    </div>
  );
}
