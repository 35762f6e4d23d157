import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROLES, type Role } from '../../../../core/rights.ts';
import type { People, PersonInfo } from '../../api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS, useKnownMe } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import './people.css';

/** Who may come in and what they may do, and the rules that need more than one of them. */
export default function PeoplePage() {
  const { t, f } = useWords();
  const client = useQueryClient();
  const { data } = useQuery({ queryKey: KEYS.people, queryFn: api.people });
  const change = async (work: () => Promise<People | undefined>) => {
    try {
      const now = await work();
      if (now) client.setQueryData(KEYS.people, now);
      else await client.invalidateQueries({ queryKey: KEYS.people });
      await client.invalidateQueries({ queryKey: KEYS.me });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    }
  };
  return (
    <main className="page people-page" id="mention" tabIndex={-1}>
      <div className="page-inner">
        <h1>{t.people.title}</h1>
        <p className="soft">{t.people.intro}</p>
        <section className="card">
          <ul className="plain-list">
            {data?.people.map((person) => (
              <PersonRow key={person.id} person={person} change={change} />
            ))}
          </ul>
          <InviteForm onInvited={() => void change(async () => undefined)} />
        </section>
        {data && data.invitations.length > 0 && (
          <section className="card">
            <h2>{t.people.invitations}</h2>
            <ul className="plain-list">
              {data.invitations.map(({ id, name, role, by, until }) => (
                <li key={id} className="list-row">
                  <span>
                    <bdi className="outside">{name}</bdi> <span className="tag">{t.roles[role]}</span>
                    <br />
                    <span className="soft small">
                      {t.people.invitedBy(by)} · {t.people.until(f.dateTime(until))}
                    </span>
                  </span>
                  <Button
                    size="xs"
                    variant="default"
                    onClick={() => void change(async () => void (await api.withdraw(id)) as undefined)}
                  >
                    {t.people.withdraw}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section className="card">
          <h2>{t.people.rules}</h2>
          <p className="soft">{t.people.rulesHint}</p>
          <p className="people-rules">
            {(['review', 'sending'] as const).map((section) => (
              <a key={section} href={hrefOf({ page: 'settings', section })}>
                {t.settings.sections[section]}
              </a>
            ))}
          </p>
        </section>
      </div>
    </main>
  );
}

interface RowProps {
  person: PersonInfo;
  change(work: () => Promise<People | undefined>): Promise<void>;
}

function PersonRow({ person, change }: RowProps) {
  const { t, f } = useWords();
  const me = useKnownMe();
  const [asking, setAsking] = useState(false);
  const { id, name, role, disabled, seenAt, sessions, tokens, discord = '' } = person;
  const facts = [
    `${t.people.seen}: ${seenAt === undefined ? t.people.never : f.dateTime(seenAt)}`,
    t.people.sessions(sessions, f.number(sessions)),
    ...(tokens.length > 0 ? [t.people.tokens(tokens.length, f.number(tokens.length))] : []),
  ];
  return (
    <li className="list-row person">
      <span className="person-who">
        <bdi className="outside">{name}</bdi> {name === me.name && <span className="soft">({t.top.you})</span>}{' '}
        {disabled && <span className="tag tag-amber">{t.people.gone}</span>}
        <br />
        <span className="soft small">{facts.join(' · ')}</span>
      </span>
      <TextInput
        aria-label={`${t.people.discord}: ${name}`}
        placeholder={t.people.discord}
        size="xs"
        inputMode="numeric"
        defaultValue={discord}
        disabled={disabled}
        onBlur={(event) => {
          const account = event.currentTarget.value.trim();
          if (account !== discord) void change(() => api.changePerson(id, { discord: account }));
        }}
      />
      <NativeSelect
        aria-label={`${t.people.role}: ${name}`}
        size="xs"
        value={role}
        disabled={disabled}
        data={ROLES.map((one) => ({ value: one, label: t.roles[one] }))}
        onChange={(event) => {
          const next = event.currentTarget.value as Role;
          void change(() => api.changePerson(id, { role: next }));
        }}
      />
      <span className="person-actions">
        {sessions > 0 && name !== me.name && (
          <Button size="xs" variant="default" onClick={() => void change(() => api.endSessionsOf(id))}>
            {t.people.endSessions}
          </Button>
        )}
        {disabled ? (
          <Button
            size="xs"
            variant="default"
            onClick={() => void change(() => api.changePerson(id, { disabled: false }))}
          >
            {t.people.bringBack}
          </Button>
        ) : (
          name !== me.name && (
            <Button size="xs" variant="default" aria-expanded={asking} onClick={() => setAsking(!asking)}>
              {t.people.letGo}
            </Button>
          )
        )}
      </span>
      {asking && !disabled && (
        <p className="person-ask" role="alert">
          {t.people.letGoAsk(name)}{' '}
          <Button
            size="xs"
            color="red"
            onClick={() => {
              setAsking(false);
              void change(() => api.changePerson(id, { disabled: true }));
            }}
          >
            {t.people.letGo}
          </Button>
        </p>
      )}
    </li>
  );
}

function InviteForm({ onInvited }: { onInvited(): void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('approver');
  const [url, setUrl] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const invite = async (event: React.FormEvent) => {
    event.preventDefault();
    try {
      setUrl((await api.invite(name, role)).url);
      setName('');
      setProblem(undefined);
      onInvited();
    } catch (thrown) {
      setProblem(failureWords(thrown, t));
    }
  };
  return (
    <>
      <form className="form-row" onSubmit={(event) => void invite(event)}>
        <TextInput
          label={t.top.invite}
          placeholder={t.top.inviteName}
          value={name}
          maxLength={60}
          error={problem}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t.people.role}
          value={role}
          data={ROLES.map((one) => ({ value: one, label: t.roles[one] }))}
          onChange={(event) => setRole(event.currentTarget.value as Role)}
        />
        <Button type="submit" disabled={name.trim() === ''}>
          {t.top.inviteMake}
        </Button>
        <p className="soft small form-wide">{t.roleHints[role]}</p>
      </form>
      {url && (
        <div role="status" className="made">
          <p className="small">{t.top.inviteReady}</p>
          <code className="outside small">{url}</code> <CopyButton text={url} />
        </div>
      )}
    </>
  );
}
