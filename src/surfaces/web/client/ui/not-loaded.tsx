import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';

/** In the place of what could not be fetched: why, and a way to try again. Nothing where something older is shown. */
export function NotLoaded({ query }: { query: { error: unknown; data: unknown; refetch(): unknown } }) {
  const { t, f } = useWords();
  const { error, data, refetch } = query;
  if (!error || data !== undefined) return null;
  return (
    <p role="alert">
      {f.pair(t.trouble.notLoaded, failureWords(error, t))}{' '}
      <button type="button" className="link-button" onClick={() => void refetch()}>
        {t.tryAgain}
      </button>
    </p>
  );
}
