import { useKnownMe, useSources } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { useTypeTitle } from '../mention/use-type-title.ts';
import type { Filters } from '../router.ts';

const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en', 'mixed', 'other'] as const;

export interface FilterChoice {
  name: keyof Filters;
  title: string;
  choices: { value: string; label: string }[];
}

/** What a list can be narrowed down by, and every choice, in the words of the page. */
export function useFilterChoices(): FilterChoice[] {
  const { t, lang } = useWords();
  const { problemTypes, people } = useKnownMe();
  const { data: sources } = useSources();
  const lanes = [...new Set(problemTypes.map(({ lane }) => lane))];
  return [
    {
      name: 'problemType',
      title: t.queue.type,
      choices: problemTypes.map((type) => ({ value: type.id, label: type.title[lang] })),
    },
    {
      name: 'unsure',
      title: t.triage.confidence,
      choices: [
        { value: 'true', label: t.queue.unsureOnly },
        { value: 'false', label: t.triage.onlySure },
      ],
    },
    {
      name: 'assignee',
      title: t.triage.assignee,
      choices: [
        { value: 'me', label: t.triage.me },
        { value: 'nobody', label: t.triage.nobody },
        ...people.map((name) => ({ value: `@${name}`, label: name })),
      ],
    },
    {
      name: 'lane',
      title: t.triage.lane,
      choices: lanes.map((id) => ({ value: id, label: t.triage.lanes[id] ?? id })),
    },
    {
      name: 'source',
      title: t.queue.source,
      choices: (sources ?? []).map(({ id, name }) => ({ value: id, label: name })),
    },
    { name: 'lang', title: t.queue.language, choices: LANGUAGES.map((id) => ({ value: id, label: t.languages[id] })) },
  ];
}

/** One filter that is set, in a word or two. */
export function useFilterWord(): (name: keyof Filters, value: string) => string {
  const { t } = useWords();
  const title = useTypeTitle();
  const choices = useFilterChoices();
  return (name, value) => {
    if (name === 'cameBack') return t.triage.cameBack;
    if (name === 'removed') return t.triage.answerRemoved;
    if (name === 'search') return `“${value}”`;
    if (name === 'unsure') return value === 'true' ? t.queue.unsure : t.triage.sure;
    if (name === 'problemType') return title(value);
    const own = choices.find((choice) => choice.name === name);
    const label = own?.choices.find((choice) => choice.value === value)?.label ?? value.replace(/^@/, '');
    return name === 'assignee' ? `${t.triage.assignee}: ${label}` : label;
  };
}
