import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SettingsVersion } from '../../../settings-api.ts';
import { api } from '../../api-client.ts';
import { say } from '../../hooks/notices.ts';
import { failureWords } from '../../i18n/failure-words.ts';
import { useWords } from '../../i18n/index.tsx';
import { useSettled, useVersions } from '../use-settings.ts';
import { DifferenceList } from './difference-list.tsx';
import { whatWords } from './what-words.ts';

/** Who changed which setting, when and from what to what, with a way back to each state. */
export function VersionsPane() {
  const { t } = useWords();
  const { data } = useVersions();
  return (
    <section>
      <h2>{t.settings.sections.history}</h2>
      <p className="soft">{t.settings.historyIntro}</p>
      <ol className="versions">
        {data?.map((version, at) => (
          <VersionRow key={version.revision} version={version} current={at === 0} />
        ))}
      </ol>
    </section>
  );
}

function VersionRow({ version, current }: { version: SettingsVersion; current: boolean }) {
  const { t, f } = useWords();
  const [asking, setAsking] = useState(false);
  const { revision, by, at, what, difference } = version;
  return (
    <li className="version">
      <div className="version-top">
        <div>
          <strong>{whatWords(what, t)}</strong> {current && <span className="tag tag-green">{t.settings.current}</span>}
          <br />
          <span className="soft small">
            <bdi className="outside">{by === 'edited by hand' ? t.settings.byHand : by}</bdi> ·{' '}
            {f.dateTime(Date.parse(at))} · {t.settings.version(f.number(revision))}
          </span>
        </div>
        {!current && (
          <Button size="xs" variant="default" aria-expanded={asking} onClick={() => setAsking(!asking)}>
            {t.settings.goBack}
            <span className="unseen"> {t.settings.version(f.number(revision))}</span>
          </Button>
        )}
      </div>
      <DifferenceList differences={difference} />
      {asking && <WayBack revision={revision} onDone={() => setAsking(false)} />}
    </li>
  );
}

/** What going back would change, before anybody does. */
function WayBack({ revision, onDone }: { revision: number; onDone(): void }) {
  const { t } = useWords();
  const settled = useSettled();
  const [busy, setBusy] = useState(false);
  const { data } = useQuery({
    queryKey: ['settings-way-back', revision],
    queryFn: () => api.settingsWayBack(revision),
    staleTime: 0,
    gcTime: 0,
  });
  const restore = async () => {
    setBusy(true);
    try {
      await settled(await api.restoreSettings(revision));
      say({ kind: 'done', text: t.settings.wentBack });
      onDone();
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    } finally {
      setBusy(false);
    }
  };
  if (!data) return null;
  return (
    <section className="way-back" aria-label={t.settings.goBack}>
      <p>{data.length > 0 ? t.settings.wouldChange : t.settings.sameAsNow}</p>
      <DifferenceList differences={data} />
      <div className="settings-save">
        {data.length > 0 && (
          <Button size="xs" loading={busy} onClick={() => void restore()}>
            {t.settings.goBackYes}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onDone}>
          {t.settings.stay}
        </Button>
      </div>
    </section>
  );
}
