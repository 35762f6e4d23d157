import { afterEach, beforeEach } from 'vitest';
import type { CoverageSpan, Source, SourceStatus, Store } from '../../../src/core/ports.ts';
import { type CollectorDeps, type CollectResult, createCollector, listen } from '../../../src/stages/collect/index.ts';
import { LocalDiscord } from '../../platforms/discord.ts';
import type { Room } from '../../platforms/discord-world.ts';
import { type DiscordSettings, openDiscord, until } from '../../platforms/open-discord.ts';
import { HandClock, quiet, temporaryStore } from '../../platforms/open-forum.ts';

/** A local Discord with one server and one channel, and everything around a collector, made anew for each test. */
export let platform: LocalDiscord;
export let guild: string;
export let help: Room;
export let store: Store;
export let clock: HandClock;
export let deps: CollectorDeps;
let disk: Awaited<ReturnType<typeof temporaryStore>>;
/** Every state that the source was in, last one last. */
export let states: SourceStatus[];
const looks = new Set<() => void>();
let lives: Life[];

export function setUpDiscord(): void {
  beforeEach(async () => {
    platform = await LocalDiscord.start();
    guild = platform.world.addGuild('Acorn Wallet');
    help = platform.world.addRoom(guild, 'help');
    disk = await temporaryStore();
    store = disk.store;
    clock = new HandClock();
    deps = { store: impatient(store), clock, log: quiet, ourHandles: () => [], random: () => 0 };
    lives = [];
    states = [];
  });
  afterEach(async () => {
    await Promise.all(lives.map((life) => life.end()));
    await platform.close();
    await disk.remove();
  });
}

/** No waiting in a test: whatever rest a failure asks for is over at once. */
function impatient(of: Store): Store {
  return {
    ...of,
    async saveStatus(status) {
      await of.saveStatus(status);
      states.push({ ...status, stored: 0, skipped: 0 });
      for (const look of looks) look();
      if (status.until) clock.pass(Math.max(0, status.until - clock.now()) + 1);
    },
  };
}

export const open = (settings: DiscordSettings = {}): Source => openDiscord(platform, { clock, ...settings });

/** One run of the real collector, as a new process would begin it. */
export function collect(source = open(), since = 0): Promise<CollectResult> {
  const options = { since, signal: new AbortController().signal, asked: true };
  return createCollector(deps).collect(source, options);
}

export interface Life {
  source: Source;
  /** Resolves when listening ended by itself. */
  ended: Promise<void>;
  end(): Promise<void>;
}

/** Listens as the server process does, until it is ended. */
export function live(settings: DiscordSettings = {}): Life {
  const stop = new AbortController();
  const source = open(settings);
  const ended = listen(source, deps, createCollector(deps), { since: 0, signal: stop.signal });
  const life: Life = {
    source,
    ended,
    async end() {
      stop.abort();
      await ended;
    },
  };
  lives.push(life);
  return life;
}

export const texts = async (): Promise<string[]> =>
  (await store.queue({ limit: 2_000, order: 'newest' })).rows.map(({ mention }) => mention.text).sort();
export const heard = (...expected: string[]) =>
  until(store, async () => {
    const all = await texts();
    return expected.every((text) => all.includes(text));
  });
/** Resolves when the source is, or was, in this state. */
export const wasIn = (state: string): Promise<SourceStatus> =>
  new Promise((resolve) => {
    const look = () => {
      const met = states.find((one) => one.state === state);
      if (!met) return;
      looks.delete(look);
      resolve(met);
    };
    looks.add(look);
    look();
  });
export const status = async (): Promise<SourceStatus | undefined> => (await store.statuses())[0];
export const holes = async (): Promise<CoverageSpan[]> =>
  (await store.coverage('discord')).filter(({ kind }) => kind === 'hole');
export const asked = (pattern: RegExp) => platform.requests.filter((request) => pattern.test(request));
