import { Button, Popover, TextInput, UnstyledButton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api-client.ts';
import { useLive } from '../hooks/live.ts';
import { KEYS, useKnownMe } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { CopyButton } from '../ui/copy-button.tsx';

/** Who is here, what we are called, and how a colleague comes in. */
export function PeopleMenu() {
  const { t, f } = useWords();
  const me = useKnownMe();
  const { people } = useLive();
  const others = [...new Set(people.map(({ name }) => name))].filter((name) => name !== me.name);
  const names = [me.name, ...others];
  return (
    <Popover position="bottom-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <UnstyledButton className="people-button" aria-label={`${t.top.account}: ${f.list(names)}`}>
          {names.slice(0, 4).map((name) => (
            <span key={name} className="face" aria-hidden="true">
              {[...name][0]?.toUpperCase()}
            </span>
          ))}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t.top.account}>
        <div className="panel">
          <section>
            <h2>{t.top.people}</h2>
            <ul className="panel-list">
              {names.map((name) => (
                <li key={name}>
                  <span className="face" aria-hidden="true">
                    {[...name][0]?.toUpperCase()}
                  </span>
                  <bdi className="clip">{name}</bdi>
                  {name === me.name && <span className="soft">({t.top.you})</span>}
                </li>
              ))}
            </ul>
            {others.length === 0 && <p className="soft small">{t.top.onlyYou}</p>}
          </section>
          <NameForm name={me.name} />
          <InviteForm />
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => void api.signOut().finally(() => location.reload())}
          >
            {t.top.signOut}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
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
    <form className="panel-form" onSubmit={(event) => void save(event)}>
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

function InviteForm() {
  const { t } = useWords();
  const [text, setText] = useState('');
  const [url, setUrl] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const invite = async (event: React.FormEvent) => {
    event.preventDefault();
    try {
      setUrl((await api.invite(text)).url);
      setProblem(undefined);
    } catch (thrown) {
      setProblem(failureWords(thrown, t));
    }
  };
  return (
    <section>
      <form className="panel-form" onSubmit={(event) => void invite(event)}>
        <TextInput
          label={t.top.invite}
          placeholder={t.top.inviteName}
          value={text}
          maxLength={60}
          error={problem}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={text.trim() === ''}>
          {t.top.inviteMake}
        </Button>
      </form>
      {url && (
        <div role="status">
          <p className="soft small">{t.top.inviteReady}</p>
          <code className="outside small">{url}</code> <CopyButton text={url} />
        </div>
      )}
    </section>
  );
}
