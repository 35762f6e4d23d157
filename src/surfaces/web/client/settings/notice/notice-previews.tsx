import { checkName, checkWords } from '../../../../../core/checks.ts';
import type { NoticePreview } from '../../../settings-api.ts';
import { useWords } from '../../i18n/index.tsx';

/** How a notice reads below a draft, in each script. */
export function NoticePreviews({ previews }: { previews: NoticePreview | undefined }) {
  const { t, lang: page } = useWords();
  if (!previews?.some(({ said }) => said.trim() !== '')) return null;
  return (
    <section className="notice-previews" aria-label={t.notice.reads}>
      <h3>{t.notice.reads}</h3>
      {previews.map(({ lang, said, draft, failed }) => (
        <div key={lang} className="template-tried">
          <h4>{t.settings.choices[lang] ?? lang}</h4>
          <p className="template-text soft" lang={lang}>
            {draft}
          </p>
          <p className="template-text" lang={lang}>
            <mark className="notice-said">{said}</mark>
          </p>
          {failed.length > 0 && (
            <ul className="checks-why">
              {failed.map(({ name, why }) => (
                <li key={name}>
                  <strong>{checkName(name, page)}</strong>: {checkWords(name, why, page)}
                </li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </section>
  );
}
