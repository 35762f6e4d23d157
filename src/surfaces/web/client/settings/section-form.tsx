import { Button, Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { SettingsSection } from '../../settings-api.ts';
import { ApiFailure, api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS, useMay } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { TryOnLastDays } from '../learning/try-on-last-days.tsx';
import { readable } from '../sources/option-field.tsx';
import { useKept } from '../ui/kept.ts';
import { SettingsFormContext } from './form/context.ts';
import { faultsOf, type SettingFault } from './form/faults.ts';
import { Fields, ListField } from './form/group-field.tsx';
import { labelOf } from './form/labels.ts';
import { type Shape, shapeOf, startOf, tidy } from './form/shape.ts';
import { LinesField } from './form/shape-field.tsx';
import { KeywordTryOut } from './keyword-try-out.tsx';
import { useSettled } from './use-settings.ts';

interface Props {
  section: SettingsSection;
}

/** What somebody wrote and did not save, also before they looked at another section or page. */
interface SectionEdit {
  /** What was saved when somebody began to write: whoever saves over something else is told so. */
  before: unknown;
  /** Undefined: switched off. */
  value: unknown;
}

/** Sections by which mentions are sorted or drafts written: tried on the last days before they are saved. */
const CHANGES_DRAFTS = ['brand', 'guardRails'];

/** One section of the settings, as its schema describes it. */
export function SectionForm({ section }: Props) {
  const { t, lang } = useWords();
  const client = useQueryClient();
  const settled = useSettled();
  const [edit, onEdit] = useKept<SectionEdit>(`settings.${section.id}`);
  const may = useMay(section.needs);
  const shape = useMemo(() => shapeOf(section.schema), [section.schema]);
  const [faults, setFaults] = useState<SettingFault[]>([]);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const value = edit === undefined ? section.value : edit.value;
  const change = (now: unknown) => onEdit({ before: edit === undefined ? section.value : edit.before, value: now });
  const on = value !== undefined;
  const { description } = labelOf(lang, section.id, textOf(section.schema.description));

  // Told once that somebody else was faster, who saves again means it.
  const showOthers = async () => {
    setProblem(t.settings.overtaken);
    const { sections } = await client.fetchQuery({ queryKey: KEYS.settings, queryFn: api.settings, staleTime: 0 });
    const theirs = sections.find(({ id }) => id === section.id);
    onEdit({ before: theirs?.value, value });
  };
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const now = await api.changeSettings(section.id, {
        ...(edit?.before !== undefined && { before: edit.before }),
        ...(on && { value: tidy(shape, value) }),
      });
      onEdit(undefined);
      await settled(now);
      say({ kind: 'done', text: t.settings.saved });
    } catch (thrown) {
      const wrong = faultsOf(thrown);
      setFaults(wrong);
      setProblem(wrong.length > 0 ? t.settings.notRight : failureWords(thrown, t));
      if (thrown instanceof ApiFailure && thrown.status === 409) await showOthers();
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="settings-form" onSubmit={(event) => void save(event)}>
      <h2>{t.settings.sections[section.id] ?? readable(section.id)}</h2>
      {description && <p className="soft">{description}</p>}
      {!may && <p className="source-message">{t.settings.onlyAdmins}</p>}
      {problem && (
        <p className="source-message outside" role="alert">
          {problem}
        </p>
      )}
      <SettingsFormContext value={{ faults, disabled: !may, lang }}>
        {section.optional && (
          <Switch
            label={t.settings.inUse}
            checked={on}
            disabled={!may}
            onChange={() => change(on ? undefined : startOf(shape))}
          />
        )}
        {on && <Content id={section.id} shape={shape} value={value} onChange={change} />}
      </SettingsFormContext>
      {section.id === 'keywords' && <KeywordTryOut words={Array.isArray(value) ? value.map(String) : []} />}
      {CHANGES_DRAFTS.includes(section.id) && edit !== undefined && (
        <TryOnLastDays
          change={{
            setting: { section: section.id, ...(on && { value: tidy(shape, value) as Record<string, unknown> }) },
          }}
        />
      )}
      {may && (
        <div className={edit === undefined ? 'settings-save' : 'settings-save edited'}>
          <Button type="submit" loading={busy} disabled={edit === undefined}>
            {t.settings.save}
          </Button>
          {edit !== undefined && (
            <Button
              variant="default"
              onClick={() => {
                setFaults([]);
                setProblem(undefined);
                onEdit(undefined);
              }}
            >
              {t.settings.discard}
            </Button>
          )}
        </div>
      )}
    </form>
  );
}

interface ContentProps {
  id: string;
  shape: Shape;
  value: unknown;
  onChange(value: unknown): void;
}

function Content({ id, shape, value, onChange }: ContentProps) {
  const { lang, t } = useWords();
  const may = useMay('settings');
  if (shape.kind === 'group') return <Fields fields={shape.fields} path={id} value={value} onChange={onChange} />;
  if (shape.kind === 'list') return <ListField bare item={shape.item} path={id} value={value} onChange={onChange} />;
  const label = labelOf(lang, id).label;
  return (
    <LinesField
      label={t.settings.sections[id] ?? label}
      description=""
      disabled={!may}
      error={undefined}
      value={value}
      onChange={onChange}
    />
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
