import { Button, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { View } from '../../api.ts';
import { useMay } from '../hooks/queries.ts';
import { queryOf, savedAt, useSavedViews, useViewKeeper } from '../hooks/use-saved-views.ts';
import { useWords } from '../i18n/index.tsx';
import { useInbox } from '../inbox/context.ts';
import type { Filters } from '../router.ts';
import { ListPanel } from './list-panel.tsx';

/** Gives the list on screen a name, for oneself or for the team, or the first place when the inbox opens. */
export function SaveView({ view, filters }: { view: View; filters: Filters }) {
  const { t } = useWords();
  const { views } = useSavedViews();
  const here = savedAt(views, view, filters);
  return (
    <ListPanel menu="saveView" icon="bookmark" title={t.triage.save} lit={here !== undefined}>
      <SaveForm view={view} filters={filters} />
    </ListPanel>
  );
}

function SaveForm({ view, filters }: { view: View; filters: Filters }) {
  const { t } = useWords();
  const { setMenu } = useInbox();
  const mayShare = useMay('triage');
  const { views, start } = useSavedViews();
  const keeper = useViewKeeper();
  const here = savedAt(views, view, filters);
  const [name, setName] = useState(here?.name ?? '');
  const [team, setTeam] = useState(here?.team ?? false);
  const plain = Object.keys(filters).length === 0;
  const known = here?.id ?? (plain ? view : undefined);
  const clean = name.trim();
  // The same name in the same place, or the view that is on screen, is changed instead of made twice.
  const replaced =
    views.find((one) => one.team === team && one.name.toLowerCase() === clean.toLowerCase()) ??
    (here?.mayChange ? here : undefined);
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    if (clean && (await keeper.save(clean, team, queryOf(view, filters), replaced))) setMenu(undefined);
  };
  return (
    <form className="panel" onSubmit={(event) => void save(event)}>
      {!(plain && !here) && (
        <>
          <TextInput
            label={t.triage.name}
            description={t.triage.share}
            value={name}
            maxLength={60}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {mayShare && (
            <Switch label={t.triage.team} checked={team} onChange={(event) => setTeam(event.currentTarget.checked)} />
          )}
          {replaced && !replaced.mayChange ? (
            <p className="small soft">{t.triage.notYours(replaced.by)}</p>
          ) : (
            <Button type="submit" size="sm" disabled={clean === ''}>
              {replaced && replaced.id !== here?.id ? t.triage.saveAgain(replaced.name) : t.top.save}
            </Button>
          )}
        </>
      )}
      {known !== undefined && (
        <Switch
          label={t.triage.start}
          checked={(start ?? 'waiting') === known}
          onChange={(event) => void keeper.startWith(event.currentTarget.checked ? known : null)}
        />
      )}
      {here?.mayChange && (
        <button
          type="button"
          className="link-button"
          onClick={() => {
            setMenu(undefined);
            void keeper.remove(here);
          }}
        >
          {t.triage.remove(here.name)}
        </button>
      )}
    </form>
  );
}
