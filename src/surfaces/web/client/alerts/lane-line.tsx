import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Detail } from '../../api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS, useClock, useKnownMe } from '../hooks/queries.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { KeyOf } from '../ui/key.tsx';

/** In a regulated lane: who has it, a button to say "I have it", and the evidence as a file. */
export function LaneLine({ detail }: { detail: Detail }) {
  const { t, f } = useWords();
  const client = useQueryClient();
  const { problemTypes } = useKnownMe();
  const { mention, assessment } = detail;
  const clock = useClock(mention.id);
  const lane = problemTypes.find(({ id }) => id === assessment?.problemType)?.lane;
  const regulated = lane === 'security' || lane === 'legal';
  const file = useRef<HTMLAnchorElement>(null);
  const waits = clock !== undefined && !clock.acknowledgedBy && clock.alerted > 0;
  const acknowledge = async () => {
    try {
      await api.acknowledge(mention.id);
      say({ kind: 'done', text: t.alerts.had });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    }
    await client.invalidateQueries({ queryKey: KEYS.clocks });
  };
  useKeys({
    evidence: regulated ? () => file.current?.click() : undefined,
    acknowledge: regulated && waits ? () => void acknowledge() : undefined,
  });
  if (lane !== 'security' && lane !== 'legal') return null;
  return (
    <p className="small head-tags">
      <span className="soft">{t.alerts.lanes[lane]}</span>
      {clock?.acknowledgedBy && <span>{t.alerts.hadBy(clock.acknowledgedBy)}</span>}
      {waits && (
        <>
          <span className="soft">{t.alerts.sent(clock.alerted, f.number(clock.alerted))}</span>
          <button
            type="button"
            className="link-button"
            aria-keyshortcuts={shortcutOf('acknowledge')}
            onClick={() => void acknowledge()}
          >
            {t.alerts.have} <KeyOf action="acknowledge" />
          </button>
        </>
      )}
      <a ref={file} href={api.evidenceOf(mention.id)} download aria-keyshortcuts={shortcutOf('evidence')}>
        {t.alerts.evidence} <KeyOf action="evidence" />
      </a>
    </p>
  );
}
