import { checkName, checkWords } from '../../../../../core/checks.ts';
import type { AnswerInfo } from '../../../answer-api.ts';
import { useWords } from '../../i18n/index.tsx';

/** Which guard rails stand against a text, in which language; nothing where none does. */
export function FailedChecks({ failed }: { failed: AnswerInfo['failed'] }) {
  const { t, lang: page } = useWords();
  if (failed.length === 0) return null;
  return (
    <ul className="checks-why">
      {failed.map(({ lang, name, why }) => (
        <li key={lang + name + why}>
          <strong>
            {t.settings.choices[lang] ?? lang}: {checkName(name, page)}
          </strong>
          : {checkWords(name, why, page)}
        </li>
      ))}
    </ul>
  );
}
