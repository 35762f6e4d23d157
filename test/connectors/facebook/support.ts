import { afterEach, beforeEach } from 'vitest';
import type { Mention } from '../../../src/core/nouns.ts';
import type { Source, Store } from '../../../src/core/ports.ts';
import { type CollectResult, createCollector } from '../../../src/stages/collect/index.ts';
import { FacebookPlatform } from '../../platforms/facebook.ts';
import { type FacebookSettings, openFacebook } from '../../platforms/open-facebook.ts';
import { HandClock, quiet, temporaryStore } from '../../platforms/open-forum.ts';

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** A local Facebook with one Page, and everything around a collector, made anew for each test. */
export let platform: FacebookPlatform;
export let store: Store;
export let clock: HandClock;
let disk: Awaited<ReturnType<typeof temporaryStore>>;

export function setUpFacebook(): void {
  beforeEach(async () => {
    clock = new HandClock();
    platform = await new FacebookPlatform(clock.now).start();
    disk = await temporaryStore();
    store = disk.store;
  });
  afterEach(async () => {
    await platform.close();
    await disk.remove();
  });
}

export const open = (settings: FacebookSettings = {}): Source => openFacebook(platform, { clock, ...settings });
export const signal = () => AbortSignal.timeout(60_000);

/** One run of the real collector, as a new process would begin it. */
export function collect(source = open(), since = 0): Promise<CollectResult> {
  const collector = createCollector({ store, clock, log: quiet, ourHandles: () => [], random: () => 0 });
  return collector.collect(source, { since, signal: signal(), asked: true });
}

export const mentions = async (): Promise<Mention[]> =>
  (await store.queue({ limit: 500, order: 'newest' })).rows.map(({ mention }) => mention);
export const texts = async () => (await mentions()).map(({ text }) => text).sort();
export const count = (line: RegExp) => platform.requests.filter((request) => line.test(request)).length;
