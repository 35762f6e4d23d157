import type { AnswerInfo } from '../../../answer-api.ts';
import { checkWords } from '../../i18n/check-words.ts';
import { useWords } from '../../i18n/index.tsx';

/** Which guard rails stand against a text, in which language; nothing where none does. */
export function FailedChecks({ failed }: { failed: AnswerInfo['failed'] }) {
  const { t } = useWords();
  if (failed.length === 0) return null;
  return (
    <ul className="checks-why">
      {failed.map(({ lang, name, why }) => (
        <li key={lang + name + why}>
          <strong>
            {t.settings.choices[lang] ?? lang}: {t.checks[name] ?? name}
          </strong>
          : {checkWords(name, why, t)}
        </li>
      ))}
    </ul>
  );
}
