import { useIncidents } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import { useIncidentName } from './use-incident-name.ts';

/** Which incident a mention is part of. */
export function IncidentTag({ mentionId }: { mentionId: string }) {
  const { t } = useWords();
  const name = useIncidentName();
  const found = useIncidents().data?.find(({ mentionIds }) => mentionIds.includes(mentionId));
  if (!found) return null;
  return (
    <a
      className={`tag ${found.incident.state === 'open' ? 'tag-red' : ''}`}
      href={hrefOf({ page: 'incidents', id: found.incident.id })}
    >
      <Icon name="group" size={12} />
      {t.incidents.in(name(found.incident))}
    </a>
  );
}
