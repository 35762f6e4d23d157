import { useQuery } from '@tanstack/react-query';
import type { ReplayAnswer } from '../../learning-api.ts';
import { api } from '../api-client.ts';
import { KEYS } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { useTypeTitle } from '../mention/use-type-title.ts';
import { hrefOf } from '../router.ts';
import { NotLoaded } from '../ui/not-loaded.tsx';
import { WordDifference } from '../ui/word-difference.tsx';
import { ContrastTable } from './contrast-table.tsx';
import { TagsTable } from './tags-table.tsx';
import './learning.css';

/** What a change would do to the mentions it was tried on: counted, type by type, and one by one. */
export function ReplayResult({ job }: { job: string }) {
  const query = useQuery({ queryKey: KEYS.replay(job), queryFn: api.replayed, staleTime: Number.POSITIVE_INFINITY });
  const { data } = query;
  return (
    <div className="replayed">
      <NotLoaded query={query} />
      {data && <Result found={data} />}
    </div>
  );
}

function Result({ found }: { found: ReplayAnswer }) {
  const { t, f } = useWords();
  const { mentions, changed, types, corrections, examples } = found;
  if (mentions === 0) return <p>{t.learning.noMentions}</p>;
  if (changed === 0) return <p role="status">{t.learning.same(f.number(mentions))}</p>;
  return (
    <>
      <p role="status">
        <strong>{t.learning.ofMentions(f.number(changed), f.number(mentions))}</strong>
      </p>
      <Totals found={found} />
      <TagsTable types={types} />
      {corrections.n > 0 && (
        <>
          <h3>{t.learning.scores}</h3>
          <p className="small soft">{t.learning.scoresHint(f.number(corrections.n))}</p>
          <ContrastTable
            caption={t.learning.scores}
            comparison={corrections}
            protectedTypes={[]}
            names={[t.learning.now, t.learning.changed]}
          />
        </>
      )}
      <h3>{t.learning.cases}</h3>
      <ul className="replay-cases">
        {examples.map((example) => (
          <Case key={example.id} example={example} />
        ))}
      </ul>
    </>
  );
}

function Totals({ found: { retagged, priority, unsure, scam, drafts } }: { found: ReplayAnswer }) {
  const { t, f } = useWords();
  const pair = ({ gained, lost }: { gained: number; lost: number }) => `+${f.number(gained)} −${f.number(lost)}`;
  const figures = [
    [t.learning.retagged, f.number(retagged)],
    [t.learning.newlyUrgent, f.number(priority.newlyUrgent)],
    [t.learning.noLongerUrgent, f.number(priority.noLongerUrgent)],
    [t.learning.newlyUnsure, f.number(unsure.gained)],
    [t.learning.noLongerUnsure, f.number(unsure.lost)],
    [t.learning.scam, pair(scam)],
    [t.learning.draftsChanged, f.number(drafts.changed)],
    [t.learning.draftsGained, pair(drafts)],
  ];
  return (
    <dl className="totals">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Case({ example }: { example: ReplayAnswer['examples'][number] }) {
  const titleOf = useTypeTitle();
  const { t } = useWords();
  const { id, text, problemType, priority, words } = example;
  const wordOf = (priority: string) => t.priority[priority as keyof typeof t.priority] ?? priority;
  const steps = [
    ...(problemType ? [`${titleOf(problemType[0])} → ${titleOf(problemType[1])}`] : []),
    ...(priority ? [`${wordOf(priority[0])} → ${wordOf(priority[1])}`] : []),
  ];
  return (
    <li>
      <a className="outside" dir="auto" href={hrefOf({ page: 'inbox', view: 'all', id, filters: {} })}>
        {text}
      </a>
      <span className="replay-steps">
        {steps.map((step) => (
          <span key={step} className="tag">
            {step}
          </span>
        ))}
      </span>
      {words && (
        <details>
          <summary>{t.learning.showWords}</summary>
          <WordDifference before={words[0] ?? t.learning.noDraft} after={words[1] ?? t.learning.noDraft} />
        </details>
      )}
    </li>
  );
}
