import type { SettingsDifference } from '../../../settings-api.ts';
import { useWords } from '../../i18n/index.tsx';
import { readable } from '../../sources/option-field.tsx';
import { labelOf } from '../form/labels.ts';

const MOST = 12;

/** Which settings changed, from what to what. */
export function DifferenceList({ differences }: { differences: readonly SettingsDifference[] }) {
  const { t, f } = useWords();
  const left = differences.length - MOST;
  return (
    <ul className="differences">
      {differences.slice(0, MOST).map(({ path, before, after }) => (
        <li key={path}>
          <Where path={path} />
          <span className="difference-values">
            {before !== undefined && <Value kind="before" value={before} />}
            {after !== undefined && <Value kind="after" value={after} />}
          </span>
        </li>
      ))}
      {left > 0 && <li className="soft">{t.settings.more(f.number(left))}</li>}
    </ul>
  );
}

/** "brand.allowedLinks.1" as "Brand › Allowed links › 2". */
function Where({ path }: { path: string }) {
  const { t, lang, f } = useWords();
  const [section = '', ...steps] = path.split('.');
  const names = steps.map((step, at) =>
    /^\d+$/.test(step)
      ? f.number(Number(step) + 1)
      : labelOf(lang, [section, ...steps.slice(0, at + 1)].join('.')).label,
  );
  return (
    <span className="difference-where">
      {[t.settings.sections[section] ?? readable(section), ...names].join(' › ')}
    </span>
  );
}

function Value({ kind, value }: { kind: 'before' | 'after'; value: unknown }) {
  const { t } = useWords();
  const words = typeof value === 'boolean' ? (value ? t.settings.yes : t.settings.no) : textOf(value);
  const Mark = kind === 'before' ? 'del' : 'ins';
  return (
    <Mark className="outside">
      <span className="unseen">{kind === 'before' ? t.settings.before : t.settings.after}: </span>
      {words}
    </Mark>
  );
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
