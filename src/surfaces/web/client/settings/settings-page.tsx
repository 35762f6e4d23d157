import { useQuery } from '@tanstack/react-query';
import { api } from '../api-client.ts';
import { KEYS, useMay } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { go, hrefOf } from '../router.ts';
import { readable } from '../sources/option-field.tsx';
import { useKeptNames } from '../ui/kept.ts';
import { AnswersPane } from './answers/answers-pane.tsx';
import { VersionsPane } from './history/versions-pane.tsx';
import { KeywordListPane } from './lexicon/keyword-list-pane.tsx';
import { NoticePane } from './notice/notice-pane.tsx';
import { SectionForm } from './section-form.tsx';
import { TemplatesPane } from './templates/templates-pane.tsx';
import { useSettings } from './use-settings.ts';
import './settings.css';

/** What is not a section of the workspace but has its place beside them. */
const PANES = ['templates', 'standingAnswers', 'history'] as const;

/** A pane whose place is behind a section: words to search for, and words to sort by. */
const BEHIND: Readonly<Record<string, readonly string[]>> = { keywords: ['lexicon'] };

/** Everything that decides how Earshot works, one section at a time, and who changed it. */
export default function SettingsPage({ section }: { section: string | undefined }) {
  const { t } = useWords();
  const may = useMay('settings');
  const { data } = useSettings(may);
  const edited = useKeptNames('settings.');
  const { data: answers } = useQuery({ queryKey: KEYS.answers, queryFn: api.answers });
  const overdue = answers?.filter(({ check }) => check?.overdue).length ?? 0;
  const sections = data?.sections ?? [];
  const ids = may
    ? [...sections.flatMap(({ id }) => [id, ...(BEHIND[id] ?? [])]), ...PANES]
    : ['templates', 'standingAnswers'];
  const chosen = section !== undefined && ids.includes(section) ? section : (ids[0] ?? '');
  const current = sections.find(({ id }) => id === chosen);
  return (
    <main className="page" id="mention" tabIndex={-1}>
      <div className="page-inner">
        <h1>{t.settings.title}</h1>
        <p className="soft">{may ? t.settings.intro : t.settings.mayNot}</p>
        {data?.problem && (
          <p className="source-message outside" role="alert">
            {t.settings.broken} {data.problem}
          </p>
        )}
        {(data || !may) && (
          <div className="settings">
            <SectionList ids={ids} chosen={chosen} edited={edited} overdue={overdue} />
            <div className="settings-content">
              {chosen === 'history' && <VersionsPane />}
              {chosen === 'lexicon' && <KeywordListPane />}
              {chosen === 'templates' && <TemplatesPane />}
              {chosen === 'standingAnswers' && <AnswersPane />}
              {current?.id === 'notice' && <NoticePane section={current} />}
              {current && current.id !== 'notice' && <SectionForm key={current.id} section={current} />}
            </div>
          </div>
        )}
      </div>
    </main>
  );
}

interface ListProps {
  ids: readonly string[];
  chosen: string;
  /** Sections with words that nobody saved yet. */
  edited: readonly string[];
  /** Articles past the day of their check. */
  overdue: number;
}

function SectionList({ ids, chosen, edited, overdue }: ListProps) {
  const { t, f } = useWords();
  const name = (id: string) => t.settings.sections[id] ?? readable(id);
  return (
    <nav aria-label={t.settings.title}>
      <ul className="settings-list">
        {ids.map((id) => (
          <li key={id}>
            <a href={hrefOf({ page: 'settings', section: id })} aria-current={id === chosen ? 'page' : undefined}>
              {name(id)}
              {id === 'standingAnswers' && overdue > 0 && (
                <span className="tag tag-amber">{t.answers.overdueTag(f.number(overdue))}</span>
              )}
              {edited.includes(id) && <span className="tag tag-amber">{t.settings.unsaved}</span>}
            </a>
          </li>
        ))}
      </ul>
      <label className="settings-pick">
        <span className="unseen">{t.settings.title}</span>
        <select value={chosen} onChange={(event) => go({ page: 'settings', section: event.currentTarget.value })}>
          {ids.map((id) => (
            <option key={id} value={id}>
              {name(id)}
            </option>
          ))}
        </select>
      </label>
    </nav>
  );
}
