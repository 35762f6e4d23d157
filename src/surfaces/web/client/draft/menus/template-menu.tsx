import type { Detail } from '../../../api.ts';
import { dropEdit } from '../../hooks/edits.ts';
import { useWords } from '../../i18n/index.tsx';
import { useInbox } from '../../inbox/context.ts';
import { numberKey, PickMenu } from './pick-menu.tsx';

/** Other words for the same problem. A person's own edit makes way, since they asked for another text. */
export function TemplateMenu({ detail, current }: { detail: Detail; current: string | undefined }) {
  const { t } = useWords();
  const { decide } = useInbox();
  return (
    <PickMenu
      name="templates"
      hotkey="t"
      label={t.act.templates}
      title={t.act.templateTitle}
      none={t.act.noTemplates}
      choices={detail.templates.map(({ id, title }, index) => ({
        id,
        label: title,
        key: numberKey(index),
        current: id === current,
      }))}
      onPick={(templateId) => {
        dropEdit(detail.mention.id);
        void decide(detail, 'template', { templateId });
      }}
    />
  );
}
