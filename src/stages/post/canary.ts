import { canaryText } from '../../core/canary.ts';
import { asFailure, ConnectorError } from '../../core/failures.ts';
import type { Instant, Mention } from '../../core/nouns.ts';
import type { Source } from '../../core/ports.ts';

const SEND_LIMIT_MS = 20_000;

/** What became of a canary: out, as far as anybody can know, or surely not. */
export type CanaryOutcome = { nativeId?: string } | { problem: string };

/**
 * Posts one canary below a mention. The text is fixed, and there is no second try: where nobody knows whether it is out, it
 * is heard, or the source is deaf.
 *
 * @param source opened as the test account
 */
export async function sendCanary(source: Source, under: Mention, token: string, now: Instant): Promise<CanaryOutcome> {
  if (!source.reply) return { problem: 'This source cannot be answered by program.' };
  const { nativeId, replyRef, conversationId } = under;
  const order = {
    ...{ key: `canary.${token}`, text: canaryText(token), nativeId, firstTriedAt: now },
    ...(replyRef !== undefined && { replyRef }),
    ...(conversationId !== undefined && { conversationId }),
  };
  try {
    return { nativeId: (await source.reply.send(order, AbortSignal.timeout(SEND_LIMIT_MS))).nativeId };
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === 'unknown-outcome') return {};
    return { problem: asFailure(thrown).message };
  }
}
