import { Skeleton } from '@mantine/core';
import type { IncidentSummaryInfo } from '../../incident-api.ts';
import { useIncidents } from '../hooks/queries.ts';
import { useLate } from '../hooks/use-late.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';
import { NotLoaded } from '../ui/not-loaded.tsx';
import { IncidentDetailPage } from './incident-detail.tsx';
import { useIncidentName } from './use-incident-name.ts';
import './incidents.css';

/** All incidents, or one of them. */
export default function IncidentsPage({ id }: { id: string | undefined }) {
  return (
    <main className="page" id="mention" tabIndex={-1}>
      <div className="page-inner">{id === undefined ? <List /> : <IncidentDetailPage key={id} id={id} />}</div>
    </main>
  );
}

function List() {
  const { t } = useWords();
  const query = useIncidents();
  const { data, isPending } = query;
  const late = useLate(isPending);
  return (
    <>
      <h1>{t.incidents.title}</h1>
      <p className="soft">{t.incidents.intro}</p>
      {late && <Skeleton height={120} />}
      <NotLoaded query={query} />
      {data?.length === 0 && (
        <div className="incidents-none">
          <h2>{t.incidents.none}</h2>
          <p className="soft">{t.incidents.noneHint}</p>
        </div>
      )}
      <ul className="incidents-list">
        {data?.map((summary) => (
          <Card key={summary.incident.id} summary={summary} />
        ))}
      </ul>
    </>
  );
}

function Card({ summary: { incident, mentionIds } }: { summary: IncidentSummaryInfo }) {
  const { t, f } = useWords();
  const name = useIncidentName();
  const open = incident.state === 'open';
  return (
    <li className={open ? 'incident-card incident-open' : 'incident-card'}>
      <h2>
        <a href={hrefOf({ page: 'incidents', id: incident.id })}>{name(incident)}</a>
      </h2>
      <p className="incident-tags">
        <span className={`tag ${open ? 'tag-red' : ''}`}>{open ? t.incidents.open : t.incidents.closed}</span>
        {incident.sample && <span className="tag tag-accent">{t.sample.tag}</span>}
        <span>{t.incidents.mentions(mentionIds.length, f.number(mentionIds.length))}</span>
        <span className="soft">{t.incidents.since(f.dateTime(incident.alarm?.at ?? incident.openedAt))}</span>
      </p>
    </li>
  );
}
