import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IncidentDetail, IncidentInfo, PlanRowInfo, RowOutcome } from '../../incident-api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import type { MasterReplyKind } from './kind.ts';
import { PlanLine } from './plan-line.tsx';

interface Props {
  incident: IncidentInfo;
  kind: MasterReplyKind;
  members: IncidentDetail['members'];
  /** The text above was changed and is not saved yet. */
  dirty: boolean;
}

/** Exactly who gets what text where and how, and one button that approves what is ticked. */
export function PlanList({ incident, kind, members, dirty }: Props) {
  const { t, f } = useWords();
  const client = useQueryClient();
  const key = [...KEYS.incidents, incident.id, 'plan', kind, incident.version];
  const { data: plan, error } = useQuery({ queryKey: key, queryFn: () => api.incidentPlan(incident.id, kind) });
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, RowOutcome>>(new Map());
  const [busy, setBusy] = useState(false);
  const may = kind === 'answer' ? incident.state === 'open' : incident.closeReason === 'solved';
  const ready = (plan ?? []).filter((row) => may && sendable(row));
  const chosen = ready.filter(({ mentionId }) => !without.has(mentionId));
  const toggle = (id: string) => {
    const next = new Set(without);
    if (!next.delete(id)) next.add(id);
    setWithout(next);
  };
  const approve = async () => {
    setBusy(true);
    try {
      const rows = chosen.map(({ mentionId, version, text }) => ({ mentionId, version, text: text ?? '' }));
      const results = await api.approveIncident(incident.id, { kind, revision: incident[kind].revision, rows });
      setOutcomes(new Map(results.map((one) => [one.mentionId, one])));
      const done = results.filter(({ outcome }) => outcome !== 'refused').length;
      say({ kind: 'done', text: t.incidents.approved(f.number(done), f.number(results.length)) });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: KEYS.incidents });
      void client.invalidateQueries({ queryKey: KEYS.queue });
      void client.invalidateQueries({ queryKey: KEYS.counts });
    }
  };
  const count = (how: PlanRowInfo['how']) => f.number(chosen.filter((row) => row.how === how).length);
  return (
    <section className="incident-part" aria-labelledby="plan-title">
      <h2 id="plan-title">{t.incidents.listTitle}</h2>
      <p className="soft small">{t.incidents.listHint}</p>
      {error && <p role="alert">{failureWords(error, t)}</p>}
      <ul className="plan">
        {plan?.map((row) => (
          <PlanLine
            key={row.mentionId}
            row={row}
            incident={incident}
            mention={members.find(({ mentionId }) => mentionId === row.mentionId)?.row.mention}
            chosen={may && sendable(row) ? !without.has(row.mentionId) : undefined}
            outcome={outcomes.get(row.mentionId)}
            onToggle={() => toggle(row.mentionId)}
          />
        ))}
      </ul>
      <div className="plan-foot">
        <Button size="md" disabled={chosen.length === 0 || dirty} loading={busy} onClick={() => void approve()}>
          {t.incidents.approve(chosen.length, f.number(chosen.length))}
        </Button>
        <p className="small soft" role="status">
          {dirty
            ? t.incidents.unsaved
            : chosen.length === 0
              ? t.incidents.nothing
              : t.incidents.approveSays(count('api'), count('by-hand'))}
        </p>
      </div>
    </section>
  );
}

function sendable({ how }: PlanRowInfo): boolean {
  return how === 'api' || how === 'by-hand';
}
