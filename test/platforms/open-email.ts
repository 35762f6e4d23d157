import { type AnyConnector, createHttp, keepInMemory, openSource, type World } from '#kit';
import { email } from '../../connectors/email/index.ts';
import type { Clock, Source } from '../../src/core/ports.ts';
import { PASSWORD } from './mail.ts';
import { quiet } from './open-forum.ts';

export interface EmailSettings extends Partial<Pick<World, 'keeping' | 'log' | 'attachments' | 'reach'>> {
  options?: Record<string, unknown>;
  variables?: Record<string, string>;
  clock?: Clock;
}

/** The local mailbox as a source, through the real connector and its libraries. */
export function openEmail(platform: { options: object }, settings: EmailSettings = {}): Source {
  const { options = {}, variables = { EMAIL_PASSWORD: PASSWORD }, clock = { now: Date.now } } = settings;
  const { keeping = keepInMemory(), log = quiet, attachments, reach } = settings;
  const http = createHttp({ userAgent: 'earshot-tests', timeoutMs: 5_000 });
  const more = { ...(attachments && { attachments }), ...(reach && { reach }) };
  const world = { http, log, now: () => clock.now(), variables, keeping, ...more };
  return openSource(email as AnyConnector, { id: 'email', options: { ...platform.options, ...options } }, world);
}
