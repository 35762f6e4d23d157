import { Checkbox, Group, NativeSelect } from '@mantine/core';

interface Props {
  label: string;
  /** Says how days are counted, for the file; here they have names. */
  description: string;
  disabled: boolean;
  error: string | undefined;
  lang: string;
  value: unknown;
  onChange(value: unknown): void;
}

/** Monday first, as the settings count them from 1. */
function weekdays(lang: string): { value: string; label: string }[] {
  const names = new Intl.DateTimeFormat(lang, { weekday: 'long', timeZone: 'UTC' });
  // The first of January 2024 was a Monday.
  return Array.from({ length: 7 }, (_, n) => ({ value: String(n + 1), label: names.format(Date.UTC(2024, 0, n + 1)) }));
}

export function WeekdayField({ lang, value, onChange, description: _counted, ...common }: Props) {
  return (
    <NativeSelect
      {...common}
      className="settings-short"
      data={weekdays(lang)}
      value={String(value)}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
    />
  );
}

export function WeekdaysField({ lang, value, onChange, disabled, description: _counted, ...common }: Props) {
  return (
    <Checkbox.Group
      {...common}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={(days) => onChange(days.map(Number).sort((a, b) => a - b))}
    >
      <Group gap="sm" mt={4}>
        {weekdays(lang).map((day) => (
          <Checkbox key={day.value} size="sm" disabled={disabled} {...day} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
