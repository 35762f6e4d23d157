import { checkName, checkWords } from '../../../../core/checks.ts';
import { useFold } from '../hooks/use-fold.ts';
import { useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { Icon } from '../ui/icon.tsx';
import { KeyOf } from '../ui/key.tsx';
import type { Checked } from './use-checked.ts';

/** The guard rails in one line, and the length by the platform's own counting. What stops is said in full. */
export function ChecksLine({ checked }: { checked: Checked }) {
  const { t, f, lang } = useWords();
  const fold = useFold('checks');
  const bad = checked.checks.filter(({ ok }) => !ok);
  const good = checked.checks.filter(({ ok }) => ok);
  return (
    <div id="checks" className="checks" aria-live="polite">
      <div className="checks-row">
        <details ref={fold} className="checks-all">
          <summary className={bad.length > 0 ? 'checks-bad' : undefined} aria-keyshortcuts={shortcutOf('checks')}>
            <Icon name={bad.length > 0 ? 'urgent' : 'check'} size={14} />
            {bad.length > 0
              ? t.draft.checksBad(bad.length, f.number(bad.length))
              : t.draft.checksOk(good.length, f.number(good.length))}
            <KeyOf action="checks" />
          </summary>
          <ul>
            {good.map(({ name }) => (
              <li key={name}>
                <Icon name="check" size={13} /> {checkName(name, lang)}
              </li>
            ))}
          </ul>
        </details>
        <span className="soft">{checked.pending && t.draft.checking}</span>
        {checked.priceUsd !== undefined && (
          <span className="draft-price" title={t.triage.priceHint}>
            {t.triage.price(f.price(checked.priceUsd))}
          </span>
        )}
        {checked.length && <Length {...checked.length} />}
      </div>
      {bad.length > 0 && (
        <ul className="checks-why">
          {bad.map(({ name, why }) => (
            <li key={name + why}>
              <strong>{checkName(name, lang)}</strong>: {checkWords(name, why, lang)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const NEARLY = 0.9;

function Length({ used, max }: { used: number; max: number }) {
  const { t, f } = useWords();
  const share = max > 0 ? used / max : 0;
  const kind = used > max ? 'over' : share > NEARLY ? 'near' : 'fine';
  return (
    <span className={`length length-${kind}`}>
      <span className="length-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(100, share * 100)}%` }} />
      </span>
      {t.draft.length(f.number(used), f.number(max))}
      {used > max && ` · ${t.draft.tooLong(f.number(used - max))}`}
    </span>
  );
}
