import { Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IncidentInfo } from '../../incident-api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import type { MasterReplyKind } from './kind.ts';

interface Props {
  incident: IncidentInfo;
  kind: MasterReplyKind;
  onDirty(dirty: boolean): void;
}

/** The one reply to all of them, in both languages, a pair of texts for each wording. */
export function MasterReplyForm({ incident, kind, onDirty }: Props) {
  const { t, f } = useWords();
  const client = useQueryClient();
  const saved = incident[kind];
  const [pairs, setPairs] = useState(() => pairsOf(saved));
  const [busy, setBusy] = useState(false);
  const changed = JSON.stringify(pairs) !== JSON.stringify(pairsOf(saved));
  const write = (at: number, lang: 'zh' | 'en', text: string) => {
    const next = pairs.map((pair, index) => (index === at ? { ...pair, [lang]: text } : pair));
    setPairs(next);
    onDirty(JSON.stringify(next) !== JSON.stringify(pairsOf(saved)));
  };
  const save = async () => {
    setBusy(true);
    try {
      const full = pairs.filter(({ zh, en }) => zh.trim() !== '' && en.trim() !== '');
      await api.decideIncident(incident.id, 'reply', {
        version: incident.version,
        kind,
        zh: full.map(({ zh }) => zh),
        en: full.map(({ en }) => en),
      });
      say({ kind: 'done', text: t.incidents.saved });
      onDirty(false);
      await client.invalidateQueries({ queryKey: KEYS.incidents });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="incident-part" aria-labelledby="master-title">
      <h2 id="master-title">{t.incidents.replyTitle}</h2>
      <p className="soft small">{t.incidents.replyHint}</p>
      {pairs.map((pair, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a wording is its place in the list
        <div className="wording" key={at}>
          {(['zh', 'en'] as const).map((lang) => (
            <Textarea
              key={lang}
              label={`${t.incidents.wording(f.number(at + 1))} · ${t.incidents[lang]}`}
              lang={lang === 'zh' ? 'zh-Hans' : 'en'}
              autosize
              minRows={2}
              maxLength={2000}
              value={pair[lang]}
              onChange={(event) => write(at, lang, event.currentTarget.value)}
            />
          ))}
        </div>
      ))}
      <div className="incident-buttons">
        <Button
          size="sm"
          variant={changed ? 'filled' : 'default'}
          disabled={!changed}
          loading={busy}
          onClick={() => void save()}
        >
          {t.incidents.save}
        </Button>
        {pairs.length < 8 && (
          <Button size="sm" variant="subtle" onClick={() => setPairs([...pairs, { zh: '', en: '' }])}>
            {t.incidents.addWording}
          </Button>
        )}
      </div>
    </section>
  );
}

function pairsOf({ zh, en }: { zh: string[]; en: string[] }): { zh: string; en: string }[] {
  return Array.from({ length: Math.max(zh.length, en.length) }, (_, at) => ({ zh: zh[at] ?? '', en: en[at] ?? '' }));
}
