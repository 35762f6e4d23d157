import { useNow } from '../hooks/use-now.ts';
import { useWords } from '../i18n/index.tsx';

/** "3 min. ago", with the exact time for whoever points at it. */
export function Ago({ at }: { at: number }) {
  const { f } = useWords();
  const now = useNow();
  const exact = f.dateTime(at);
  return (
    <time dateTime={exact && new Date(at).toISOString()} title={exact}>
      {f.ago(at, now)}
    </time>
  );
}
