import { randomBytes } from 'node:crypto';
import { openSource, type World } from '#kit';
import { type CanaryState, canaryToken } from '../core/canary.ts';
import { asFailure, Refused } from '../core/failures.ts';
import type { SourceId } from '../core/nouns.ts';
import type { Clock, Source, Store } from '../core/ports.ts';
import { keepDoing } from '../schedule/index.ts';
import { type CanaryOutcome, sendCanary } from '../stages/post/index.ts';
import type { CanaryEntry, SourceEntry, WorkspaceHandle } from '../workspace/index.ts';
import { CanaryNotes, standing } from './canary-notes.ts';
import { connectorOf } from './opened-sources.ts';

const LOOK_MS = 5_000;
const MINUTE = 60_000;
/** What the keys of the test account are called: the connector's own names, with this behind them. */
const SUFFIX = '_CANARY';

export interface CanaryParts {
  store: Pick<Store, 'kept' | 'find' | 'appendAudit'>;
  workspace: WorkspaceHandle;
  clock: Clock;
  log: { info(message: string, fields?: object): void; warn(message: string, fields?: object): void };
  /** Opens a source as the test account, with what of its options is another for that one. @throws Refused, ConnectorError */
  openAs(entry: SourceEntry, options: Record<string, unknown>): Source;
}

/** Posts canaries, notes which came back, and says which sources are deaf. */
export class Canaries {
  readonly #parts: CanaryParts;
  readonly #notes: CanaryNotes;

  constructor(parts: CanaryParts) {
    this.#parts = parts;
    this.#notes = new CanaryNotes(parts.store);
  }

  /** How each one stands that is switched on and was posted before. */
  async states(): Promise<CanaryState[]> {
    const notes = this.#on().map(async ({ source }) => {
      const note = await this.#notes.read(source);
      return note ? [standing(source, note, this.#parts.clock)] : [];
    });
    return (await Promise.all(notes)).flat();
  }

  /** A source showed a canary. One that was posted elsewhere, or came back before, says nothing new. */
  async heard(source: SourceId, token: string): Promise<void> {
    const at = this.#parts.clock.now();
    let wasDeaf = false;
    const changed = await this.#notes.change(source, (note) => {
      if (note?.token !== token || note.heardAt !== undefined) return undefined;
      const { deafSince, problem: _, ...rest } = note;
      wasDeaf = deafSince !== undefined;
      return { ...rest, out: true, heardAt: at };
    });
    if (!changed || !wasDeaf) return;
    this.#parts.log.info('a source hears again', { source });
    await this.#record(source, 'canary-heard-again', {});
  }

  /** Says which are late, and posts those whose time has come. One round. */
  async round(): Promise<void> {
    for (const entry of this.#on()) {
      await this.#sayIfDeaf(entry);
      if (await this.#isDue(entry)) await this.#post(entry);
    }
  }

  /**
   * Switches the canary of a source on, by a named person: the one thing that is posted without a look at each.
   *
   * @param under a mention of that source, whose conversation takes the canaries: a quiet place
   * @throws Refused when it cannot be, with what to do
   */
  async switchOn(asked: Omit<CanaryEntry, 'by' | 'at'>, by: string): Promise<void> {
    const { workspace, clock } = this.#parts;
    const entry = workspace.current().sources.find(({ id }) => id === asked.source);
    if (!entry) throw new Refused('unknown-source', `There is no source "${asked.source}" in the settings.`);
    const { mention } = await this.#place(asked);
    const opened = this.#openedAs(entry, asked);
    const able = opened.reply !== undefined && opened.reply.onlyOnce === undefined;
    await opened.close();
    if (!able) {
      const why =
        'A canary is a reply by the test account, several times in one conversation; this platform has no way for that.';
      throw new Refused('no-canary-here', why);
    }
    await workspace.update(by, `canary of ${asked.source} switched on`, (draft) => {
      const others = draft.canaries.filter(({ source }) => source !== asked.source);
      const one = { ...asked, under: mention.id, by, at: new Date(clock.now()).toISOString() };
      draft.canaries = [...others, one];
    });
    await this.#record(asked.source, 'canary-switched-on', { under: mention.id, by }, by);
  }

  /** @throws Refused `no-canary` when there is none */
  async switchOff(source: SourceId, by: string): Promise<void> {
    const { workspace } = this.#parts;
    if (!workspace.current().canaries.some((one) => one.source === source))
      throw new Refused('no-canary', `The source "${source}" has no canary.`);
    await workspace.update(by, `canary of ${source} switched off`, (draft) => {
      draft.canaries = draft.canaries.filter((one) => one.source !== source);
    });
    await this.#record(source, 'canary-switched-off', {}, by);
  }

  /** Those of sources that are read. */
  #on(): CanaryEntry[] {
    const { sources, canaries } = this.#parts.workspace.current();
    return canaries.filter(({ source }) => sources.some(({ id, enabled }) => id === source && enabled));
  }

  async #sayIfDeaf({ source }: CanaryEntry): Promise<void> {
    const { clock, log } = this.#parts;
    const deaf = await this.#notes.change(source, (note) => {
      if (!note || note.deafSince !== undefined || standing(source, note, clock).verdict !== 'deaf') return undefined;
      return { ...note, deafSince: note.dueAt };
    });
    if (!deaf) return;
    log.warn('a source is deaf', { source, message: 'Its canary was posted and did not come back in its time.' });
    await this.#record(source, 'canary-not-heard', { sentAt: deaf.sentAt });
  }

  async #isDue({ source, everyMinutes }: CanaryEntry): Promise<boolean> {
    const note = await this.#notes.read(source);
    const now = this.#parts.clock.now();
    // A clock that was set back is no reason to wait.
    return !note || now >= note.sentAt + everyMinutes * MINUTE || note.sentAt > now + MINUTE;
  }

  async #post(entry: CanaryEntry): Promise<void> {
    const { source, withinMinutes, by } = entry;
    const now = this.#parts.clock.now();
    const token = canaryToken(randomBytes(10));
    // Written down before it is sent: whoever hears it at once must find it, and a crash posts no second one.
    await this.#notes.change(source, (before) => ({
      ...{ token, sentAt: now, dueAt: now + withinMinutes * MINUTE, out: false },
      ...(before?.deafSince !== undefined && { deafSince: before.deafSince }),
    }));
    const outcome = await this.#send(entry, token, now);
    await this.#notes.change(source, (note) => {
      if (note?.token !== token || note.heardAt !== undefined) return undefined;
      return 'problem' in outcome ? { ...note, problem: outcome.problem } : { ...note, out: true };
    });
    if ('problem' in outcome)
      this.#parts.log.warn('a canary could not be posted', { source, message: outcome.problem });
    else await this.#record(source, 'canary-posted', { ...outcome, switchedOnBy: by });
  }

  async #send(entry: CanaryEntry, token: string, now: number): Promise<CanaryOutcome> {
    try {
      const settings = this.#parts.workspace.current().sources.find(({ id }) => id === entry.source) as SourceEntry;
      const { mention } = await this.#place(entry);
      const opened = this.#openedAs(settings, entry);
      return await sendCanary(opened, mention, token, now).finally(() => opened.close());
    } catch (thrown) {
      return { problem: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  }

  async #place({ source, under }: Pick<CanaryEntry, 'source' | 'under'>) {
    const found = await this.#parts.store.find(under);
    if (found && found.mention.source === source && found.mention.state !== 'erased') return found;
    throw new Refused(
      'no-place',
      `There is no mention ${under} of the source "${source}". Write something in a quiet place that it hears, and name that mention.`,
    );
  }

  #openedAs(entry: SourceEntry, { options }: Pick<CanaryEntry, 'options'>): Source {
    try {
      return this.#parts.openAs(entry, options);
    } catch (thrown) {
      if (thrown instanceof Refused) throw thrown;
      throw new Refused('no-test-account', asFailure(thrown).message);
    }
  }

  #record(source: SourceId, action: string, detail: Record<string, unknown>, actor = 'earshot'): Promise<void> {
    return this.#parts.store.appendAudit({ at: this.#parts.clock.now(), actor, action, subject: source, detail });
  }
}

/** Posts and looks until `signal` was aborted. */
export function keepCanaries(canaries: Canaries, parts: Pick<CanaryParts, 'log'>, signal: AbortSignal): Promise<void> {
  const round = () => canaries.round();
  return keepDoing('canary', round, { store: { watch: () => () => {} }, everyMs: LOOK_MS, signal, log: parts.log });
}

/**
 * Opens a source as the test account: with the keys that have `_CANARY` behind their names, and nothing that our own
 * account keeps. Never as ourselves: a key that is missing is said by its name.
 */
export function asTestAccount(world: World): CanaryParts['openAs'] {
  return (entry, options) => {
    const connector = connectorOf(entry.connector);
    const secrets = Object.values(connector.secrets as Record<string, { env: string; optional?: true }>);
    const given = secrets.filter(({ env }) => world.variables[env + SUFFIX]);
    const missing = secrets.filter(({ env, optional }) => !optional && !world.variables[env + SUFFIX]);
    if (given.length === 0 || missing.length > 0) {
      const names = (missing.length > 0 ? missing : secrets).map(({ env }) => env + SUFFIX).join(', ');
      throw new Refused(
        'no-test-account',
        `A canary is posted by a test account, never by yours. Set its keys: ${names}.`,
      );
    }
    const variables = Object.fromEntries(secrets.map(({ env }) => [env, world.variables[env + SUFFIX]]));
    const { keeping, ...rest } = world;
    const own = keeping && { keeping: (scope: string) => keeping(`canary ${scope}`) };
    const settings = { id: entry.id, options: { ...entry.options, ...options } };
    return openSource(connector, settings, { ...rest, variables, ...own });
  };
}
