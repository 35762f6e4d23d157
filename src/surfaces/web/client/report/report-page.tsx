import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { Report } from '../../api.ts';
import { useReport } from '../hooks/queries.ts';
import { useLate } from '../hooks/use-late.ts';
import { useWords } from '../i18n/index.tsx';
import { NotLoaded } from '../ui/not-loaded.tsx';
import { Headline } from './headline.tsx';
import { DecisionsCard, IncidentsCard, QualityCard } from './outcomes.tsx';
import { SpendingCard } from './spending-card.tsx';
import { Volume } from './volume.tsx';
import { Waits } from './waits.tsx';
import './report.css';

const PERIODS = [7, 30, 90, 365];

/** What was heard, what became of it, and how long people waited. Every picture stands beside its table. */
export default function ReportPage() {
  const { t, f } = useWords();
  const [days, setDays] = useState(30);
  const query = useReport(days);
  const { data, isPending } = query;
  const late = useLate(isPending);
  return (
    <main className="page" id="mention" tabIndex={-1}>
      <div className="page-inner">
        <div className="page-top">
          <div>
            <h1>{t.report.title}</h1>
            <p className="soft">{t.report.intro}</p>
          </div>
          <fieldset className="choices">
            <legend className="unseen">{t.report.period}</legend>
            {PERIODS.map((n) => (
              <Button
                key={n}
                size="xs"
                variant={n === days ? 'light' : 'default'}
                aria-pressed={n === days}
                onClick={() => setDays(n)}
              >
                {t.report.days(f.number(n))}
              </Button>
            ))}
          </fieldset>
        </div>
        {late && <Skeleton height={240} />}
        <NotLoaded query={query} />
        {data && <Cards report={data} days={days} />}
      </div>
    </main>
  );
}

function Cards({ report, days }: { report: Report; days: number }) {
  const { t } = useWords();
  return (
    <>
      <Headline report={report} days={days} />
      <div className="cards">
        {report.rows.length === 0 ? <p className="soft">{t.report.nothing}</p> : <Volume report={report} days={days} />}
        <Waits report={report} days={days} />
        <DecisionsCard report={report} days={days} />
        <QualityCard report={report} days={days} />
        <IncidentsCard report={report} days={days} />
        {report.spending.length > 0 && <SpendingCard spending={report.spending} days={days} />}
      </div>
    </>
  );
}
