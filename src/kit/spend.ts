import * as z from 'zod';
import { ConnectorError } from '../core/failures.ts';
import type { Instant } from '../core/nouns.ts';
import type { Spending } from '../core/ports.ts';
import type { Env } from './connector.ts';

/** What was spent in one month, in millionths of a dollar. */
const Ledger = z.object({ month: z.string(), since: z.number(), micros: z.int() });
export type Ledger = z.output<typeof Ledger>;

const DAY_MS = 86_400_000;
/** From this share on a budget is nearly used up. */
const NEAR = 0.8;

export interface Budget {
  /** Who charges, to begin a sentence with. */
  platform: string;
  /** In a calendar month, UTC. */
  usd: number;
  /** What the dearest step of reading costs at the least. Once less than that is left, the source stands still. */
  leastUsd: number;
}

/**
 * Keeps a source within its monthly budget. The count is our own, by the prices in the options, and errs on the high side;
 * it outlives restarts and is shared by all processes on the same data directory.
 */
export class Spend {
  readonly #env: Pick<Env<unknown, never>, 'keep' | 'now'>;
  readonly #budget: Budget;

  constructor(env: Pick<Env<unknown, never>, 'keep' | 'now'>, budget: Budget) {
    this.#env = env;
    this.#budget = budget;
  }

  /**
   * How many things at this price the budget still allows, at most `wanted`.
   *
   * @throws ConnectorError `rejected` when it is fewer than `least`: the source is paused, and goes on in the new month
   */
  async affordable(priceUsd: number, wanted: number, least: number): Promise<number> {
    const { micros } = await this.#ledger();
    const left = Math.max(0, inMicros(this.#budget.usd) - micros);
    const count = priceUsd === 0 ? wanted : Math.min(wanted, Math.floor(left / inMicros(priceUsd)));
    if (count < least) throw this.#stop('rejected');
    return count;
  }

  async add(usd: number): Promise<void> {
    if (usd === 0) return;
    await this.#env.keep.update('spend', (text) => {
      const ledger = readLedger(text, this.#env.now());
      return JSON.stringify({ ...ledger, micros: Math.max(0, ledger.micros + inMicros(usd)) });
    });
  }

  /** Counts a reply before it is sent. @throws ConnectorError `unauthorized` when it is too dear: the approval is kept */
  async reserve(usd: number): Promise<void> {
    await this.#env.keep.update('spend', (text) => {
      const ledger = readLedger(text, this.#env.now());
      const micros = ledger.micros + inMicros(usd);
      if (micros > inMicros(this.#budget.usd)) throw this.#stop('unauthorized');
      return JSON.stringify({ ...ledger, micros });
    });
  }

  async forecast(): Promise<Spending> {
    return forecast(await this.#ledger(), this.#budget, this.#env.now());
  }

  async #ledger(): Promise<Ledger> {
    return readLedger(await this.#env.keep.read('spend'), this.#env.now());
  }

  #stop(kind: 'rejected' | 'unauthorized'): ConnectorError {
    const now = this.#env.now();
    const next = new Date(endOf(now)).toISOString().slice(0, 10);
    const { usd, platform } = this.#budget;
    return new ConnectorError(
      kind,
      `The budget of $${usd} for ${monthOf(now)} is used up. ${platform} is neither read nor answered until ${next}; raise monthlyBudgetUsd to go on sooner.`,
    );
  }
}

/** Where this month's spending leads if it goes on as since counting began. */
export function forecast(
  { month, since, micros }: Ledger,
  { usd: budgetUsd, leastUsd }: Pick<Budget, 'usd' | 'leastUsd'>,
  now: Instant,
): Spending {
  const end = endOf(now);
  // The first reading catches up on days; less than a day says nothing about the next ones.
  const perMs = micros / 1e6 / Math.max(DAY_MS, now - since);
  const spentUsd = round(micros / 1e6);
  const expectedUsd = round(spentUsd + perMs * (end - now));
  const usedUpAt = perMs > 0 ? Math.round(now + Math.max(0, budgetUsd - spentUsd) / perMs) : Number.POSITIVE_INFINITY;
  const leftUsd = budgetUsd - micros / 1e6;
  const state = leftUsd < leastUsd ? 'used-up' : micros / 1e6 >= NEAR * budgetUsd ? 'near' : 'fine';
  return { state, month, spentUsd, expectedUsd, budgetUsd, renewsAt: end, ...(usedUpAt < end && { usedUpAt }) };
}

function readLedger(text: string | undefined, now: Instant): Ledger {
  const month = monthOf(now);
  const known = parse(text);
  if (known?.month === month) return known;
  return { month, since: known ? Date.parse(`${month}-01T00:00:00Z`) : now, micros: 0 };
}

function parse(text: string | undefined): Ledger | undefined {
  try {
    return Ledger.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}

function monthOf(now: Instant): string {
  return new Date(now).toISOString().slice(0, 7);
}

function endOf(now: Instant): Instant {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

function inMicros(usd: number): number {
  return Math.round(usd * 1e6);
}

function round(usd: number): number {
  return Math.round(usd * 1000) / 1000;
}
