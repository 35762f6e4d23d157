import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api-client.ts';
import { KEYS } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import './sign-in.css';

/** For whoever comes without a session: a name and a password, a login elsewhere, or the key of the start. */
export function SignIn({ onDone }: { onDone(): void }) {
  const { t } = useWords();
  const [byKey, setByKey] = useState(false);
  const { data: ways } = useQuery({ queryKey: KEYS.ways, queryFn: api.ways });
  return (
    <main className="sign-in">
      <div className="sign-in-box">
        <img src="./icon.svg" alt="" width="44" height="44" />
        <h1>{t.signIn.title}</h1>
        {byKey ? <KeyForm onDone={onDone} /> : <NameForm onDone={onDone} />}
        {ways?.login && (
          <Button component="a" href="./sign-in/openid" variant="default">
            {t.entry.withLogin(ways.login)}
          </Button>
        )}
        <button type="button" className="link-button small" onClick={() => setByKey(!byKey)}>
          {byKey ? t.entry.withPassword : t.entry.withKey}
        </button>
      </div>
    </main>
  );
}

function NameForm({ onDone }: { onDone(): void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const signIn = async (event: React.FormEvent) => {
    event.preventDefault();
    try {
      await api.signIn({ name, password });
      onDone();
    } catch (thrown) {
      setProblem(failureWords(thrown, t));
    }
  };
  return (
    <form onSubmit={(event) => void signIn(event)}>
      <p className="soft">{t.entry.hint}</p>
      <TextInput
        label={t.entry.name}
        value={name}
        autoComplete="username"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PasswordInput
        label={t.entry.password}
        value={password}
        autoComplete="current-password"
        error={problem}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" disabled={name.trim() === '' || password === ''}>
        {t.entry.go}
      </Button>
    </form>
  );
}

function KeyForm({ onDone }: { onDone(): void }) {
  const { t } = useWords();
  const [key, setKey] = useState('');
  const [wrong, setWrong] = useState(false);
  const signIn = async (event: React.FormEvent) => {
    event.preventDefault();
    try {
      await api.signIn({ key: keyIn(key) });
      onDone();
    } catch {
      setWrong(true);
    }
  };
  return (
    <form onSubmit={(event) => void signIn(event)}>
      <p className="soft">{t.signIn.hint}</p>
      <TextInput
        label={t.signIn.key}
        value={key}
        autoComplete="off"
        spellCheck={false}
        error={wrong && t.signIn.wrong}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <Button type="submit" disabled={key.trim() === ''}>
        {t.signIn.go}
      </Button>
    </form>
  );
}

/** People paste the whole address as often as the key in it. */
function keyIn(text: string): string {
  const word = text.trim();
  return (URL.canParse(word) && new URL(word).searchParams.get('key')) || word;
}
