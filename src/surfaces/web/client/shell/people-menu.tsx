import { Button, Popover, UnstyledButton } from '@mantine/core';
import { api } from '../api-client.ts';
import { dropAllEdits } from '../hooks/edits.ts';
import { useLive } from '../hooks/live.ts';
import { useKnownMe, useMay } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';

/** Who is here, what we are called, and how a colleague comes in. */
export function PeopleMenu() {
  const { t, f } = useWords();
  const me = useKnownMe();
  const may = useMay('people');
  const maySettings = useMay('settings');
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
          <nav className="panel-form" aria-label={t.top.account}>
            <a href={hrefOf({ page: 'account' })}>{t.account.title}</a>
            {maySettings && <a href={hrefOf({ page: 'learning' })}>{t.learning.title}</a>}
            {maySettings && <a href={hrefOf({ page: 'settings' })}>{t.settings.title}</a>}
            {may && <a href={hrefOf({ page: 'people' })}>{t.people.title}</a>}
            <span className="soft small">{t.account.mayNot(t.roles[me.role])}</span>
          </nav>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => {
              dropAllEdits();
              void api.signOut().finally(() => location.reload());
            }}
          >
            {t.top.signOut}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
