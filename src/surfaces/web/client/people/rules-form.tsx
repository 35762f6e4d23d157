import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Rules } from '../../api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';

/** Two people for regulated replies, and the hours in which nothing goes out. */
export function RulesForm() {
  const { t } = useWords();
  const { data } = useQuery({ queryKey: KEYS.rules, queryFn: api.rules });
  return (
    <section className="card">
      <h2>{t.people.rules}</h2>
      {data && <Form rules={data} />}
    </section>
  );
}

const ZONES = Intl.supportedValuesOf('timeZone');

function Form({ rules }: { rules: Rules }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [now, setNow] = useState(rules);
  const { sending } = now;
  const { quietHours } = sending;
  const setSending = (part: Partial<Rules['sending']>) => setNow({ ...now, sending: { ...sending, ...part } });
  const setQuiet = (on: boolean) => {
    const { quietHours: _, ...others } = sending;
    setNow({ ...now, sending: on ? { ...others, quietHours: { from: '22:00', to: '08:00' } } : others });
  };
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    try {
      client.setQueryData(KEYS.rules, await api.setRules(now));
      say({ kind: 'done', text: t.people.saved });
      await client.invalidateQueries({ queryKey: KEYS.mentions });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    }
  };
  return (
    <form className="rules" onSubmit={(event) => void save(event)}>
      <Checkbox
        label={t.people.two}
        description={t.people.twoHint}
        checked={now.secondApprover}
        onChange={(event) => setNow({ ...now, secondApprover: event.currentTarget.checked })}
      />
      {now.secondApprover && (
        <NativeSelect
          label={t.people.twoRole}
          value={now.secondApproverRole}
          data={(['approver', 'lead'] as const).map((role) => ({ value: role, label: t.roles[role] }))}
          onChange={(event) =>
            setNow({ ...now, secondApproverRole: event.currentTarget.value as Rules['secondApproverRole'] })
          }
        />
      )}
      <Checkbox
        label={t.people.quiet}
        description={t.people.quietHint}
        checked={quietHours !== undefined}
        onChange={(event) => setQuiet(event.currentTarget.checked)}
      />
      {quietHours && (
        <div className="form-row">
          <TextInput
            type="time"
            label={t.people.from}
            value={quietHours.from}
            onChange={(event) => setSending({ quietHours: { ...quietHours, from: event.currentTarget.value } })}
          />
          <TextInput
            type="time"
            label={t.people.to}
            value={quietHours.to}
            onChange={(event) => setSending({ quietHours: { ...quietHours, to: event.currentTarget.value } })}
          />
          <NativeSelect
            label={t.people.zone}
            value={sending.timeZone}
            data={[...new Set([sending.timeZone, 'UTC', ...ZONES])]}
            onChange={(event) => setSending({ timeZone: event.currentTarget.value })}
          />
          <Checkbox
            className="form-wide"
            label={t.people.urgent}
            checked={sending.urgentAtOnce}
            onChange={(event) => setSending({ urgentAtOnce: event.currentTarget.checked })}
          />
        </div>
      )}
      <Button type="submit" variant="default">
        {t.account.save}
      </Button>
    </form>
  );
}
