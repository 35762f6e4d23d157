import type { Detail } from '../../../api.ts';
import { useKnownMe } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { useInbox } from '../../inbox/context.ts';
import { numberKey, PickMenu } from './pick-menu.tsx';

/** No reply, and why. */
export function DismissMenu({ detail }: { detail: Detail }) {
  const { t, lang } = useWords();
  const { decide } = useInbox();
  const { dismissReasons } = useKnownMe();
  return (
    <PickMenu
      name="dismiss"
      label={t.act.dismiss}
      title={t.act.dismissTitle}
      choices={dismissReasons.map(({ id, title }, index) => ({ id, label: title[lang], key: numberKey(index) }))}
      onPick={(reason) => void decide(detail, 'dismiss', { reason })}
    />
  );
}
