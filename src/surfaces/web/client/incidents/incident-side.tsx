import { useIncidents } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';
import { Icon } from '../ui/icon.tsx';

/** The way to the incidents, beside the views. */
export function IncidentSide() {
  const { t, f } = useWords();
  const open = useIncidents().data?.filter(({ incident }) => incident.state === 'open').length ?? 0;
  return (
    <div className="side-incidents">
      <a className="side-view" href={hrefOf({ page: 'incidents' })}>
        <Icon name="group" size={14} />
        <span className="side-name">{t.incidents.title}</span>
        <span className={open > 0 ? 'tag tag-red' : 'side-count'}>{f.number(open)}</span>
      </a>
    </div>
  );
}
