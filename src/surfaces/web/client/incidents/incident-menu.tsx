import { useQueryClient } from '@tanstack/react-query';
import type { Detail } from '../../api.ts';
import { api } from '../api-client.ts';
import { numberKey, PickMenu } from '../draft/menus/pick-menu.tsx';
import { say } from '../hooks/notices.ts';
import { KEYS, useIncidents, useMay } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { useInbox } from '../inbox/context.ts';
import { go } from '../router.ts';
import { useIncidentName } from './use-incident-name.ts';

/** Start, join, leave or open an incident, with one mention in hand. */
export function IncidentMenu({ detail }: { detail: Detail }) {
  const { t } = useWords();
  const name = useIncidentName();
  const client = useQueryClient();
  const { undo, setWayBack } = useInbox();
  const mayClose = useMay('approve');
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
  const step = async (work: () => Promise<string>, back?: () => Promise<string>) => {
    try {
      const text = await work();
      if (back) setWayBack({ id: mentionId, run: () => void step(back) });
      say({ kind: 'done', text, ...(back && { action: { label: t.act.undo, key: 'z', run: () => void undo() } }) });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    }
    await client.invalidateQueries({ queryKey: KEYS.incidents });
  };
  const join = (id: string) => async () => {
    await api.decideIncident(id, 'join', { mentionId });
    return t.incidents.joined;
  };
  const leave = (id: string) => async () => {
    await api.decideIncident(id, 'leave', { mentionId });
    return t.incidents.left;
  };
  const pick = async (choice: string) => {
    const [what, id = ''] = choice.split(' ');
    if (what === 'open') return go({ page: 'incidents', id });
    if (what === 'join') return step(join(id), leave(id));
    if (what === 'leave') return step(leave(id), join(id));
    let started = '';
    const start = async () => {
      started = (await api.startIncident({ mentionIds: [mentionId] })).id;
      return t.incidents.started;
    };
    return step(start, async () => {
      await leave(started)();
      // An incident of nobody says nothing. Whoever may not close it leaves that to a colleague.
      if (mayClose) await api.decideIncident(started, 'close', { reason: 'false-alarm' });
      return t.incidents.left;
    });
  };
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
