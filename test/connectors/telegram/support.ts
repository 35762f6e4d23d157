import { afterEach, beforeEach } from 'vitest';
import type { Mention } from '../../../src/core/nouns.ts';
import type { Source, Store } from '../../../src/core/ports.ts';
import { type CollectorDeps, type CollectResult, createCollector } from '../../../src/stages/collect/index.ts';
import { HandClock, quiet, temporaryStore } from '../../platforms/open-forum.ts';
import { openTelegram, type TelegramSettings } from '../../platforms/open-telegram.ts';
import { group, TelegramPlatform } from '../../platforms/telegram.ts';

/** A local Telegram with one group, and everything around a collector, made anew for each test. */
export let platform: TelegramPlatform;
export let store: Store;
export let clock: HandClock;
export let deps: CollectorDeps;
let disk: Awaited<ReturnType<typeof temporaryStore>>;
export const users = group();

export function setUpTelegram(): void {
  beforeEach(async () => {
    clock = new HandClock();
    platform = await new TelegramPlatform(clock.now).start();
    disk = await temporaryStore();
    store = disk.store;
    deps = { store, clock, log: quiet, ourHandles: () => [], random: () => 0 };
  });
  afterEach(async () => {
    await platform.close();
    await disk.remove();
  });
}

export const open = (settings: TelegramSettings = {}): Source => openTelegram(platform, { clock, ...settings });
export const signal = () => AbortSignal.timeout(60_000);

/** One run of the real collector, as a new process would begin it. */
export function collect(source = open(), parts: Partial<CollectorDeps> = {}): Promise<CollectResult> {
  const options = { since: 0, signal: signal(), asked: true };
  return createCollector({ ...deps, ...parts }).collect(source, options);
}

/** Oldest first. */
export const mentions = async (): Promise<Mention[]> =>
  (await store.queue({ limit: 500, order: 'newest' })).rows
    .map(({ mention }) => mention)
    .sort((a, b) => a.saidAt - b.saidAt || Number(a.nativeId.split('/')[1]) - Number(b.nativeId.split('/')[1]));
export const texts = async () => (await mentions()).map(({ text }) => text);
export const asked = (method: string) => platform.requests.filter((request) => request.method === method);
