import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Right } from '../../../../core/rights.ts';
import type { NewToken } from '../../api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS, useKnownMe } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { CopyButton } from '../ui/copy-button.tsx';

/** Keys for programs: made with some of one's rights, shown once, ended at any time. */
export function TokenList() {
  const { t, f } = useWords();
  const client = useQueryClient();
  const { data: tokens } = useQuery({ queryKey: KEYS.tokens, queryFn: api.tokens });
  const [made, setMade] = useState<NewToken>();
  const again = () => client.invalidateQueries({ queryKey: KEYS.tokens });
  const end = async (id: string) => {
    await api.endToken(id).catch((thrown) => say({ kind: 'refused', text: failureWords(thrown, t) }));
    if (made?.id === id) setMade(undefined);
    await again();
  };
  return (
    <>
      <p className="soft small">{t.account.tokensHint}</p>
      {tokens?.length === 0 && <p className="soft">{t.account.noTokens}</p>}
      <ul className="plain-list">
        {tokens?.map(({ id, name, scopes, usedAt }) => (
          <li key={id} className="list-row">
            <span>
              <bdi className="outside">{name}</bdi>
              <br />
              <span className="soft small">
                {scopes.map((scope) => t.rights[scope]).join(' · ')} ·{' '}
                {usedAt === undefined ? t.account.tokenNever : t.account.used(f.dateTime(usedAt))}
              </span>
            </span>
            <Button size="xs" variant="default" onClick={() => void end(id)}>
              {t.account.tokenEnd}
            </Button>
          </li>
        ))}
      </ul>
      {made && (
        <div role="status" className="made">
          <p>{t.account.tokenOnce}</p>
          <code className="outside small">{made.key}</code> <CopyButton text={made.key} />
        </div>
      )}
      <TokenForm
        onMade={(token) => {
          setMade(token);
          void again();
        }}
      />
    </>
  );
}

function TokenForm({ onMade }: { onMade(token: NewToken): void }) {
  const { t } = useWords();
  const { rights } = useKnownMe();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Right[]>(['read']);
  const [problem, setProblem] = useState<string>();
  const make = async (event: React.FormEvent) => {
    event.preventDefault();
    try {
      onMade(await api.addToken(name, scopes));
      setName('');
      setProblem(undefined);
    } catch (thrown) {
      setProblem(failureWords(thrown, t));
    }
  };
  const toggle = (right: Right) =>
    setScopes(scopes.includes(right) ? scopes.filter((one) => one !== right) : [...scopes, right]);
  return (
    <form className="form-row" onSubmit={(event) => void make(event)}>
      <TextInput
        label={t.account.tokenName}
        value={name}
        maxLength={60}
        error={problem}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <fieldset className="choices">
        <legend className="small">{t.account.tokenScopes}</legend>
        {rights.map((right) => (
          <Checkbox
            key={right}
            size="xs"
            label={t.rights[right]}
            checked={scopes.includes(right)}
            onChange={() => toggle(right)}
          />
        ))}
      </fieldset>
      <Button type="submit" variant="default" disabled={name.trim() === '' || scopes.length === 0}>
        {t.account.tokenMake}
      </Button>
    </form>
  );
}
