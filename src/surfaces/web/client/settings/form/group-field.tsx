import { Button, NativeSelect, Switch } from '@mantine/core';
import { useWords } from '../../i18n/index.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useForm } from './context.ts';
import { faultAt } from './faults.ts';
import { faultWords } from './labels.ts';
import { type Field, type Shape, startOf, startOfFields } from './shape.ts';
import { type FieldProps, ShapeField } from './shape-field.tsx';

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

interface FieldsProps {
  fields: readonly Field[];
  path: string;
  value: unknown;
  onChange(value: unknown): void;
}

/** The settings of a group, one under the other. */
export function Fields({ fields, path, value, onChange }: FieldsProps) {
  const record = asRecord(value);
  return fields.map((field) => (
    <ShapeField
      key={field.name}
      field={field}
      path={`${path}.${field.name}`}
      value={record[field.name]}
      onChange={(now) => onChange({ ...record, [field.name]: now })}
    />
  ));
}

/** Settings that belong together. One that may be left out has a switch. */
export function GroupField({ field, path, value, onChange }: FieldProps) {
  const { disabled, words } = useForm();
  const { shape, optional } = field;
  const { label, description } = words(path, field.description);
  const on = value !== undefined;
  return (
    <fieldset className="settings-group">
      <legend>{label}</legend>
      {optional ? (
        <Switch
          label={description || label}
          checked={on}
          disabled={disabled}
          onChange={() => onChange(on ? undefined : startOf(shape))}
        />
      ) : (
        description && <p className="soft small">{description}</p>
      )}
      {on && <Inside shape={shape} path={path} value={value} onChange={onChange} />}
    </fieldset>
  );
}

interface InsideProps {
  shape: Shape;
  path: string;
  value: unknown;
  onChange(value: unknown): void;
}

/** A group, or one of several by what somebody chooses. */
export function Inside({ shape, path, value, onChange }: InsideProps) {
  const { disabled, words } = useForm();
  const { t } = useWords();
  if (shape.kind === 'group') return <Fields fields={shape.fields} path={path} value={value} onChange={onChange} />;
  if (shape.kind !== 'union') return null;
  const record = asRecord(value);
  const member = shape.members.find((one) => one.value === record[shape.by]) ?? shape.members[0];
  if (!member) return null;
  return (
    <>
      <NativeSelect
        label={words(`${path}.${shape.by}`).label}
        disabled={disabled}
        value={member.value}
        data={shape.members.map((one) => ({ value: one.value, label: t.settings.choices[one.value] ?? one.value }))}
        onChange={(event) => {
          const next = shape.members.find((one) => one.value === event.currentTarget.value);
          // What both have stays.
          const kept = Object.entries(record).filter(([name]) => next?.fields.some((field) => field.name === name));
          if (next) {
            onChange({ ...startOfFields(next.fields), ...Object.fromEntries(kept), [shape.by]: next.value });
          }
        }}
      />
      <Fields fields={member.fields} path={path} value={value} onChange={onChange} />
    </>
  );
}

interface ListProps {
  item: Shape;
  /** English, as the schema has it. */
  hint?: string;
  path: string;
  value: unknown;
  onChange(value: unknown): void;
  /** Its own words, where the section is nothing but this list. */
  bare?: boolean;
}

/** Groups that people add and remove. */
export function ListField({ item, hint, path, value, onChange, bare }: ListProps) {
  const { disabled, words, faults, lang } = useForm();
  const { t, f } = useWords();
  const items: unknown[] = Array.isArray(value) ? value : [];
  const { label, description } = words(path, hint);
  const fault = faults.find((one) => one.path === path) && faultAt(faults, path);
  const content = (
    <>
      {description && <p className="soft small">{description}</p>}
      {fault && (
        <p className="source-message outside" role="alert">
          {faultWords(lang, fault)}
        </p>
      )}
      {Object.entries(items).map(([at, one]) => (
        <fieldset key={at} className="settings-item">
          <legend className="unseen">{`${label} ${f.number(Number(at) + 1)}`}</legend>
          <Inside
            shape={item}
            path={`${path}.${at}`}
            value={one}
            onChange={(now) => onChange(items.with(Number(at), now))}
          />
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            disabled={disabled}
            leftSection={<Icon name="close" size={14} />}
            onClick={() => onChange(items.toSpliced(Number(at), 1))}
          >
            {t.settings.removeItem}
          </Button>
        </fieldset>
      ))}
      <div>
        <Button variant="default" size="xs" disabled={disabled} onClick={() => onChange([...items, startOf(item)])}>
          {t.settings.addItem}
        </Button>
      </div>
    </>
  );
  if (bare) return content;
  return (
    <fieldset className="settings-group">
      <legend>{label}</legend>
      {content}
    </fieldset>
  );
}
