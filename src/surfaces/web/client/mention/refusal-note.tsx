import { CloseButton } from '@mantine/core';
import { forgive, useNotices } from '../hooks/notices.ts';
import { useWords } from '../i18n/index.tsx';
import { Icon } from '../ui/icon.tsx';
import { useEventWords } from './use-event-words.ts';

/** Why the last decision on this mention was refused, and what happened in the meantime. */
export function RefusalNote({ id }: { id: string }) {
  const { t } = useWords();
  const words = useEventWords();
  const refusal = useNotices().refusals.get(id);
  if (!refusal) return null;
  return (
    <div className="refusal" role="alert">
      <Icon name="urgent" />
      <div>
        <p>
          <strong>{t.refused.title}.</strong> {refusal.message}
        </p>
        {refusal.since.length > 0 && (
          <p>
            {t.refused.since} {refusal.since.map((event) => `${event.actor} ${words(event)}`).join(' · ')}
          </p>
        )}
        {refusal.code === 'conflict' && <p>{t.refused.fresh}</p>}
      </div>
      <CloseButton size="sm" aria-label={t.close} onClick={() => forgive(id)} />
    </div>
  );
}
