import { type AnyConnector, createHttp, type HttpSettings, type Keeping, openSource } from '#kit';
import { twitter } from '../../connectors/twitter/index.ts';
import type { Clock, Source } from '../../src/core/ports.ts';
import { quiet } from './open-forum.ts';
import type { XPlatform } from './twitter.ts';
import { X_KEYS } from './twitter-tokens.ts';

export interface XSettings extends Pick<HttpSettings, 'timeoutMs'> {
  id?: string;
  options?: Record<string, unknown>;
  variables?: Record<string, string>;
  keeping?: Keeping;
  clock?: Clock;
}

/** The local X as a source, through the real connector, kit and network stack. */
export function openX(platform: Pick<XPlatform, 'url'>, settings: XSettings = {}): Source {
  const {
    options = {},
    variables = X_KEYS,
    clock = { now: Date.now },
    timeoutMs = 5_000,
    keeping,
    id = 'x',
  } = settings;
  return openSource(
    twitter as AnyConnector,
    { id, options: { address: platform.url, monthlyBudgetUsd: 1000, ...options } },
    {
      http: createHttp({ userAgent: 'earshot-tests', timeoutMs }),
      log: quiet,
      now: () => clock.now(),
      variables,
      ...(keeping && { keeping }),
    },
  );
}
