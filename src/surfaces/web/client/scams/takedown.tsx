import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AccountAsked, Takedown as Report } from '../../scam-api.ts';
import { api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { useMay } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { useHref } from '../mention/use-href.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';

/** The report for the platform: written when somebody asks for it, since that is recorded. */
export function Takedown({ account: { connector, authorId } }: { account: AccountAsked }) {
  const { t } = useWords();
  const href = useHref();
  const [report, setReport] = useState<Report>();
  const [busy, setBusy] = useState(false);
  if (!useMay('triage')) return null;
  const write = async () => {
    setBusy(true);
    try {
      setReport(await api.takedown({ connector, authorId }));
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    } finally {
      setBusy(false);
    }
  };
  const place = href(report?.at);
  return (
    <section aria-labelledby="scam-takedown">
      <h2 id="scam-takedown">{t.scams.takedown}</h2>
      <p className="soft">{t.scams.takedownHint}</p>
      {report && (
        <pre className="outside scam-report" lang="en">
          {report.text}
        </pre>
      )}
      <p className="scam-buttons">
        {report ? (
          <CopyButton text={report.text} />
        ) : (
          <Button size="xs" variant="default" disabled={busy} onClick={() => void write()}>
            {t.scams.write}
          </Button>
        )}
        {place && (
          <a href={place} target="_blank" rel="noreferrer noopener">
            {t.scams.whereTo} <Icon name="open" size={13} />
          </a>
        )}
      </p>
    </section>
  );
}
