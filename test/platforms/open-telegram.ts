import { type AnyConnector, createHttp, type HttpSettings, keepInMemory, openSource, type World } from '#kit';
import { telegram } from '../../connectors/telegram/index.ts';
import type { Clock, Source } from '../../src/core/ports.ts';
import { quiet } from './open-forum.ts';
import { BOT_TOKEN, type TelegramPlatform } from './telegram.ts';

export interface TelegramSettings extends Pick<HttpSettings, 'timeoutMs'>, Pick<World, 'keeping'> {
  options?: Record<string, unknown>;
  token?: string;
  clock?: Clock;
}

/** The local platform as a source, through the real connector, kit and network stack. */
export function openTelegram(platform: Pick<TelegramPlatform, 'url'>, settings: TelegramSettings = {}): Source {
  const {
    options = {},
    token = BOT_TOKEN,
    clock = { now: Date.now },
    timeoutMs = 5_000,
    keeping = keepInMemory(),
  } = settings;
  return openSource(
    telegram as AnyConnector,
    { id: 'telegram', options: { address: platform.url, ...options } },
    {
      http: createHttp({ userAgent: 'earshot-tests', timeoutMs }),
      log: quiet,
      now: () => clock.now(),
      variables: { TELEGRAM_BOT_TOKEN: token },
      keeping,
    },
  );
}
