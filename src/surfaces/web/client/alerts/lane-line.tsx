import { useQueryClient } from '@tanstack/react-query';
import type { Detail } from '../../api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS, useClock, useKnownMe } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';

/** In a regulated lane: who has it, a button to say "I have it", and the evidence as a file. */
export function LaneLine({ detail }: { detail: Detail }) {
  const { t, f } = useWords();
  const client = useQueryClient();
  const { problemTypes } = useKnownMe();
  const { mention, assessment } = detail;
  const clock = useClock(mention.id);
  const lane = problemTypes.find(({ id }) => id === assessment?.problemType)?.lane;
  if (lane !== 'security' && lane !== 'legal') return null;
  const acknowledge = async () => {
    try {
      await api.acknowledge(mention.id);
      say({ kind: 'done', text: t.alerts.had });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    }
    await client.invalidateQueries({ queryKey: KEYS.clocks });
  };
  return (
    <p className="small head-tags">
      <span className="soft">{t.alerts.lanes[lane]}</span>
      {clock?.acknowledgedBy && <span>{t.alerts.hadBy(clock.acknowledgedBy)}</span>}
      {clock && !clock.acknowledgedBy && clock.alerted > 0 && (
        <>
          <span className="soft">{t.alerts.sent(clock.alerted, f.number(clock.alerted))}</span>
          <button type="button" className="link-button" onClick={() => void acknowledge()}>
            {t.alerts.have}
          </button>
        </>
      )}
      <a href={api.evidenceOf(mention.id)} download>
        {t.alerts.evidence}
      </a>
    </p>
  );
}
