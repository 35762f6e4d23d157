import { useQueryClient } from '@tanstack/react-query';
import { checkName } from '../../../../core/checks.ts';
import type { Detail } from '../../api.ts';
import type { IncidentInfo, PlanRowInfo, RowOutcome } from '../../incident-api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { otherWords } from '../i18n/other-words.ts';
import { langTag } from '../mention/author.ts';
import { usePlace } from '../mention/use-place.ts';
import { hrefOf } from '../router.ts';

interface Props {
  row: PlanRowInfo;
  incident: IncidentInfo;
  mention: Detail['mention'] | undefined;
  /** Undefined where there is nothing to choose. */
  chosen: boolean | undefined;
  outcome: RowOutcome | undefined;
  onToggle(): void;
}

/** One mention: what was said, what it gets, and how. */
export function PlanLine({ row, incident, mention, chosen, outcome, onToggle }: Props) {
  const { t, lang } = useWords();
  const place = usePlace(row);
  const failed = row.checks.filter(({ ok }) => !ok);
  return (
    <li className="plan-row">
      <div className="plan-tick">
        {chosen !== undefined && (
          <input type="checkbox" checked={chosen} onChange={onToggle} aria-label={t.incidents.choose(row.author)} />
        )}
      </div>
      <div className="plan-said">
        <p className="small soft">
          <bdi>{row.author}</bdi> · <bdi>{place}</bdi>
        </p>
        <p className="outside plan-text" dir="auto">
          {mention?.text}
        </p>
        <p className="small plan-links">
          <a href={hrefOf({ page: 'inbox', view: 'all', id: row.mentionId, filters: {} })}>{t.incidents.show}</a>
          {incident.state === 'open' && <Leave incident={incident} mentionId={row.mentionId} />}
        </p>
      </div>
      <div className="plan-reply">
        {row.text && (
          <p className="outside plan-text" dir="auto" lang={langTag(row.lang)}>
            {row.text}
          </p>
        )}
        {row.twin && row.lang !== (lang === 'en' ? 'en' : row.lang) && (
          <details className="small">
            <summary>{t.draft.twin}</summary>
            <p className="outside soft">{row.twin}</p>
          </details>
        )}
        <p className="small">
          <span className={`tag ${COLOUR[row.how]}`}>{t.incidents.hows[row.how]}</span>{' '}
          {row.how === 'api' && row.as && <bdi className="soft">{t.incidents.as(row.as)}</bdi>}
          {row.own && <span className="soft"> {t.incidents.own}</span>}
          {row.why && (
            <span className="soft">
              {' '}
              {t.incidents.whys[row.why] ?? stateWords(row.why) ?? otherWords(row.why, row.whyIn, lang)}
            </span>
          )}
        </p>
        {failed.map(({ name }) => (
          <p key={name} className="small plan-failed">
            {checkName(name, lang)}
          </p>
        ))}
        {outcome && (
          <p className={`small ${outcome.outcome === 'refused' ? 'plan-failed' : ''}`} role="status">
            {t.incidents.outcomes[outcome.outcome]}
            {outcome.why && `: ${t.refused.codes[outcome.code ?? ''] ?? outcome.why}`}
          </p>
        )}
      </div>
    </li>
  );

  function stateWords(why: string): string | undefined {
    return t.states[why as keyof typeof t.states];
  }
}

function Leave({ incident, mentionId }: { incident: IncidentInfo; mentionId: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const leave = async () => {
    try {
      await api.decideIncident(incident.id, 'leave', { mentionId });
      say({ kind: 'done', text: t.incidents.left, action: { label: t.act.undo, run: () => void back() } });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    }
    await client.invalidateQueries({ queryKey: KEYS.incidents });
  };
  const back = async () => {
    try {
      await api.decideIncident(incident.id, 'join', { mentionId });
      say({ kind: 'done', text: t.incidents.joined });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    }
    await client.invalidateQueries({ queryKey: KEYS.incidents });
  };
  return (
    <button type="button" className="link-button" onClick={() => void leave()}>
      {t.incidents.leave}
    </button>
  );
}

const COLOUR: Record<PlanRowInfo['how'], string> = {
  api: 'tag-accent',
  'by-hand': 'tag-accent',
  cannot: 'tag-amber',
  done: 'tag-green',
};
