import { Button, NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReplyLanguage } from '../../../../../core/nouns.ts';
import type { TemplateInfo, TemplateUseInfo } from '../../../template-api.ts';
import { api } from '../../api-client.ts';
import { rateOf } from '../../draft/template-rate.tsx';
import { KEYS, useMay, useTemplateUse } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { useTypeTitle } from '../../mention/use-type-title.ts';
import { NotLoaded } from '../../ui/not-loaded.tsx';
import { NewTemplate } from './new-template.tsx';
import { Proposals } from './proposals.tsx';
import { TemplateCard } from './template-card.tsx';
import './templates.css';

const LANGUAGES: readonly ReplyLanguage[] = ['en', 'zh-Hans', 'zh-Hant'];

/** What Earshot says first: each template as it reads on a platform, how people took to it, and what the team made of it. */
export function TemplatesPane() {
  const { t, lang: page } = useWords();
  const may = useMay('settings');
  const [platform, setPlatform] = useState('');
  const [lang, setLang] = useState<ReplyLanguage>(page);
  const [byEdits, setByEdits] = useState(false);
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
  const groups = Map.groupBy(byEdits ? mostEdited(shown, uses) : shown, ({ id }) => id.split('/')[0] ?? '');
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
          value={String(byEdits)}
          data={[
            { value: 'false', label: words.byName },
            { value: 'true', label: words.byEdits },
          ]}
          onChange={(event) => setByEdits(event.currentTarget.value === 'true')}
        />
      </div>
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
function mostEdited(templates: readonly TemplateInfo[], uses: readonly TemplateUseInfo[] | undefined): TemplateInfo[] {
  const share = ({ id }: TemplateInfo) => {
    const { approved, unedited } = rateOf(uses, id);
    return approved === 0 ? -1 : (approved - unedited) / approved;
  };
  return templates.toSorted((one, other) => share(other) - share(one));
}
