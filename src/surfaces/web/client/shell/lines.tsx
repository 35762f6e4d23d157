import { useId, useState } from 'react';
import { useWide } from '../hooks/use-wide.ts';
import { useWords } from '../i18n/index.tsx';
import { useIncidentLines } from '../incidents/use-incident-lines.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Line } from './line.ts';
import { useBudgetLines } from './use-budget-lines.tsx';
import { useSampleLines } from './use-sample-lines.tsx';
import { useTroubleLines } from './use-trouble-lines.tsx';
import './lines.css';

/** What is burning, broken or not real, at the top of every page, as long as it is so. */
export function Lines() {
  const wide = useWide();
  const trouble = useTroubleLines();
  const incidents = useIncidentLines();
  const budget = useBudgetLines();
  const sample = useSampleLines();
  // Worst first.
  const all = [...trouble.offline, ...incidents, ...trouble.sources, ...budget, ...sample];
  if (!wide && all.length > 1) return <Folded lines={all} />;
  return (
    <>
      <div role="status">{[...trouble.offline, ...trouble.sources].map(wholeOf)}</div>
      {incidents.map(wholeOf)}
      <div role="status">{budget.map(wholeOf)}</div>
      {sample.map(wholeOf)}
    </>
  );
}

const wholeOf = ({ key, whole }: Line) => <div key={key}>{whole}</div>;

/** On a phone several of them would push the page off the screen: the worst in words and how many there are, until opened. */
function Folded({ lines }: { lines: Line[] }) {
  const { t, f } = useWords();
  const [open, setOpen] = useState(false);
  const all = useId();
  const [worst] = lines;
  if (!worst) return null;
  return (
    <div className="lines">
      <div role="status">
        <button
          type="button"
          className={`line line-fold ${open ? 'line-fold-open' : `line-${worst.tone}`}`}
          aria-expanded={open}
          aria-controls={all}
          onClick={() => setOpen(!open)}
        >
          {!open && (
            <>
              <Icon name={worst.icon} />
              <strong className="clip">
                <bdi>{worst.brief}</bdi>
              </strong>
            </>
          )}
          <span className="line-count">
            {t.lines(f.number(lines.length))} <Icon name={open ? 'up' : 'down'} />
          </span>
        </button>
      </div>
      <div id={all} hidden={!open}>
        {lines.map((line) =>
          // The others are landmarks by themselves.
          line.tone === 'amber' ? (
            <section key={line.key} aria-label={line.brief}>
              {line.whole}
            </section>
          ) : (
            wholeOf(line)
          ),
        )}
      </div>
    </div>
  );
}
