import { type AnyConnector, createHttp, type HttpSettings, openSource, type World } from '#kit';
import { appFeedback } from '../../connectors/app-feedback/index.ts';
import type { Clock, Source } from '../../src/core/ports.ts';
import { SECRET } from './app.ts';
import { quiet } from './open-forum.ts';

export interface AppSettings extends Pick<HttpSettings, 'timeoutMs'>, Pick<World, 'attachments' | 'origin'> {
  options?: Record<string, unknown>;
  variables?: Record<string, string>;
  clock?: Clock;
  /** Private networks are closed, as they are outside of tests. */
  guarded?: boolean;
}

/** The connector as a source, through the real kit and network stack. */
export function openApp(settings: AppSettings = {}): Source {
  const {
    options = {},
    variables = {},
    clock = { now: Date.now },
    timeoutMs = 5_000,
    attachments,
    origin,
    guarded,
  } = settings;
  return openSource(
    appFeedback as AnyConnector,
    { id: 'app', options: { app: 'Acorn Wallet', ...options } },
    {
      http: createHttp({ userAgent: 'earshot-tests', timeoutMs, ...(guarded && { privateHosts: [] }) }),
      log: quiet,
      now: () => clock.now(),
      variables: { APP_FEEDBACK_SECRET: SECRET, ...variables },
      origin,
      ...(attachments && { attachments }),
    },
  );
}
