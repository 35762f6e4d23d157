import { Button, Menu } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IncidentInfo } from '../../incident-api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS, useMay } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';
import type { MasterReplyKind } from './kind.ts';
import { MasterReplyForm } from './master-reply-form.tsx';
import { PlanList } from './plan-list.tsx';
import { useIncidentName } from './use-incident-name.ts';

/** One incident: what happened, what is said to everybody, and who gets it. */
export function IncidentDetailPage({ id }: { id: string }) {
  const { t } = useWords();
  const { data, error } = useQuery({ queryKey: [...KEYS.incidents, id], queryFn: () => api.incident(id) });
  const [asked, setKind] = useState<MasterReplyKind>();
  const [dirty, setDirty] = useState(false);
  if (error && !data) return <p role="alert">{failureWords(error, t)}</p>;
  if (!data) return null;
  const { incident } = data;
  const kind = asked ?? (incident.closeReason === 'solved' ? 'solved' : 'answer');
  return (
    <article className="incident">
      <a className="small" href={hrefOf({ page: 'incidents' })}>
        {t.incidents.title}
      </a>
      <Head incident={incident} count={data.members.length} />
      <fieldset className="incident-kinds">
        <legend className="unseen">{t.incidents.replyTitle}</legend>
        {(['answer', 'solved'] as const).map((one) => (
          <Button
            key={one}
            size="xs"
            variant={one === kind ? 'filled' : 'default'}
            aria-pressed={one === kind}
            onClick={() => setKind(one)}
          >
            {t.incidents.kinds[one]}
          </Button>
        ))}
      </fieldset>
      <MasterReplyForm key={`${kind} ${incident[kind].revision}`} incident={incident} kind={kind} onDirty={setDirty} />
      <PlanList incident={incident} kind={kind} members={data.members} dirty={dirty} />
    </article>
  );
}

function Head({ incident, count }: { incident: IncidentInfo; count: number }) {
  const { t, f } = useWords();
  const name = useIncidentName();
  const { alarm, state, closedAt, closedBy } = incident;
  const mayClose = useMay('approve');
  return (
    <header className="incident-head">
      <div>
        <h1>{name(incident)}</h1>
        <p className="incident-tags">
          <span className={`tag ${state === 'open' ? 'tag-red' : ''}`}>
            {state === 'open' ? t.incidents.open : t.incidents.closed}
          </span>
          {incident.sample && <span className="tag tag-accent">{t.sample.tag}</span>}
          <span>{t.incidents.mentions(count, f.number(count))}</span>
          <span className="soft">{t.incidents.last(f.dateTime(incident.lastMentionAt))}</span>
        </p>
        <p className="soft small">
          {incident.openedBy === 'earshot' ? t.incidents.byAlarm : t.incidents.openedBy(incident.openedBy)}
          {' · '}
          {t.incidents.since(f.dateTime(alarm?.at ?? incident.openedAt))}
          {closedAt !== undefined &&
            closedBy !== undefined &&
            ` · ${t.incidents.closedBy(closedBy, f.dateTime(closedAt))} · ${t.incidents.reasons[incident.closeReason ?? 'other']}`}
        </p>
        {alarm && (
          <p className="incident-alarm">
            {t.incidents.alarm(f.number(alarm.count), f.number(alarm.minutes), f.number(alarm.usualPerHour))}{' '}
            {alarm.littleHistory && <span className="soft">{t.incidents.littleHistory}</span>}
          </p>
        )}
      </div>
      {mayClose && state === 'open' && <CloseMenu id={incident.id} />}
      {mayClose && closedAt !== undefined && Date.now() - closedAt < REOPEN_MS && <Reopen id={incident.id} />}
    </header>
  );
}

/** So long a closed incident can be opened again; the server says the same. */
const REOPEN_MS = 86_400_000;

function useReopen(id: string): () => Promise<void> {
  const { t } = useWords();
  const client = useQueryClient();
  return async () => {
    try {
      await api.decideIncident(id, 'reopen', {});
      say({ kind: 'done', text: t.incidents.reopened });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    }
    await client.invalidateQueries({ queryKey: KEYS.incidents });
  };
}

function Reopen({ id }: { id: string }) {
  const { t } = useWords();
  const reopen = useReopen(id);
  return (
    <Button variant="default" size="sm" onClick={() => void reopen()}>
      {t.incidents.reopen}
    </Button>
  );
}

function CloseMenu({ id }: { id: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const reopen = useReopen(id);
  const close = async (reason: 'solved' | 'false-alarm' | 'quiet' | 'other') => {
    try {
      await api.decideIncident(id, 'close', { reason });
      say({ kind: 'done', text: t.incidents.closedSaid, action: { label: t.act.undo, run: () => void reopen() } });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    }
    await client.invalidateQueries({ queryKey: KEYS.incidents });
  };
  return (
    <Menu position="bottom-end" shadow="md" withinPortal={false} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button variant="default" size="sm">
          {t.incidents.close}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t.incidents.closeTitle}</Menu.Label>
        {(['solved', 'quiet', 'false-alarm', 'other'] as const).map((reason) => (
          <Menu.Item key={reason} onClick={() => void close(reason)}>
            {t.incidents.reasons[reason]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
