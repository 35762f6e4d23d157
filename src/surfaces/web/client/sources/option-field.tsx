import { NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { useWords } from '../i18n/index.tsx';
import type { Field } from './fields.ts';

interface Props {
  field: Field;
  value: string;
  onChange(text: string): void;
}

/** One option of a connector, as the right kind of control. */
export function OptionField({ field, value, onChange }: Props) {
  const { t } = useWords();
  const hint = { lines: t.sources.perLine, pairs: t.sources.pairs, json: t.sources.asJson }[field.kind as 'lines'];
  const common = {
    label: field.label ?? readable(field.name),
    description: [field.description, hint].filter(Boolean).join(' '),
    required: field.required,
  };
  switch (field.kind) {
    case 'switch':
      return (
        <Switch
          label={common.label}
          description={common.description}
          checked={value === 'true'}
          onChange={(event) => onChange(String(event.currentTarget.checked))}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          {...common}
          value={value}
          data={[...(field.required && value ? [] : [{ value: '', label: t.sources.unset }]), ...field.choices]}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'lines':
    case 'pairs':
    case 'json':
      return (
        <Textarea
          {...common}
          rows={3}
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          type={field.kind === 'number' ? 'number' : 'text'}
          {...(field.min !== undefined && { min: field.min })}
          {...(field.max !== undefined && { max: field.max })}
          {...(field.kind === 'number' && { step: 'any' })}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

/** "pageSize" as "Page size". */
export const readable = (name: string): string => {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
