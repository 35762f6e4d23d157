import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { Report } from '../../api.ts';
import { useReport, useSources } from '../hooks/queries.ts';
import { useLate } from '../hooks/use-late.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { useTypeTitle } from '../mention/use-type-title.ts';
import { CountTable } from './count-table.tsx';
import { SpendingTable } from './spending-table.tsx';
import { everyDay, sumBy } from './sums.ts';
import './report.css';

const PERIODS = [7, 30, 90];

/** What was heard and what became of it. Every bar stands in a table with its number. */
export default function ReportPage() {
  const { t, f } = useWords();
  const [days, setDays] = useState(30);
  const { data, error, isPending, refetch } = useReport(days);
  const late = useLate(isPending);
  return (
    <main className="page" id="mention" tabIndex={-1}>
      <div className="page-inner">
        <div className="page-top">
          <div>
            <h1>{t.report.title}</h1>
            <p className="soft">{t.report.intro}</p>
          </div>
          <fieldset className="periods">
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
        {error && !data && (
          <p role="alert">
            {t.trouble.notLoaded}: {failureWords(error, t)}{' '}
            <button type="button" className="link-button" onClick={() => void refetch()}>
              {t.tryAgain}
            </button>
          </p>
        )}
        {data && (data.rows.length === 0 ? <p className="soft">{t.report.nothing}</p> : <Tables report={data} />)}
        {data && data.spending.length > 0 && <SpendingTable spending={data.spending} />}
      </div>
    </main>
  );
}

function Tables({ report: { rows, totals } }: { report: Report }) {
  const { t, f } = useWords();
  const title = useTypeTitle();
  const { data: sources } = useSources();
  const languages: Record<string, string> = t.languages;
  return (
    <>
      <dl className="totals">
        {(['heard', 'posted', 'dismissed', 'solved', 'unsolved'] as const).map((name) => (
          <div key={name}>
            <dt>{t.report[name]}</dt>
            <dd>{f.number(totals[name])}</dd>
          </div>
        ))}
      </dl>
      <div className="tables">
        <CountTable
          caption={t.report.byType}
          of={t.report.type}
          rows={sumBy(rows, (row) => row.problemType).map((row) => ({
            ...row,
            label: row.key ? title(row.key) : t.report.unsorted,
          }))}
        />
        <CountTable
          caption={t.report.byDay}
          of={t.report.day}
          rows={everyDay(rows).map((row) => ({ ...row, label: f.day(Number(row.key)) }))}
        />
        <CountTable
          caption={t.report.bySource}
          of={t.report.source}
          rows={sumBy(rows, (row) => row.source).map((row) => ({
            ...row,
            label: sources?.find(({ id }) => id === row.key)?.name ?? row.key,
          }))}
        />
        <CountTable
          caption={t.report.byLanguage}
          of={t.report.language}
          rows={sumBy(rows, (row) => row.lang).map((row) => ({
            ...row,
            label: languages[row.key] ?? (row.key || t.report.unsorted),
          }))}
        />
      </div>
    </>
  );
}
