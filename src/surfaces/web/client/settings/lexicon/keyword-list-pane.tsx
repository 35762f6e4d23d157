import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeywordList, OwnKeywordAsked } from '../../../lexicon-api.ts';
import { api } from '../../api-client.ts';
import { KEYS, useKnownMe } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { TryOnLastDays } from '../../learning/try-on-last-days.tsx';
import { useKept } from '../../ui/kept.ts';
import { NotLoaded } from '../../ui/not-loaded.tsx';
import { KeywordGroup } from './keyword-group.tsx';
import { KeywordHistory } from './keyword-history.tsx';
import { asked, shownOf, typedKeywords, WEIGHTS, withKeyword, withoutKeyword } from './keywords.ts';
import { ListTryOut } from './list-try-out.tsx';
import { useKeywordSteps } from './use-keyword-steps.ts';
import './lexicon.css';

/** What was read, and what somebody made of it. */
interface Edit {
  before: OwnKeywordAsked[];
  own: OwnKeywordAsked[];
}

/** The keywords that mentions are sorted by: added, weighed and switched off, tried on the last mentions meanwhile. */
export function KeywordListPane() {
  const { t } = useWords();
  const query = useQuery({ queryKey: KEYS.lexicon, queryFn: api.keywordList });
  return (
    <section className="keyword-list">
      <h2>{t.settings.sections.lexicon}</h2>
      <p className="soft">{t.lexicon.intro}</p>
      <NotLoaded query={query} />
      {query.data && <Keywords list={query.data} />}
    </section>
  );
}

function Keywords({ list }: { list: KeywordList }) {
  const { t, lang } = useWords();
  const { problemTypes } = useKnownMe();
  const [edit, keep] = useKept<Edit>('settings.lexicon');
  const [problemType, setProblemType] = useState(problemTypes[0]?.id ?? '');
  const [search, setSearch] = useState('');
  const steps = useKeywordSteps();
  const [busy, setBusy] = useState(false);
  const own = edit?.own ?? list.own;
  const change = (next: OwnKeywordAsked[]) => {
    const before = edit?.before ?? list.own.map(asked);
    keep(JSON.stringify(next) === JSON.stringify(before) ? undefined : { before, own: next });
  };
  const save = async () => {
    if (!edit) return;
    setBusy(true);
    if (await steps.save(edit)) keep(undefined);
    setBusy(false);
  };
  const shown = shownOf(list, own, problemType).filter(({ phrase }) =>
    phrase.toLowerCase().includes(search.trim().toLowerCase()),
  );
  return (
    <>
      <div className="templates-choice">
        <NativeSelect
          label={t.learning.type}
          value={problemType}
          data={problemTypes.map(({ id, title }) => ({ value: id, label: title[lang] }))}
          onChange={(event) => setProblemType(event.currentTarget.value)}
        />
        <TextInput
          label={t.lexicon.search}
          type="search"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      <AddKeywords
        onAdd={(phrases, weight) =>
          change(
            phrases.reduce<OwnKeywordAsked[]>(
              (all, phrase) => withKeyword(all, list, { phrase, problemType, weight, off: false }),
              own.map(asked),
            ),
          )
        }
      />
      {edit && (
        <div className="keyword-edited">
          <ListTryOut own={edit.own} />
          <TryOnLastDays change={{ setting: { section: 'lexicon', value: edit.own } }} />
          <div className="settings-save">
            <Button loading={busy} onClick={() => void save()}>
              {t.settings.save}
            </Button>
            <Button variant="default" onClick={() => keep(undefined)}>
              {t.settings.discard}
            </Button>
          </div>
        </div>
      )}
      {WEIGHTS.map((weight) => (
        <KeywordGroup
          key={weight}
          weight={weight}
          keywords={shown.filter((one) => one.weight === weight)}
          onChange={(one) => change(withKeyword(own, list, one))}
          onBack={(one) => change(withoutKeyword(own, one))}
        />
      ))}
      {shown.length === 0 && <p className="soft">{t.lexicon.none}</p>}
      <KeywordHistory onBack={() => keep(undefined)} />
    </>
  );
}

function AddKeywords({ onAdd }: { onAdd(phrases: string[], weight: number): void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [weight, setWeight] = useState(2);
  const phrases = typedKeywords(typed);
  const add = (event: React.FormEvent) => {
    event.preventDefault();
    if (phrases.length === 0) return;
    onAdd(phrases, weight);
    setTyped('');
  };
  return (
    <form className="keyword-add" onSubmit={add}>
      <TextInput
        label={t.lexicon.add}
        description={t.lexicon.addHint}
        value={typed}
        maxLength={400}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <NativeSelect
        label={t.lexicon.weight}
        value={String(weight)}
        data={WEIGHTS.map((one) => ({ value: String(one), label: t.lexicon.weights[one] ?? String(one) }))}
        onChange={(event) => setWeight(Number(event.currentTarget.value))}
      />
      <Button type="submit" variant="default" disabled={phrases.length === 0}>
        {t.settings.addItem}
      </Button>
    </form>
  );
}
