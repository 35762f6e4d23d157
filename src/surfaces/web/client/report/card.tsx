import type { ReactNode } from 'react';
import type { CsvTable } from '../../api.ts';
import { api } from '../api-client.ts';
import { useWords } from '../i18n/index.tsx';

interface Props {
  id: string;
  title: string;
  hint?: string;
  /** Which table a spreadsheet gets, over which days. */
  csv: CsvTable;
  days: number;
  /** Takes the whole width. */
  wide?: boolean;
  children: ReactNode;
}

/** One part of the report, with its way into a spreadsheet. */
export function Card({ id, title, hint, csv, days, wide = false, children }: Props) {
  const { t } = useWords();
  return (
    <article className={wide ? 'card card-wide' : 'card'} aria-labelledby={id}>
      <div className="card-top">
        <h2 id={id}>{title}</h2>
        <a className="card-csv" href={api.reportCsv(days, csv)} download aria-label={`${t.report.csv}: ${title}`}>
          {t.report.csv}
        </a>
      </div>
      {hint && <p className="small soft">{hint}</p>}
      {children}
    </article>
  );
}
