import { type AnyConnector, createHttp, type Log, openSource } from '#kit';
import { discord } from '../../connectors/discord/index.ts';
import type { Clock, Source, Store } from '../../src/core/ports.ts';
import { BOT_TOKEN } from './discord.ts';
import { quiet } from './open-forum.ts';

export interface DiscordSettings {
  options?: Record<string, unknown>;
  clock?: Clock;
  timeoutMs?: number;
  token?: string;
  log?: Log;
}

/** The local Discord as a source, through the real connector, kit and network stack. */
export function openDiscord(platform: { url: string }, settings: DiscordSettings = {}): Source {
  const { options = {}, clock = { now: Date.now }, timeoutMs = 5_000, token = BOT_TOKEN, log = quiet } = settings;
  return openSource(
    discord as AnyConnector,
    { id: 'discord', options: { address: platform.url, ...options } },
    {
      http: createHttp({ userAgent: 'earshot-tests', timeoutMs }),
      log,
      now: () => clock.now(),
      variables: { DISCORD_BOT_TOKEN: token },
    },
  );
}

/** Resolves as soon as the store is as it should be: looked at after each commit. */
export function until(store: Store, isSo: () => Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () =>
      isSo().then((so) => {
        if (!so) return;
        unwatch();
        resolve();
      }, reject);
    const unwatch = store.watch(look);
    look();
  });
}
