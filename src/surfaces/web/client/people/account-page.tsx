import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS, useKnownMe } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { NoticesCard } from '../notify/notices-card.tsx';
import { browserIn } from '../ui/browser-in.ts';
import { TokenList } from './token-list.tsx';
import './people.css';

/** Who I am here, how I sign in, from where, and which programs act for me. */
export default function AccountPage() {
  const { t } = useWords();
  const me = useKnownMe();
  return (
    <main className="page people-page" id="mention" tabIndex={-1}>
      <div className="page-inner">
        <h1>{t.account.title}</h1>
        <section className="card">
          <NameForm name={me.name} />
          <p>
            <span className="tag">{t.roles[me.role]}</span> {t.roleHints[me.role]}
          </p>
        </section>
        <section className="card">
          <h2>{t.account.password}</h2>
          <PasswordForm has={me.hasPassword} />
        </section>
        <NoticesCard />
        <section className="card">
          <h2>{t.account.sessions}</h2>
          <SessionList />
        </section>
        <section className="card">
          <h2>{t.account.tokens}</h2>
          <TokenList />
        </section>
      </div>
    </main>
  );
}

function NameForm({ name }: { name: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [text, setText] = useState(name);
  const [problem, setProblem] = useState<string>();
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    try {
      client.setQueryData(KEYS.me, await api.rename(text));
      setProblem(undefined);
    } catch (thrown) {
      setProblem(failureWords(thrown, t));
    }
  };
  return (
    <form className="form-row" onSubmit={(event) => void save(event)}>
      <TextInput
        label={t.top.yourName}
        description={t.top.nameHint}
        value={text}
        maxLength={60}
        error={problem}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={text.trim() === '' || text.trim() === name}>
        {t.top.save}
      </Button>
    </form>
  );
}

function PasswordForm({ has }: { has: boolean }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [problem, setProblem] = useState<string>();
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    try {
      await api.setPassword(next, has ? current : undefined);
      setCurrent('');
      setNext('');
      setProblem(undefined);
      say({ kind: 'done', text: t.account.passwordSet });
      await client.invalidateQueries();
    } catch (thrown) {
      setProblem(failureWords(thrown, t));
    }
  };
  return (
    <form className="form-row" onSubmit={(event) => void save(event)}>
      {!has && <p className="soft form-wide">{t.account.none}</p>}
      {has && (
        <PasswordInput
          label={t.account.current}
          value={current}
          autoComplete="current-password"
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
      )}
      <PasswordInput
        label={t.account.next}
        description={t.entry.passwordHint}
        value={next}
        autoComplete="new-password"
        error={problem}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={next === '' || (has && current === '')}>
        {t.account.setIt}
      </Button>
    </form>
  );
}

function SessionList() {
  const { t, f } = useWords();
  const client = useQueryClient();
  const { data: sessions = [] } = useQuery({ queryKey: KEYS.sessions, queryFn: api.sessions });
  const end = async (work: () => Promise<void>) => {
    await work().catch((thrown) => say({ kind: 'refused', text: failureWords(thrown, t) }));
    await client.invalidateQueries({ queryKey: KEYS.sessions });
  };
  return (
    <>
      <ul className="plain-list">
        {sessions.map(({ id, at, usedAt, agent, here }) => (
          <li key={id} className="list-row">
            <span>
              <bdi className="outside">{browserIn(agent)}</bdi>{' '}
              {here && <span className="tag tag-accent">{t.account.here}</span>}
              <br />
              <span className="soft small">
                {t.account.since(f.dateTime(at))} · {t.account.used(f.dateTime(usedAt))}
              </span>
            </span>
            {!here && (
              <Button size="xs" variant="default" onClick={() => void end(() => api.endSession(id))}>
                {t.account.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button size="xs" variant="default" onClick={() => void end(api.endOtherSessions)}>
          {t.account.endOthers}
        </Button>
      )}
    </>
  );
}
