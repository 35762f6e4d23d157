import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useLayoutEffect, useState } from 'react';
import './app.css';
import type { Me } from '../api.ts';
import { ApiFailure, SIGNED_OUT } from './api-client.ts';
import { keepEditsOf } from './hooks/edits.ts';
import { startLive } from './hooks/live.ts';
import { useKnownMe, useMe } from './hooks/queries.ts';
import { useKeys } from './hooks/use-keys.ts';
import { hrefOfSaved } from './hooks/use-saved-views.ts';
import { useWords } from './i18n/index.tsx';
import { InboxPage } from './inbox/inbox-page.tsx';
import { keepSubscribed } from './notify/push.ts';
import { useUrgentNotices } from './notify/urgent-notices.ts';
import { Accept } from './people/accept.tsx';
import { SignIn } from './people/sign-in.tsx';
import { type Route, useRoute } from './router.ts';
import { KeyMapDialog } from './shell/key-map.tsx';
import { Lines } from './shell/lines.tsx';
import { NoticeBar } from './shell/notice-bar.tsx';
import { TopBar } from './shell/top-bar.tsx';

// Not needed for the first decision of the day.
const SourcesPage = lazy(() => import('./sources/sources-page.tsx'));
const IncidentsPage = lazy(() => import('./incidents/incidents-page.tsx'));
const ScamsPage = lazy(() => import('./scams/scams-page.tsx'));
const LabelPage = lazy(() => import('./label/label-page.tsx'));
const LearningPage = lazy(() => import('./learning/learning-page.tsx'));
const ReportPage = lazy(() => import('./report/report-page.tsx'));
const SettingsPage = lazy(() => import('./settings/settings-page.tsx'));
const PeoplePage = lazy(() => import('./people/people-page.tsx'));
const AccountPage = lazy(() => import('./people/account-page.tsx'));

export function App() {
  const me = useMe();
  const [invitation, setInvitation] = useState(() => new URLSearchParams(location.search).get('key'));
  // Somebody signed this browser out, or the session ran out: sign in here, and go on where one was.
  const { refetch } = me;
  useEffect(() => {
    const ask = () => void refetch();
    addEventListener(SIGNED_OUT, ask);
    return () => removeEventListener(SIGNED_OUT, ask);
  }, [refetch]);
  const inside = () => {
    history.replaceState(null, '', `./${location.hash}`);
    setInvitation(null);
    void me.refetch();
  };
  if (invitation !== null) return <Accept invitationKey={invitation} onDone={inside} />;
  if (me.error instanceof ApiFailure && me.error.status === 401) return <SignIn onDone={() => void me.refetch()} />;
  if (!me.data) return <NotYet failed={me.isError} retry={() => void me.refetch()} />;
  return <Frame />;
}

function Frame() {
  const client = useQueryClient();
  const me = useKnownMe();
  // Before anything is drawn: what the person wants to begin with, and whose kept words these are.
  useState(() => begin(me));
  useEffect(() => keepEditsOf(me.name), [me.name]);
  const route = useRoute();
  const [help, setHelp] = useState(false);
  // Before the pages below ask anything: whatever changes from their answers on is told.
  useLayoutEffect(() => startLive(client), [client]);
  useUrgentNotices();
  // Without an answer it is tried again with the next page.
  useEffect(() => void keepSubscribed(me.name).catch(() => {}), [me.name]);
  useKeys({ help: () => setHelp(true) });
  return (
    <div className="frame">
      <TopBar onHelp={() => setHelp(true)} />
      <Lines />
      {route.page === 'inbox' ? (
        <InboxPage route={route} />
      ) : (
        <Suspense fallback={<main className="page" aria-busy="true" />}>
          <Page route={route} />
        </Suspense>
      )}
      <NoticeBar />
      <KeyMapDialog opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}

/** An address that asks for nothing leads to what the person chose. */
function begin({ name, start }: Me): void {
  keepEditsOf(name);
  if (start && /^#?\/?$/.test(location.hash)) history.replaceState(null, '', hrefOfSaved(start));
}

function Page({ route }: { route: Exclude<Route, { page: 'inbox' }> }) {
  switch (route.page) {
    case 'sources':
      return <SourcesPage add={route.add} edit={route.edit} />;
    case 'incidents':
      return <IncidentsPage id={route.id} />;
    case 'scams':
      return <ScamsPage account={route.account} />;
    case 'label':
      return <LabelPage />;
    case 'learning':
      return <LearningPage />;
    case 'report':
      return <ReportPage />;
    case 'settings':
      return <SettingsPage section={route.section} />;
    case 'people':
      return <PeoplePage />;
    case 'account':
      return <AccountPage />;
  }
}

/** Before the first answer. When it does not come, the page says so and goes on trying. */
function NotYet({ failed, retry }: { failed: boolean; retry(): void }) {
  const { t } = useWords();
  useEffect(() => {
    if (!failed) return;
    const timer = setInterval(retry, 3000);
    return () => clearInterval(timer);
  }, [failed, retry]);
  return (
    <main className="page" aria-busy={!failed}>
      <h1 className="unseen">{t.appName}</h1>
      {failed && <p role="alert">{t.trouble.offline}</p>}
    </main>
  );
}
