import { type AnyConnector, createHttp, openSource } from '#kit';
import { forum } from '../../connectors/forum/index.ts';
import type { Clock, Source } from '../../src/core/ports.ts';
import { DISCOURSE_KEY, DISCOURSE_US } from './discourse.ts';
import { NODEBB_TOKEN } from './nodebb.ts';
import { quiet } from './open-forum.ts';

export interface ForumSettings {
  options?: Record<string, unknown>;
  variables?: Record<string, string>;
  clock?: Clock;
  timeoutMs?: number;
}

export const FORUM_KEYS = { DISCOURSE_API_KEY: DISCOURSE_KEY, NODEBB_API_TOKEN: NODEBB_TOKEN };

/** A local forum as a source, through the real connector, kit and network stack; the pace is left out. */
export function openForumAt(
  { url: address }: { url: string },
  software: 'discourse' | 'nodebb' | 'stackexchange' | 'v2ex',
  { options = {}, variables = FORUM_KEYS, clock = { now: Date.now }, timeoutMs = 5_000 }: ForumSettings = {},
): Source {
  const account = software === 'discourse' ? { account: DISCOURSE_US.username } : {};
  const unhurried = { ...forum, limits: { ...forum.limits, requests: { count: 100_000, perSeconds: 1 } } };
  return openSource(
    unhurried as AnyConnector,
    { id: software, options: { software, address, ...account, ...options } },
    { http: createHttp({ userAgent: 'earshot-tests', timeoutMs }), log: quiet, now: () => clock.now(), variables },
  );
}
