import { Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { AccountAsked, SuspectEntry } from '../../scam-api.ts';
import { useLate } from '../hooks/use-late.ts';
import { useWords } from '../i18n/index.tsx';
import { snippet } from '../queue/snippet.ts';
import { hrefOf } from '../router.ts';
import { NotLoaded } from '../ui/not-loaded.tsx';
import { SuspectFile } from './suspect-file.tsx';
import { SuspectName, SuspectTags } from './suspect-tags.tsx';
import { useSuspects } from './use-suspects.ts';
import './scams.css';

/** Accounts that look like scammers, or the evidence about one of them. */
export default function ScamsPage({ account }: { account: AccountAsked | undefined }) {
  return (
    <main className="page" id="mention" tabIndex={-1}>
      <div className="page-inner">
        {account ? <SuspectFile key={`${account.connector}/${account.authorId}`} account={account} /> : <List />}
      </div>
    </main>
  );
}

function List() {
  const { t } = useWords();
  const [cleared, setCleared] = useState(false);
  const query = useSuspects(cleared);
  const { data } = query;
  const late = useLate(query.isPending);
  return (
    <>
      <h1>{t.scams.title}</h1>
      <p className="soft">{t.scams.intro}</p>
      <fieldset className="scam-kinds">
        <legend className="unseen">{t.scams.title}</legend>
        {[false, true].map((kind) => (
          <button
            key={String(kind)}
            type="button"
            className={`tag tag-button ${cleared === kind ? 'tag-accent' : ''}`}
            aria-pressed={cleared === kind}
            onClick={() => setCleared(kind)}
          >
            {kind ? t.scams.cleared : t.scams.open}
          </button>
        ))}
      </fieldset>
      {late && <Skeleton height={120} />}
      <NotLoaded query={query} />
      {data?.length === 0 && (
        <div className="scam-none">
          <h2>{cleared ? t.scams.noneCleared : t.scams.none}</h2>
          {!cleared && <p className="soft">{t.scams.noneHint}</p>}
        </div>
      )}
      <ul className="scam-list">
        {data?.map((entry) => (
          <Card key={entry.id} entry={entry} />
        ))}
      </ul>
    </>
  );
}

function Card({ entry: { suspect, lookAlike } }: { entry: SuspectEntry }) {
  const { t } = useWords();
  const { connector, authorId, latest } = suspect;
  return (
    <li className={suspect.state === 'confirmed' ? 'scam-card scam-confirmed' : 'scam-card'}>
      <h2>
        <a href={hrefOf({ page: 'scams', account: { connector, authorId } })}>
          <SuspectName suspect={suspect} />
        </a>
      </h2>
      <SuspectTags suspect={suspect} lookAlike={lookAlike} />
      <p className="outside scam-said" dir="auto">
        {snippet(latest.mention.text, undefined) || t.queue.noText}
      </p>
    </li>
  );
}
