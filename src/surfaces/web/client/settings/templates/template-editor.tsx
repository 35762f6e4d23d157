import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReplyLanguage } from '../../../../../core/nouns.ts';
import type { TemplateInfo } from '../../../template-api.ts';
import { api } from '../../api-client.ts';
import { useWords } from '../../i18n/index.tsx';
import { TryOnLastDays } from '../../learning/try-on-last-days.tsx';
import { useKept } from '../../ui/kept.ts';
import { TriedOut } from './tried-out.tsx';
import { useTemplateSteps } from './use-template-steps.ts';

/** What a template may be filled with. */
const NAMES = ['greeting', 'product', 'helpUrl', 'supportEmail', 'appFeedbackPath', 'articleUrl'];

/** Of a template, as somebody wrote them. */
interface Words {
  title: string;
  text: string;
}

interface Props {
  template: TemplateInfo;
  twin: TemplateInfo | undefined;
  lang: ReplyLanguage;
  platform: string;
  /** Words to go on from, instead of those in force. */
  start?: string | undefined;
  onDone(): void;
}

/** The words of a template, beside how they read, what the guard rails say, and the twin. */
export function TemplateEditor({ template, twin, lang, platform, start, onDone }: Props) {
  const { t } = useWords();
  const step = useTemplateSteps();
  const [kept, keep] = useKept<Words>(`template.${template.id}`);
  const { title, text } = kept ?? { title: template.title, text: start ?? template.text };
  const [read, setRead] = useState(false);
  const [busy, setBusy] = useState(false);
  const { id, version } = template;
  const changed = title !== template.title || text !== template.text;
  const close = () => {
    keep(undefined);
    onDone();
  };
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const saved = await step(() =>
      api.changeTemplate({
        ...{ id, before: version, read },
        ...(title !== template.title && { title }),
        ...(text !== template.text && { text }),
      }),
    );
    setBusy(false);
    if (saved) close();
  };
  const words = t.settings.templates;
  return (
    <form className="template-editor" onSubmit={(event) => void save(event)}>
      <TextInput
        label={words.titleField}
        value={title}
        onChange={(event) => keep({ title: event.currentTarget.value, text })}
      />
      <Textarea
        label={words.textField}
        autosize
        minRows={5}
        maxRows={18}
        value={text}
        lang={id.includes('/zh') ? 'zh-Hans' : 'en'}
        onChange={(event) => keep({ title, text: event.currentTarget.value })}
      />
      <p className="small soft template-names">
        {words.textHint}{' '}
        {NAMES.map((name) => (
          <code key={name}>{`{{${name}}}`}</code>
        ))}
      </p>
      <TriedOut id={id} text={text} platform={platform} lang={lang} />
      {twin && (
        <section className="template-twin" aria-label={words.twin}>
          <h4>{words.twin}</h4>
          <p className="small soft">{words.twinHint}</p>
          <p className="template-text" lang={twin.id.includes('/zh') ? 'zh-Hans' : 'en'}>
            {twin.text}
          </p>
          <Checkbox label={words.read} checked={read} onChange={(event) => setRead(event.currentTarget.checked)} />
        </section>
      )}
      <div className="settings-save">
        <Button type="submit" loading={busy} disabled={!changed && !read}>
          {t.settings.save}
        </Button>
        <Button variant="default" onClick={close}>
          {t.settings.discard}
        </Button>
      </div>
      {text !== template.text && <TryOnLastDays change={{ template: { id, text } }} />}
    </form>
  );
}
