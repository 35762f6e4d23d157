import { useIncidents } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf, useRoute } from '../router.ts';
import type { Line } from '../shell/line.ts';
import { Icon } from '../ui/icon.tsx';
import { useIncidentName } from './use-incident-name.ts';
import './incident-line.css';

/** While an incident is open, every page says so and leads to it. */
export function useIncidentLines(): Line[] {
  const { t, f } = useWords();
  const route = useRoute();
  const name = useIncidentName();
  const open = useIncidents().data?.filter(({ incident }) => incident.state === 'open') ?? [];
  const [first] = open;
  if (!first || route.page === 'incidents') return [];
  const { incident, mentionIds } = first;
  const heard = t.incidents.mentions(mentionIds.length, f.number(mentionIds.length));
  const whole = (
    <aside className="line line-incident" aria-label={t.incidents.title}>
      <Icon name="group" />
      <span className="line-text">
        <strong>{name(incident)}</strong>
        {` · ${heard} · `}
        {t.incidents.since(f.dateTime(incident.alarm?.at ?? incident.openedAt))}
        {open.length > 1 && ` · ${t.incidents.more(f.number(open.length - 1))}`}
      </span>
      <a href={hrefOf({ page: 'incidents', ...(open.length === 1 && { id: incident.id }) })}>{t.incidents.look}</a>
    </aside>
  );
  return [{ key: 'incidents', tone: 'incident', icon: 'group', brief: `${name(incident)} · ${heard}`, whole }];
}
