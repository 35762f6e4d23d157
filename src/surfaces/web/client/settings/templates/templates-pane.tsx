import { Button, NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReplyLanguage } from '../../../../../core/nouns.ts';
import { bestFirst, rateFor, type UsedAt } from '../../../../../core/template-rates.ts';
import type { TemplateInfo, TemplateUseInfo } from '../../../template-api.ts';
import { api } from '../../api-client.ts';
import { KEYS, useMay, useTemplateUse } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { useTypeTitle } from '../../mention/use-type-title.ts';
import { NotLoaded } from '../../ui/not-loaded.tsx';
import { NewTemplate } from './new-template.tsx';
import { Proposals } from './proposals.tsx';
import { TemplateCard } from './template-card.tsx';
import './templates.css';

type Order = 'name' | 'best' | 'edits';

const LANGUAGES: readonly ReplyLanguage[] = ['en', 'zh-Hans', 'zh-Hant'];

/** What Earshot says first: each template as it reads on a platform, how people took to it, and what the team made of it. */
export function TemplatesPane() {
  const { t, lang: page } = useWords();
  const may = useMay('settings');
  const [platform, setPlatform] = useState('');
  const [lang, setLang] = useState<ReplyLanguage>(page);
  const [order, setOrder] = useState<Order>('name');
  const [writing, setWriting] = useState(false);
  const { data: uses } = useTemplateUse();
  const titleOf = useTypeTitle();
  const query = useQuery({
    queryKey: KEYS.templates(platform),
    queryFn: () => api.templates(platform),
    placeholderData: keepPreviousData,
  });
  const { data } = query;
  const words = t.settings.templates;
  const shown = data?.templates.filter(({ previews }) => previews.some((one) => one.lang === lang)) ?? [];
  const ordered =
    order === 'best'
      ? bestRated(shown, uses ?? [], { lang, platform })
      : order === 'edits'
        ? mostEdited(shown, uses ?? [])
        : shown;
  const groups = Map.groupBy(ordered, ({ id }) => id.split('/')[0] ?? '');
  return (
    <section className="templates">
      <div className="template-top">
        <h2>{t.settings.sections.templates}</h2>
        {may && !writing && (
          <Button size="xs" variant="default" onClick={() => setWriting(true)}>
            {words.write}
          </Button>
        )}
      </div>
      <p className="soft">{words.intro}</p>
      <NotLoaded query={query} />
      {writing && <NewTemplate platforms={data?.platforms ?? []} onDone={() => setWriting(false)} />}
      {may && <Proposals />}
      <div className="templates-choice">
        <NativeSelect
          label={words.platform}
          value={platform}
          data={[
            { value: '', label: words.anywhere },
            ...(data?.platforms.map(({ id, name }) => ({ value: id, label: name })) ?? []),
          ]}
          onChange={(event) => setPlatform(event.currentTarget.value)}
        />
        <NativeSelect
          label={t.queue.language}
          value={lang}
          data={LANGUAGES.map((one) => ({ value: one, label: t.settings.choices[one] ?? one }))}
          onChange={(event) => setLang(event.currentTarget.value as ReplyLanguage)}
        />
        <NativeSelect
          label={words.order}
          value={order}
          data={[
            { value: 'name', label: words.byName },
            { value: 'best', label: words.byRate },
            { value: 'edits', label: words.byEdits },
          ]}
          onChange={(event) => setOrder(event.currentTarget.value as Order)}
        />
      </div>
      {order === 'best' && <p className="soft small">{words.rateHint}</p>}
      {[...groups].map(([type, templates]) => {
        const title = words.others[type] ?? titleOf(type);
        return (
          <section key={type} aria-label={title}>
            <h3>{title}</h3>
            <ul className="templates-list">
              {templates.map((template) => (
                <TemplateCard
                  key={template.id}
                  template={template}
                  twin={data?.templates.find(({ id }) => id === template.twin)}
                  lang={lang}
                  platform={platform}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </section>
  );
}

/** Where people edit most, first; what was never let out, last. */
function mostEdited(templates: readonly TemplateInfo[], uses: readonly TemplateUseInfo[]): TemplateInfo[] {
  const share = ({ id }: TemplateInfo) => {
    const rate = rateFor(uses, id);
    return rate ? (rate.approved - rate.unedited) / rate.approved : -1;
  };
  return templates.toSorted((one, other) => share(other) - share(one));
}

/** For each problem type the best rated first, for replies about it in this language on this platform. */
function bestRated(
  templates: readonly TemplateInfo[],
  uses: readonly TemplateUseInfo[],
  at: Pick<UsedAt, 'lang' | 'platform'>,
): TemplateInfo[] {
  const byType = Map.groupBy(templates, ({ id }) => id.split('/')[0] ?? '');
  return [...byType].flatMap(([problemType, some]) => bestFirst(some, uses, { problemType, ...at }));
}
