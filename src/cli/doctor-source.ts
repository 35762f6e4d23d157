import { asFailure } from '../core/failures.ts';
import type { Finding, Source, SourceStatus, Spending } from '../core/ports.ts';
import type { Parts } from '../parts/index.ts';
import { outlookOf, usd } from './report.ts';

const LIMIT_MS = 30_000;
/** Signatures, waiting times and searches go wrong from some minutes on; a host's second may be a little old. */
const CLOCK_MS = 2 * 60_000;

/** One source, thing by thing: credentials, rights and limits, clock, budget, and how reading went so far. */
export async function* examineSource({ opened, store }: Parts, id: string): AsyncGenerator<Finding> {
  const what = `source ${id}`;
  const source = opened.tryGet(id);
  const status = (await store.statuses()).find((one) => one.source === id);
  const works = await tried(what, async () => {
    const { handle, note } = await (source ?? opened.get(id)).check(AbortSignal.timeout(LIMIT_MS));
    return [`works${handle ? ` as ${handle}` : ''}`, ...(note ? [note] : []), lastRead(status)].join(', ');
  });
  yield works;
  if (!source) return;
  for (const finding of works.ok ? await examined(source) : []) yield { ...finding, what: `${what}, ${finding.what}` };
  const clock = clockOf(source);
  if (clock) yield { ...clock, what: `${what}, clock` };
  const spending = await source.spending?.();
  if (spending) yield { ...budgetOf(spending), what: `${what}, budget` };
  const reading = readingOf(status, works.ok, spending);
  if (reading) yield { what: `${what}, reading`, ok: false, message: reading };
}

export async function tried(what: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { what, ok: true, message: await look() };
  } catch (thrown) {
    return { what, ok: false, message: asFailure(thrown).message };
  }
}

async function examined(source: Source): Promise<Finding[]> {
  try {
    return (await source.examine?.(AbortSignal.timeout(LIMIT_MS))) ?? [];
  } catch (thrown) {
    return [{ what: 'rights', ok: false, message: asFailure(thrown).message }];
  }
}

function lastRead(status: SourceStatus | undefined): string {
  return status?.lastSuccessAt ? `last read ${new Date(status.lastSuccessAt).toISOString()}` : 'not read yet';
}

function clockOf(source: Source): Omit<Finding, 'what'> | undefined {
  const skew = source.clockSkew?.();
  if (!skew) return undefined;
  const off = Math.abs(skew.ms);
  if (off < CLOCK_MS) return { ok: true, message: `agrees with ${skew.host}` };
  const message = `This machine's clock is ${Math.round(off / 60_000)} minutes ${skew.ms > 0 ? 'ahead of' : 'behind'} ${skew.host}. Set it right, and let a time service keep it (timedatectl set-ntp true).`;
  return { ok: false, message };
}

function budgetOf(spending: Spending): Omit<Finding, 'what'> {
  const spent = `${usd(spending.spentUsd)} of ${usd(spending.budgetUsd)} spent in ${spending.month}`;
  return { ok: spending.state === 'fine', message: `${spent}, ${outlookOf(spending)}` };
}

/** What the last reading ended with, where that is not said already. */
function readingOf(status: SourceStatus | undefined, works: boolean, spending?: Spending): string | undefined {
  if (!status || !works || ['new', 'ok'].includes(status.state) || spending?.state === 'used-up') return undefined;
  const advice = status.state === 'unauthorized' ? ` If that is mended, run: earshot pull ${status.source}` : '';
  return `${status.state}: ${status.message}${advice}`;
}
