import { useState } from 'react';
import type { Detail } from '../../api.ts';
import { say } from '../hooks/notices.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { masked } from './spans.ts';

interface CoveredProps {
  text: string;
  kind: NonNullable<Detail['assessment']>['personal'][number]['kind'];
  /** Asks the server for what is covered; that is recorded. */
  reveal(): Promise<string>;
}

/** Personal data comes covered from the server; it is handed out on request, and that is recorded. */
export function Covered({ text, kind, reveal }: CoveredProps) {
  const { t, lang } = useWords();
  const [seen, setSeen] = useState<string>();
  const [shown, setShown] = useState(false);
  const toggle = async () => {
    if (shown || seen !== undefined) return setShown(!shown);
    try {
      setSeen(await reveal());
      setShown(true);
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    }
  };
  const what = t.mention.personal[kind];
  const label = shown ? t.mention.shown(what) : t.mention.hidden(what);
  return (
    <button
      type="button"
      className="covered"
      lang="en"
      aria-pressed={shown}
      title={label}
      onClick={() => void toggle()}
    >
      {shown ? seen : masked(text)}
      <span className="unseen" lang={lang}>
        {` (${label})`}
      </span>
    </button>
  );
}
