import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../api-client.ts';
import { useWords } from '../i18n/index.tsx';
import './sign-in.css';

/** For whoever comes without the one-time address. */
export function SignIn({ onDone }: { onDone(): void }) {
  const { t } = useWords();
  const [key, setKey] = useState('');
  const [wrong, setWrong] = useState(false);
  const signIn = async (event: React.FormEvent) => {
    event.preventDefault();
    try {
      await api.signIn(keyIn(key));
      onDone();
    } catch {
      setWrong(true);
    }
  };
  return (
    <main className="sign-in">
      <form onSubmit={(event) => void signIn(event)}>
        <img src="./icon.svg" alt="" width="44" height="44" />
        <h1>{t.signIn.title}</h1>
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
    </main>
  );
}

/** People paste the whole address as often as the key in it. */
function keyIn(text: string): string {
  const word = text.trim();
  return (URL.canParse(word) && new URL(word).searchParams.get('key')) || word;
}
