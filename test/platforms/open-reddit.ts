import { type AnyConnector, createHttp, type HttpSettings, openSource } from '#kit';
import { reddit } from '../../connectors/reddit/index.ts';
import type { Clock, Source } from '../../src/core/ports.ts';
import { quiet } from './open-forum.ts';
import { APP, type RedditPlatform, USER_AGENT } from './reddit.ts';

export interface RedditSettings extends Pick<HttpSettings, 'timeoutMs' | 'fetch'> {
  options?: Record<string, unknown>;
  variables?: Record<string, string>;
  clock?: Clock;
}

/** The local platform as a source, through the real connector, kit and network stack. */
export function openReddit(platform: Pick<RedditPlatform, 'url'>, settings: RedditSettings = {}): Source {
  const { options = {}, variables = {}, clock = { now: Date.now }, timeoutMs = 5_000, fetch } = settings;
  // With a fetch of its own a test leaves the real addresses alone.
  const addresses = fetch ? {} : { apiAddress: platform.url, siteAddress: platform.url };
  return openSource(
    reddit as AnyConnector,
    { id: 'reddit', options: { userAgent: USER_AGENT, ...addresses, ...options } },
    {
      http: createHttp({ userAgent: 'earshot-tests', timeoutMs, ...(fetch && { fetch }) }),
      log: quiet,
      now: () => clock.now(),
      variables: {
        REDDIT_CLIENT_ID: APP.id,
        REDDIT_CLIENT_SECRET: APP.secret,
        REDDIT_REFRESH_TOKEN: APP.refresh,
        ...variables,
      },
    },
  );
}
