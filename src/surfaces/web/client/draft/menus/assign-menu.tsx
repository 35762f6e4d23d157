import type { Detail } from '../../../api.ts';
import { useLive } from '../../hooks/live.ts';
import { useKnownMe } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { useInbox } from '../../inbox/context.ts';
import { numberKey, PickMenu } from './pick-menu.tsx';

/** No person can be called this: a name has at least one visible character. */
const NOBODY = '';

/** Whose mention it is. */
export function AssignMenu({ detail }: { detail: Detail }) {
  const { t } = useWords();
  const { decide } = useInbox();
  const me = useKnownMe();
  const { people } = useLive();
  const names = [...new Set([me.name, ...me.people, ...people.map(({ name }) => name)])];
  const { assignee } = detail.mention;
  const choices = names.map((name) => ({
    id: name,
    label: name === me.name ? `${name} (${t.top.you})` : name,
    current: name === assignee,
  }));
  if (assignee !== undefined) choices.push({ id: NOBODY, label: t.act.nobody, current: false });
  return (
    <PickMenu
      name="assign"
      label={t.act.assign}
      title={t.act.assignTitle}
      choices={choices.map((choice, index) => ({ ...choice, key: numberKey(index) }))}
      onPick={(name) => void decide(detail, 'assign', { to: name === NOBODY ? null : name })}
    />
  );
}
