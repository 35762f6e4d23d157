import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReplyLanguage } from '../../../../../core/nouns.ts';
import { api } from '../../api-client.ts';
import { ChecksLine } from '../../draft/checks-line.tsx';
import { useWords } from '../../i18n/index.tsx';
import { textFaultWords } from '../../i18n/text-faults.ts';

const PAUSE_MS = 350;

interface Props {
  id: string;
  text: string;
  platform: string;
  lang: ReplyLanguage;
}

/** Words that nobody saved, as they would read on a platform, with what the guard rails say of them. */
export function TriedOut({ id, text, platform, lang }: Props) {
  const { t, lang: page } = useWords();
  const [settled] = useDebouncedValue(text, PAUSE_MS);
  const { data } = useQuery({
    queryKey: ['template-try', id, settled, platform],
    queryFn: ({ signal }) => api.tryTemplate({ id, text: settled, platform }, signal),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  const preview = data?.previews.find((one) => one.lang === lang) ?? data?.previews[0];
  return (
    <section
      className="template-tried"
      aria-label={t.settings.templates.reads(platform || t.settings.templates.anywhere)}
    >
      {data?.fault !== undefined && (
        <p className="template-note" role="alert">
          {textFaultWords(data.fault, page)}
        </p>
      )}
      {preview && (
        <>
          <p className="template-text" lang={preview.lang}>
            {preview.text}
          </p>
          <ChecksLine checked={{ checks: preview.checks, length: preview.length, pending: settled !== text }} />
        </>
      )}
    </section>
  );
}
