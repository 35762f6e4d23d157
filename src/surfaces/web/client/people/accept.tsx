import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Invited } from '../../api.ts';
import { api } from '../api-client.ts';
import { KEYS } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import './sign-in.css';

/** The first look of whoever was invited: who invited them as what, their name, and a password of their own. */
export function Accept({ invitationKey, onDone }: { invitationKey: string; onDone(): void }) {
  const { t } = useWords();
  const { data, isError } = useQuery({
    queryKey: ['invitation', invitationKey],
    queryFn: () => api.invitation(invitationKey),
  });
  return (
    <main className="sign-in" aria-busy={!data && !isError}>
      <div className="sign-in-box">
        <img src="./icon.svg" alt="" width="44" height="44" />
        {isError && (
          <>
            <h1>{t.signIn.title}</h1>
            <p role="alert">{t.entry.badLink}</p>
            <Button variant="default" onClick={onDone}>
              {t.signIn.go}
            </Button>
          </>
        )}
        {data && <Form invitationKey={invitationKey} invited={data} onDone={onDone} />}
      </div>
    </main>
  );
}

function Form({ invitationKey, invited, onDone }: { invitationKey: string; invited: Invited; onDone(): void }) {
  const { t } = useWords();
  const [name, setName] = useState(invited.name);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const { data: ways } = useQuery({ queryKey: KEYS.ways, queryFn: api.ways });
  const accept = async (event: React.FormEvent) => {
    event.preventDefault();
    try {
      await api.accept(invitationKey, name, password);
      onDone();
    } catch (thrown) {
      setProblem(failureWords(thrown, t));
    }
  };
  return (
    <form onSubmit={(event) => void accept(event)}>
      <h1>{t.entry.welcome(invited.name)}</h1>
      <p>{t.entry.invitedBy(invited.by, t.roles[invited.role])}</p>
      <p className="soft small">{t.roleHints[invited.role]}</p>
      <TextInput
        label={t.entry.yourName}
        description={t.top.nameHint}
        value={name}
        maxLength={60}
        autoComplete="username"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PasswordInput
        label={t.entry.newPassword}
        description={t.entry.passwordHint}
        value={password}
        autoComplete="new-password"
        error={problem}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" disabled={name.trim() === '' || password === ''}>
        {t.entry.come}
      </Button>
      {ways?.login && (
        <Button component="a" href={`./sign-in/openid?key=${encodeURIComponent(invitationKey)}`} variant="default">
          {t.entry.withLogin(ways.login)}
        </Button>
      )}
    </form>
  );
}
