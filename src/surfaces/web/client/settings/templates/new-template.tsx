import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { TemplatesAnswer } from '../../../template-api.ts';
import { api } from '../../api-client.ts';
import { useKnownMe } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { useKept } from '../../ui/kept.ts';
import { useTemplateSteps } from './use-template-steps.ts';

const EMPTY = { title: '', text: '' };

/** A template of one's own, in both languages at once: a reviewer decides by the twin. */
export function NewTemplate({ platforms, onDone }: { platforms: TemplatesAnswer['platforms']; onDone(): void }) {
  const { t, lang } = useWords();
  const { problemTypes } = useKnownMe();
  const step = useTemplateSteps();
  const [problemType, setProblemType] = useState(problemTypes[0]?.id ?? '');
  const [platform, setPlatform] = useState('');
  const [kept, setPair] = useKept<{ en: typeof EMPTY; 'zh-Hans': typeof EMPTY }>('new-template');
  const pair = kept ?? { en: EMPTY, 'zh-Hans': EMPTY };
  const close = () => {
    setPair(undefined);
    onDone();
  };
  const [busy, setBusy] = useState(false);
  const words = t.settings.templates;
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const saved = await step(() => api.addTemplate({ problemType, platform, ...pair }));
    setBusy(false);
    if (saved) close();
  };
  return (
    <form className="template template-editor" onSubmit={(event) => void save(event)}>
      <div className="templates-choice">
        <NativeSelect
          label={t.learning.type}
          value={problemType}
          data={problemTypes.map(({ id, title }) => ({ value: id, label: title[lang] }))}
          onChange={(event) => setProblemType(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.platform}
          value={platform}
          data={[
            { value: '', label: words.anywhere },
            ...platforms.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) => setPlatform(event.currentTarget.value)}
        />
      </div>
      {(['en', 'zh-Hans'] as const).map((one) => (
        <fieldset key={one} className="settings-group">
          <legend>{one === 'en' ? words.english : words.chinese}</legend>
          <TextInput
            label={words.titleField}
            required
            value={pair[one].title}
            onChange={(event) => setPair({ ...pair, [one]: { ...pair[one], title: event.currentTarget.value } })}
          />
          <Textarea
            label={words.textField}
            required
            autosize
            minRows={4}
            lang={one}
            placeholder="{{greeting}}"
            value={pair[one].text}
            onChange={(event) => setPair({ ...pair, [one]: { ...pair[one], text: event.currentTarget.value } })}
          />
        </fieldset>
      ))}
      <div className="settings-save">
        <Button type="submit" loading={busy}>
          {t.settings.save}
        </Button>
        <Button variant="default" onClick={close}>
          {t.settings.discard}
        </Button>
      </div>
    </form>
  );
}
