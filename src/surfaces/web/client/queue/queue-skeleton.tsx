import { Skeleton } from '@mantine/core';
import { useWords } from '../i18n/index.tsx';

/** The shape of what is coming. */
export function QueueSkeleton() {
  const { t } = useWords();
  return (
    <div aria-busy="true" className="queue-skeleton">
      <span className="unseen">{t.loading}</span>
      {[62, 80, 48, 71, 55, 84, 66, 50].map((width) => (
        <div key={width}>
          <Skeleton height={11} width={`${width / 2}%`} />
          <Skeleton height={11} width={`${width}%`} />
        </div>
      ))}
    </div>
  );
}
