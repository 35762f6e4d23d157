import * as z from 'zod';
import { ConnectorError } from '../core/failures.ts';

/** JSON as a value, or undefined for anything that is not JSON: the schema it is then held against says so. */
export function parseJson(said: string | Uint8Array | undefined): unknown {
  try {
    return JSON.parse(typeof said === 'object' ? new TextDecoder().decode(said) : (said ?? ''));
  } catch {
    return undefined;
  }
}

/**
 * An answer as we use it: what is not named in the schema is ignored, and what does not fit is no answer.
 *
 * @param from What was asked for, to begin a sentence with, whose answer it is, and its text for the log.
 * @throws ConnectorError `bad-shape`, with the fields that do not fit
 */
export function answerAs<T>(shape: z.ZodType<T>, said: unknown, from: { what: string; by: string; raw: string }): T {
  const answer = shape.safeParse(said);
  if (answer.success) return answer.data;
  const wrong = `${from.what}: the answer of ${from.by} is not as documented: ${z.prettifyError(answer.error)}.`;
  throw new ConnectorError('bad-shape', wrong, { raw: from.raw });
}
