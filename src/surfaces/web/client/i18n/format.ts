/** Dates, numbers and lists the way the reader's language writes them. */
export interface Format {
  number(n: number): string;
  /** 0 to 1 as a percentage without decimals. */
  percent(share: number): string;
  /** "3 min. ago": short, for rows. */
  ago(at: number, now: number): string;
  /** Day and time, as exact as a person needs. */
  dateTime(at: number): string;
  /** A UTC day with its year, for what is months away. */
  date(at: number): string;
  /** A UTC day, for reports. */
  day(at: number): string;
  list(names: readonly string[]): string;
  /** "What: this", with the colon of the language. */
  pair(what: string, is: string): string;
  /** US dollars, to the cent. */
  usd(sum: number): string;
  /** US dollars, as exact as the smallest prices are. */
  price(sum: number): string;
  /** How long something took: "12 min", "3.4 hr". */
  duration(ms: number): string;
  /** "2026-11" as the reader writes it. */
  month(month: string): string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @param locale BCP 47 */
export function makeFormat(locale: string): Format {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const relative = new Intl.RelativeTimeFormat(locale, { style: 'narrow', numeric: 'always' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const short = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const day = new Intl.DateTimeFormat(locale, { weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const usd = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' });
  const price = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', maximumFractionDigits: 4 });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const unit = (name: 'minute' | 'hour' | 'day') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 1 });
  const [minutes, hours, days] = [unit('minute'), unit('hour'), unit('day')];
  const valid = (at: number) => Number.isFinite(at) && Math.abs(at) <= 8.64e15;

  return {
    number: (n) => number.format(n),
    percent: (share) => percent.format(share),
    ago(at, now) {
      if (!valid(at)) return '';
      const gone = Math.max(0, now - at);
      if (gone < HOUR) return relative.format(-Math.floor(gone / MINUTE), 'minute');
      if (gone < DAY) return relative.format(-Math.floor(gone / HOUR), 'hour');
      if (gone < 14 * DAY) return relative.format(-Math.floor(gone / DAY), 'day');
      return short.format(at);
    },
    dateTime: (at) => (valid(at) ? dateTime.format(at) : ''),
    date: (at) => (valid(at) ? date.format(at) : ''),
    day: (at) => (valid(at) ? day.format(at) : ''),
    list: (names) => list.format(names),
    pair: (what, is) => `${what}${locale.startsWith('zh') ? '：' : ': '}${is}`,
    usd: (sum) => usd.format(sum),
    price: (sum) => price.format(sum),
    duration(ms) {
      if (ms < HOUR) return minutes.format(Math.round(ms / MINUTE));
      return ms < 2 * DAY ? hours.format(ms / HOUR) : days.format(ms / DAY);
    },
    month: (text) => month.format(Date.parse(`${text}-01T00:00:00Z`)),
  };
}
