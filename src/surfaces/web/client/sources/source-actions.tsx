import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SourceInfo } from '../../api.ts';
import { api } from '../api-client.ts';
import { KEYS } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { otherWords } from '../i18n/other-words.ts';
import { hrefOf } from '../router.ts';

type Action = 'test' | 'pull' | 'pause' | 'remove';

interface Props {
  source: SourceInfo;
  onSaid(said: { ok: boolean; text: string }): void;
}

/** Try it, read it now, change it, pause it, or stop it. Stopping is asked for twice, in place. */
export function SourceActions({ source, onSaid }: Props) {
  const { t, f, lang } = useWords();
  const client = useQueryClient();
  const [busy, setBusy] = useState<Action>();
  const [asking, setAsking] = useState(false);
  const run = async (name: Action, work: () => Promise<{ ok: boolean; text: string } | undefined>) => {
    setBusy(name);
    try {
      const said = await work();
      if (said) onSaid(said);
    } catch (thrown) {
      onSaid({ ok: false, text: failureWords(thrown, t) });
    } finally {
      setBusy(undefined);
      void client.invalidateQueries({ queryKey: KEYS.sources });
    }
  };
  const test = () =>
    run('test', async () => {
      const { ok, message, messageIn } = await api.testSource(source.id);
      return { ok, text: otherWords(message, messageIn, lang) || t.sources.works };
    });
  const pull = () =>
    run('pull', async () => {
      const { added, known } = await api.pullSource(source.id);
      return { ok: true, text: t.sources.pulled(f.number(added), f.number(known)) };
    });
  const setEnabled = (enabled: boolean) =>
    run('pause', async () => {
      const before = await api.sourceSettings(source.id);
      const { connector: _same, ...settings } = before;
      await api.changeSource(source.id, { before, after: { ...settings, enabled } });
      return { ok: true, text: enabled ? t.sources.resumed : t.sources.pausedNow };
    });
  const remove = () =>
    run('remove', async () => {
      await api.removeSource(source.id);
      return undefined;
    });
  if (asking) {
    return (
      <div className="source-actions">
        <span>{t.sources.removeAsk}</span>
        <Button size="xs" color="red" variant="outline" loading={busy === 'remove'} onClick={() => void remove()}>
          {t.sources.removeYes}
        </Button>
        <Button size="xs" variant="default" autoFocus onClick={() => setAsking(false)}>
          {t.sources.keep}
        </Button>
      </div>
    );
  }
  return (
    <div className="source-actions">
      <Button size="xs" variant="default" loading={busy === 'test'} onClick={() => void test()}>
        {t.sources.test}
      </Button>
      {source.isRead && source.enabled && (
        <Button size="xs" variant="default" loading={busy === 'pull'} onClick={() => void pull()}>
          {t.sources.pull}
        </Button>
      )}
      <Button size="xs" variant="default" component="a" href={hrefOf({ page: 'sources', edit: source.id })}>
        {t.sources.edit}
      </Button>
      <Button size="xs" variant="default" loading={busy === 'pause'} onClick={() => void setEnabled(!source.enabled)}>
        {source.enabled ? t.sources.pause : t.sources.resume}
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={() => setAsking(true)}>
        {t.sources.remove}
      </Button>
    </div>
  );
}
