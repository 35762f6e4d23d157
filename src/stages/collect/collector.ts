import { asFailure, ConnectorError } from '../../core/failures.ts';
import { ELSEWHERE } from '../../core/leases.ts';
import type { SourceId } from '../../core/nouns.ts';
import type { From, Identity, Page, Source, SourceStatus } from '../../core/ports.ts';
import { mayPull } from './back-off.ts';
import { preparePage } from './page.ts';
import { recordFailure, recordSuccess } from './status.ts';
import type { CollectOptions, CollectorDeps, CollectResult } from './types.ts';
import { withLimit } from './with-limit.ts';

const PAGE_LIMIT_MS = 5 * 60_000;
/** How long a person, or a live connection that begins, waits for another process that reads the source. */
const ASKED_WAIT_MS = 60_000;

const BACKLOG = 'So many mentions wait to be sorted that reading rests. It goes on by itself, from where it stopped.';

export interface Collector {
  /**
   * Reads a source page by page from where the last run stopped, each page stored together with its cursor. Never twice at
   * once for one source: who asks meanwhile gets the result of the run that goes on, or with `anew` of the next one. Where
   * another process reads the source, its turn is waited for with `asked` and `anew`, and else given up. Every outcome is kept as the source's status; nothing is thrown for a broken source, page or item.
   */
  collect(source: Source, options: CollectOptions): Promise<CollectResult>;
  /** Who we are at a source, asked once for each time it is opened. @throws ConnectorError */
  identityOf(source: Source, signal: AbortSignal): Promise<Identity>;
}

export function createCollector(deps: CollectorDeps): Collector {
  const running = new Map<SourceId, Promise<CollectResult>>();
  const identities = new WeakMap<Source, Identity>();

  async function identityOf(source: Source, signal: AbortSignal): Promise<Identity> {
    const known = identities.get(source);
    if (known) return known;
    const limit = deps.pageLimitMs ?? PAGE_LIMIT_MS;
    const identity = await withLimit(limit, signal, `Source "${source.id}"`, (inner) => source.check(inner));
    identities.set(source, identity);
    return identity;
  }

  async function runAlone(source: Source, options: CollectOptions, waitMs: number): Promise<CollectResult> {
    const run = (signal: AbortSignal) => new Run(deps, source, { ...options, signal }, identityOf);
    if (!deps.alone || !source.pull) return run(options.signal).start();
    const work = (signal: AbortSignal) => run(signal).start();
    const result = await deps.alone(`collect ${source.id}`, work, { signal: options.signal, waitMs });
    return result === ELSEWHERE ? run(options.signal).leave() : result;
  }

  return {
    identityOf,
    collect(source, { anew, ...options }) {
      const already = running.get(source.id);
      if (already) return anew ? already.then(() => this.collect(source, options)) : already;
      const waitMs = anew ? Number.POSITIVE_INFINITY : options.asked ? ASKED_WAIT_MS : 0;
      const run = runAlone(source, options, waitMs).finally(() => running.delete(source.id));
      running.set(source.id, run);
      return run;
    },
  };
}

/** One walk over the pages of one source. */
class Run {
  readonly #deps: CollectorDeps;
  readonly #source: Source;
  readonly #options: CollectOptions;
  readonly #identityOf: Collector['identityOf'];
  readonly #result: CollectResult;
  readonly #notices: string[] = [];

  constructor(deps: CollectorDeps, source: Source, options: CollectOptions, identityOf: Collector['identityOf']) {
    this.#deps = deps;
    this.#source = source;
    this.#options = options;
    this.#identityOf = identityOf;
    const none = { pages: 0, added: 0, changed: 0, known: 0, ours: 0, skipped: 0 };
    this.#result = { source: source.id, state: 'new', message: '', ...none, rested: false };
  }

  async start(): Promise<CollectResult> {
    const { store, clock } = this.#deps;
    const before = (await store.statuses()).find(({ source }) => source === this.#source.id);
    if (
      !this.#source.pull ||
      this.#options.signal.aborted ||
      !mayPull(before, clock.now(), this.#options.asked ?? false)
    ) {
      return this.#rest(before);
    }
    try {
      await this.#pages();
    } catch (thrown) {
      if (this.#options.signal.aborted) return this.#rest(before, false);
      return this.#end(await recordFailure(this.#deps, this.#source.id, before, asFailure(thrown)));
    }
    return this.#end(await recordSuccess(this.#deps, this.#source.id, this.#notices));
  }

  /** Not pulled, since another process is at it. */
  async leave(): Promise<CollectResult> {
    const before = (await this.#deps.store.statuses()).find(({ source }) => source === this.#source.id);
    return { ...this.#rest(before), elsewhere: true };
  }

  async #pages(): Promise<void> {
    const { pull } = this.#source;
    if (!pull) return;
    const { store } = this.#deps;
    const { signal, since } = this.#options;
    const identity = await this.#identityOf(this.#source, signal);
    const cursor = await store.cursor(this.#source.id);
    let from: From = cursor === undefined ? { since } : { cursor };
    for (let more = true; more; ) {
      if (await this.#deps.backlog?.()) {
        this.#result.backlog = true;
        this.#notices.push(BACKLOG);
        return;
      }
      const limit = this.#deps.pageLimitMs ?? PAGE_LIMIT_MS;
      const place = from;
      const page = await withLimit(limit, signal, `Source "${this.#source.id}"`, (inner) => pull(place, inner));
      await this.#keep(page, from, identity);
      from = { cursor: page.cursor };
      more = page.more;
      if (more) signal.throwIfAborted();
    }
  }

  async #keep(page: Page, from: From, identity: Identity): Promise<void> {
    const { store, clock, ourHandles } = this.#deps;
    const { toSave, ours, canaries } = preparePage(this.#source, page, from, { identity, ourHandles }, clock.now());
    const saved = await store.savePage(toSave).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new ConnectorError('unavailable', `What was read could not be stored (${why}). It is read again.`, {
        cause: error,
      });
    });
    for (const token of canaries) await this.#deps.onCanary?.(this.#source.id, token);
    const skippedItems = toSave.skipped ?? [];
    const skipped = skippedItems.length;
    const result = this.#result;
    result.pages++;
    result.added += saved.added.length;
    result.changed += saved.changed.length;
    result.known += saved.known;
    result.ours += ours;
    result.skipped += skipped;
    this.#notices.push(...(page.notices ?? []));
    this.#options.onPage?.({
      source: this.#source.id,
      added: saved.added.length,
      known: saved.known,
      skipped,
      skippedItems,
      ...(page.progress && { progress: page.progress }),
    });
  }

  #rest(before: SourceStatus | undefined, rested = true): CollectResult {
    return { ...this.#end(before ?? { state: 'new', message: '' }), rested };
  }

  #end({ state, message, until }: Pick<SourceStatus, 'state' | 'message' | 'until'>): CollectResult {
    return { ...this.#result, state, message, ...(until !== undefined && { until }) };
  }
}
