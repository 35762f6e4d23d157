import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReplyLanguage } from '../../../../../core/nouns.ts';
import type { UsedAt } from '../../../../../core/template-rates.ts';
import type { TemplateInfo } from '../../../template-api.ts';
import { api } from '../../api-client.ts';
import { TemplateRate } from '../../draft/template-rate.tsx';
import { useMay } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { useKept } from '../../ui/kept.ts';
import { WordDifference } from '../../ui/word-difference.tsx';
import { TemplateEditor } from './template-editor.tsx';
import { TemplateHistory } from './template-history.tsx';
import { useTemplateSteps } from './use-template-steps.ts';

interface Props {
  template: TemplateInfo;
  twin: TemplateInfo | undefined;
  lang: ReplyLanguage;
  platform: string;
}

/** One template as it reads, how people took to it, and what one may do to it. */
export function TemplateCard({ template, twin, lang, platform }: Props) {
  const { t, f } = useWords();
  const may = useMay('settings');
  const [kept] = useKept(`template.${template.id}`);
  // What somebody was writing when they left is there again.
  const [open, setOpen] = useState<'editor' | 'history' | undefined>(kept === undefined ? undefined : 'editor');
  const [start, setStart] = useState<string>();
  const { id, title, stale, missing, previews, came, off } = template;
  const preview = previews.find((one) => one.lang === lang);
  if (!preview) return null;
  const { used, max } = preview.length;
  return (
    <li className={off ? 'template template-off' : 'template'} id={`template-${id}`}>
      <div className="template-top">
        <strong className="outside" lang={id.includes('/zh') ? 'zh-Hans' : 'en'}>
          {title}
        </strong>
        <span className="template-tags">
          {off && <span className="tag tag-amber">{t.settings.templates.off}</span>}
          {template.own && <span className="tag tag-accent">{t.settings.templates.ours}</span>}
          <span className={used > max ? 'tag tag-red' : 'tag'}>{t.draft.length(f.number(used), f.number(max))}</span>
        </span>
      </div>
      <Facts template={template} at={{ problemType: id.split('/')[0] ?? '', lang, platform }} />
      {stale !== undefined && <p className="template-note">{t.settings.templates.stale}</p>}
      {missing.length > 0 && <p className="template-note">{t.settings.templates.missing(missing.join(', '))}</p>}
      {open !== 'editor' && (
        <p className="template-text" lang={lang}>
          {preview.text}
        </p>
      )}
      {came !== undefined && open !== 'editor' && (
        <details>
          <summary>{t.settings.templates.asCame}</summary>
          <WordDifference before={came} after={template.text} />
        </details>
      )}
      {may && open === undefined && <Steps template={template} onOpen={setOpen} />}
      {open === 'editor' && (
        <TemplateEditor
          template={template}
          twin={twin}
          lang={lang}
          platform={platform}
          start={start}
          onDone={() => {
            setOpen(undefined);
            setStart(undefined);
          }}
        />
      )}
      {open === 'history' && (
        <TemplateHistory
          id={id}
          onClose={() => setOpen(undefined)}
          onTake={(text) => {
            setStart(text);
            setOpen('editor');
          }}
        />
      )}
    </li>
  );
}

function Facts({ template: { id, version, own }, at }: { template: TemplateInfo; at: UsedAt }) {
  const { t, f } = useWords();
  return (
    <p className="soft small template-facts">
      <TemplateRate ordered id={id} at={at} unused={t.settings.templates.unused} />
      <code>{id}</code>
      <span>{t.settings.version(version.slice(0, 7))}</span>
      {own && <span className="outside">{t.settings.templates.changedBy(own.by, f.dateTime(Date.parse(own.at)))}</span>}
    </p>
  );
}

function Steps({ template, onOpen }: { template: TemplateInfo; onOpen(what: 'editor' | 'history'): void }) {
  const { t } = useWords();
  const step = useTemplateSteps();
  const { id, version, off, own, came, title } = template;
  const name = <span className="unseen"> {title}</span>;
  const words = t.settings.templates;
  return (
    <div className="template-steps">
      <Button size="xs" variant="default" onClick={() => onOpen('editor')}>
        {words.edit}
        {name}
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={() => onOpen('history')}>
        {words.history}
        {name}
      </Button>
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        onClick={() => void step(() => api.changeTemplate({ id, before: version, off: !off }))}
      >
        {off ? words.turnOn : words.turnOff}
        {name}
      </Button>
      {own && !off && (
        <Button size="xs" variant="subtle" color="gray" onClick={() => void step(() => api.templateBack(id))}>
          {came === undefined ? words.removeOwn : words.back}
          {name}
        </Button>
      )}
    </div>
  );
}
