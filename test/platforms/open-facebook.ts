import { type AnyConnector, createHttp, type HttpSettings, keepInMemory, openSource, type World } from '#kit';
import { facebook } from '../../connectors/facebook/index.ts';
import type { Clock, Source } from '../../src/core/ports.ts';
import { type FacebookPlatform, PAGE, PAGE_TOKEN } from './facebook.ts';
import { quiet } from './open-forum.ts';

export interface FacebookSettings extends Pick<HttpSettings, 'timeoutMs'>, Pick<World, 'keeping'> {
  options?: Record<string, unknown>;
  token?: string;
  appSecret?: string;
  verifyToken?: string;
  /** Where Earshot is reached from outside. */
  origin?: string;
  clock?: Clock;
}

/** The local platform as a source, through the real connector, kit and network stack. */
export function openFacebook(platform: Pick<FacebookPlatform, 'url'>, settings: FacebookSettings = {}): Source {
  const {
    options = {},
    token = PAGE_TOKEN,
    appSecret = '',
    verifyToken = '',
    origin,
    clock = { now: Date.now },
    timeoutMs = 5_000,
    keeping = keepInMemory(),
  } = settings;
  return openSource(
    facebook as AnyConnector,
    { id: 'facebook', options: { page: PAGE.id, address: platform.url, ...options } },
    {
      http: createHttp({ userAgent: 'earshot-tests', timeoutMs }),
      log: quiet,
      now: () => clock.now(),
      variables: {
        FACEBOOK_PAGE_TOKEN: token,
        FACEBOOK_APP_SECRET: appSecret,
        FACEBOOK_VERIFY_TOKEN: verifyToken,
      },
      origin,
      keeping,
    },
  );
}
