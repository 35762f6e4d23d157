import { NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReplyLanguage } from '../../../../../core/nouns.ts';
import type { TemplateInfo } from '../../../template-api.ts';
import { api } from '../../api-client.ts';
import { rateOf } from '../../draft/template-rate.tsx';
import { KEYS, useKnownMe, useTemplateUse } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import './templates.css';

const LANGUAGES: readonly ReplyLanguage[] = ['en', 'zh-Hans', 'zh-Hant'];

/** What Earshot says first: each template as it reads on a platform, and how often people let it out as it was. */
export function TemplatesPane() {
  const { t, lang: page } = useWords();
  const { problemTypes } = useKnownMe();
  const [platform, setPlatform] = useState('');
  const [lang, setLang] = useState<ReplyLanguage>(page);
  const { data } = useQuery({
    queryKey: KEYS.templates(platform),
    queryFn: () => api.templates(platform),
    placeholderData: keepPreviousData,
  });
  const shown = data?.templates.filter(({ previews }) => previews.some((one) => one.lang === lang)) ?? [];
  const groups = Map.groupBy(shown, ({ id }) => id.split('/')[0] ?? '');
  const titleOf = (id: string) =>
    problemTypes.find((type) => type.id === id)?.title[page] ?? t.settings.templates.others[id] ?? id;
  return (
    <section className="templates">
      <h2>{t.settings.sections.templates}</h2>
      <p className="soft">{t.settings.templates.intro}</p>
      <div className="templates-choice">
        <NativeSelect
          label={t.settings.templates.platform}
          value={platform}
          data={[
            { value: '', label: t.settings.templates.anywhere },
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
      </div>
      {[...groups].map(([type, templates]) => (
        <section key={type} aria-label={titleOf(type)}>
          <h3>{titleOf(type)}</h3>
          <ul className="templates-list">
            {templates.map((template) => (
              <TemplateCard key={template.id} template={template} lang={lang} />
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

function TemplateCard({ template, lang }: { template: TemplateInfo; lang: ReplyLanguage }) {
  const { t, f } = useWords();
  const { data: uses } = useTemplateUse();
  const { id, title, version, stale, missing, previews } = template;
  const preview = previews.find((one) => one.lang === lang);
  if (!preview) return null;
  const { used, max } = preview.length;
  const { approved, unedited } = rateOf(uses, id);
  return (
    <li className="template">
      <div className="template-top">
        <strong className="outside" lang={id.includes('/zh') ? 'zh-Hans' : 'en'}>
          {title}
        </strong>
        <span className={used > max ? 'tag tag-red' : 'tag'}>{t.draft.length(f.number(used), f.number(max))}</span>
      </div>
      <p className="soft small template-facts">
        <span>
          {approved > 0 ? t.draft.unedited(f.number(unedited), f.number(approved)) : t.settings.templates.unused}
        </span>
        <code>{id}</code>
        <span>{t.settings.version(version.slice(0, 7))}</span>
      </p>
      {stale !== undefined && <p className="source-message">{t.settings.templates.stale}</p>}
      {missing.length > 0 && <p className="source-message">{t.settings.templates.missing(missing.join(', '))}</p>}
      <p className="template-text" lang={lang}>
        {preview.text}
      </p>
    </li>
  );
}
