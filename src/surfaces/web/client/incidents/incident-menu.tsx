import { useQueryClient } from '@tanstack/react-query';
import type { Detail } from '../../api.ts';
import { api } from '../api-client.ts';
import { numberKey, PickMenu } from '../draft/menus/pick-menu.tsx';
import { say } from '../hooks/notices.ts';
import { KEYS, useIncidents } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { go } from '../router.ts';
import { useIncidentName } from './use-incident-name.ts';

/** Start, join, leave or open an incident, with one mention in hand. */
export function IncidentMenu({ detail }: { detail: Detail }) {
  const { t } = useWords();
  const name = useIncidentName();
  const client = useQueryClient();
  const { id: mentionId } = detail.mention;
  const open = useIncidents().data?.filter(({ incident }) => incident.state === 'open') ?? [];
  const own = open.find(({ mentionIds }) => mentionIds.includes(mentionId));
  const choices = own
    ? [
        { id: `open ${own.incident.id}`, label: t.incidents.openThis(name(own.incident)) },
        { id: `leave ${own.incident.id}`, label: t.incidents.leaveThis(name(own.incident)) },
      ]
    : [
        ...open.map(({ incident }) => ({ id: `join ${incident.id}`, label: t.incidents.join(name(incident)) })),
        { id: 'start', label: t.incidents.start },
      ];
  const pick = async (choice: string) => {
    const [what, id = ''] = choice.split(' ');
    if (what === 'open') return go({ page: 'incidents', id });
    try {
      if (what === 'start') {
        const incident = await api.startIncident({ mentionIds: [mentionId] });
        say({ kind: 'done', text: t.incidents.started, action: opening(incident.id) });
      } else if (what === 'join') {
        await api.decideIncident(id, 'join', { mentionId });
        say({ kind: 'done', text: t.incidents.joined, action: opening(id) });
      } else {
        await api.decideIncident(id, 'leave', { mentionId });
        say({ kind: 'done', text: t.incidents.left });
      }
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    }
    await client.invalidateQueries({ queryKey: KEYS.incidents });
  };
  const opening = (id: string) => ({ label: t.incidents.look, run: () => go({ page: 'incidents' as const, id }) });
  return (
    <PickMenu
      name="incident"
      label={t.incidents.menu}
      title={t.incidents.menuTitle}
      choices={choices.map((choice, index) => ({ ...choice, key: numberKey(index) }))}
      onPick={(choice) => void pick(choice)}
    />
  );
}
