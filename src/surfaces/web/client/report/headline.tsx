import type { Report } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';

/** The few numbers to look at first, each beside the same time before. */
export function Headline({ report: { totals, answers, decisions, before }, days }: { report: Report; days: number }) {
  const { t, f } = useWords();
  const compare = (now: number | undefined, then: number | undefined) => {
    if (now === undefined) return '';
    if (!then) return t.report.noBefore;
    const by = now / then - 1;
    if (Math.round(by * 100) === 0) return t.report.same;
    const text = f.percent(Math.abs(by));
    return by > 0 ? t.report.more(text, f.number(days)) : t.report.less(text, f.number(days));
  };
  const asked = totals.solved + totals.unsolved;
  const shown: [string, string, string][] = [
    [t.report.heard, f.number(totals.heard), compare(totals.heard, before.totals.heard)],
    [t.report.posted, f.number(totals.posted), compare(totals.posted, before.totals.posted)],
    [
      t.report.waits,
      answers.medianMs === undefined ? '–' : f.duration(answers.medianMs),
      compare(answers.medianMs, before.answers.medianMs),
    ],
    [
      t.report.inTime,
      answers.withTarget > 0 ? f.percent(answers.within / answers.withTarget) : '–',
      answers.withTarget > 0 ? t.report.ofThem(f.number(answers.within), f.number(answers.withTarget)) : '',
    ],
    [
      t.report.asDrafted,
      decisions.approved > 0 ? f.percent((decisions.approved - decisions.edited) / decisions.approved) : '–',
      decisions.approved > 0
        ? t.report.ofThem(f.number(decisions.approved - decisions.edited), f.number(decisions.approved))
        : '',
    ],
    [
      t.report.solved,
      asked > 0 ? f.percent(totals.solved / asked) : '–',
      asked > 0 ? t.report.ofThem(f.number(totals.solved), f.number(asked)) : '',
    ],
    [t.report.cameBack, f.number(totals.cameBack), compare(totals.cameBack, before.totals.cameBack)],
  ];
  return (
    <dl className="totals">
      {shown.map(([name, value, beside]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          <dd className="totals-beside">{beside}</dd>
        </div>
      ))}
    </dl>
  );
}
