import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../i18n/index.tsx';
import { SCHEDULES, scheduleWords } from '../../sources/schedules.ts';

interface Props {
  label: string;
  description: string;
  disabled: boolean;
  error: string | undefined;
  value: string;
  onChange(value: string): void;
}

/** A schedule in words; a cron line only for whoever asks for one. */
export function CronField({ label, description, disabled, error, value, onChange }: Props) {
  const { t, f } = useWords();
  const inWords = (cron: string) => scheduleWords(cron, t, f);
  const [own, setOwn] = useState(inWords(value) === value);
  const offered = [...new Set([...(own ? [] : [value]), ...SCHEDULES])];
  return (
    <>
      <NativeSelect
        label={label}
        description={description}
        disabled={disabled}
        error={own ? undefined : error}
        value={own ? '' : value}
        data={[
          ...offered.map((cron) => ({ value: cron, label: inWords(cron) })),
          { value: '', label: t.settings.otherSchedule },
        ]}
        onChange={(event) => {
          const cron = event.currentTarget.value;
          setOwn(cron === '');
          if (cron !== '') onChange(cron);
        }}
      />
      {own && (
        <TextInput
          label={t.settings.cron}
          description={t.settings.cronHint}
          disabled={disabled}
          error={error}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </>
  );
}
