import { NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../i18n/index.tsx';
import { useForm } from './context.ts';
import { CronField } from './cron-field.tsx';
import { faultAt } from './faults.ts';
import { GroupField, ListField } from './group-field.tsx';
import { faultWords } from './labels.ts';
import type { Field } from './shape.ts';
import { WeekdayField, WeekdaysField } from './weekday-field.tsx';

export interface FieldProps {
  field: Field;
  /** Where it stands in the workspace, joined with dots. */
  path: string;
  value: unknown;
  onChange(value: unknown): void;
}

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** One setting as the right kind of control, whatever its shape. */
export function ShapeField({ field, path, value, onChange }: FieldProps) {
  const { faults, disabled, lang, words } = useForm();
  const { t } = useWords();
  const { shape, optional } = field;
  const fault = faultAt(faults, path);
  const common = {
    ...words(path, field.description),
    disabled,
    error: fault && faultWords(lang, fault),
  };
  const text = typeof value === 'string' ? value : '';
  const onText = (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value);
  switch (shape.kind) {
    case 'group':
    case 'union':
      return <GroupField field={field} path={path} value={value} onChange={onChange} />;
    case 'list':
      return <ListField item={shape.item} hint={field.description} path={path} value={value} onChange={onChange} />;
    case 'switch':
      return (
        <Switch {...common} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
      );
    case 'choice': {
      const data = shape.choices.map((choice) => ({ value: choice, label: t.settings.choices[choice] ?? choice }));
      return (
        <NativeSelect
          {...common}
          value={text}
          data={optional ? [{ value: '', label: t.sources.unset }, ...data] : data}
          onChange={onText}
        />
      );
    }
    case 'weekday':
      return <WeekdayField {...common} lang={lang} value={value} onChange={onChange} />;
    case 'weekdays':
      return <WeekdaysField {...common} lang={lang} value={value} onChange={onChange} />;
    case 'zone':
      return <NativeSelect {...common} value={text} data={[...new Set([text, ...ZONES])]} onChange={onText} />;
    case 'cron':
      return <CronField {...common} value={text} onChange={onChange} />;
    case 'lines':
      return shape.of === 'number' ? (
        <NumbersField {...common} value={value} onChange={onChange} />
      ) : (
        <LinesField {...common} value={value} onChange={onChange} />
      );
    case 'number':
      return (
        <TextInput
          {...common}
          type="number"
          step="any"
          className="settings-short"
          {...(shape.min !== undefined && { min: shape.min })}
          {...(shape.max !== undefined && { max: shape.max })}
          value={value === undefined ? '' : String(value)}
          onChange={(event) => {
            const typed = event.currentTarget.value;
            onChange(typed === '' ? undefined : Number(typed));
          }}
        />
      );
    case 'time':
      return <TextInput {...common} type="time" className="settings-short" value={text} onChange={onText} />;
    case 'long-text':
      return <Textarea {...common} autosize minRows={2} value={text} onChange={onText} />;
    case 'json':
      return <JsonField {...common} value={value} onChange={onChange} />;
    default:
      return <TextInput {...common} value={text} onChange={onText} />;
  }
}

interface TextFieldProps {
  label: string;
  description: string;
  disabled: boolean;
  error: string | undefined;
  value: unknown;
  onChange(value: unknown): void;
}

/** Blank lines stay while somebody writes; they go when it is saved. */
export function LinesField({ value, onChange, description, ...common }: TextFieldProps) {
  const { t, lang } = useWords();
  const lines = Array.isArray(value) ? value : [];
  return (
    <Textarea
      {...common}
      description={[description, t.sources.perLine].filter(Boolean).join(lang === 'en' ? ' ' : '')}
      rows={Math.min(8, Math.max(2, lines.length + 1))}
      spellCheck={false}
      value={lines.join('\n')}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        onChange(typed === '' ? [] : typed.split('\n'));
      }}
    />
  );
}

/** What is typed stays as it is typed; what is no number is refused when it is saved. */
function NumbersField({ value, onChange, description, ...common }: TextFieldProps) {
  const { t } = useWords();
  const [text, setText] = useState(Array.isArray(value) ? value.join(', ') : '');
  return (
    <TextInput
      {...common}
      description={[description, t.settings.commas].filter(Boolean).join(' ')}
      className="settings-short"
      value={text}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const parts = typed.split(/[,,、\s]+/).filter(Boolean);
        onChange(parts.map((part) => (Number.isNaN(Number(part)) ? part : Number(part))));
      }}
    />
  );
}

function JsonField({ value, onChange, ...common }: TextFieldProps) {
  const { t } = useWords();
  const [text, setText] = useState(JSON.stringify(value, null, 2) ?? '');
  const [wrong, setWrong] = useState(false);
  return (
    <Textarea
      {...common}
      rows={5}
      spellCheck={false}
      error={wrong ? t.settings.notJson : common.error}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        try {
          onChange(JSON.parse(event.currentTarget.value));
          setWrong(false);
        } catch {
          setWrong(true);
        }
      }}
    />
  );
}
