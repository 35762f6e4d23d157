import { ActionIcon } from '@mantine/core';
import type { View } from '../../api.ts';
import { numberKey, PickMenu } from '../draft/menus/pick-menu.tsx';
import { hrefOfSaved, savedAt, useSavedViews, useViewCounts } from '../hooks/use-saved-views.ts';
import { useWords } from '../i18n/index.tsx';
import { useInbox } from '../inbox/context.ts';
import { shortcutOf } from '../keys/key-table.ts';
import { type Filters, go, parseRoute } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import { countWords } from './count-words.ts';

/** The views that people saved, each a key away. */
export function SavedViewsMenu({ view, filters }: { view: View; filters: Filters }) {
  const { t, f } = useWords();
  const { menu, setMenu } = useInbox();
  const { views } = useSavedViews();
  const counts = useViewCounts();
  const here = savedAt(views, view, filters);
  return (
    <PickMenu
      name="savedViews"
      label={t.triage.saved}
      title={t.triage.saved}
      position="bottom-end"
      none={t.triage.noSaved}
      choices={views.map((saved, index) => ({
        id: saved.id,
        label: saved.name,
        key: numberKey(index),
        current: saved.id === here?.id,
        hint: saved.team ? t.triage.byWhom(saved.by) : undefined,
        aside: [saved.team && t.triage.teamTag, countWords(counts?.[saved.id], f)].filter(Boolean).join(' · '),
      }))}
      onPick={(id) => {
        const saved = views.find((one) => one.id === id);
        if (saved) go(parseRoute(hrefOfSaved(saved.query)));
      }}
      target={
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t.triage.saved}
          aria-keyshortcuts={shortcutOf('savedViews')}
          title={t.triage.saved}
          onClick={() => setMenu(menu === 'savedViews' ? undefined : 'savedViews')}
        >
          <Icon name="list" />
        </ActionIcon>
      }
    />
  );
}
