import { ApiFailure } from '../api-client.ts';
import type { Messages } from './en.ts';

/** Why something did not work, in the language of the page where the code is known, else as the server says it. */
export function failureWords(thrown: unknown, t: Messages): string {
  if (!(thrown instanceof ApiFailure)) return thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown.code === 'network') return t.refused.network;
  return t.refused.codes[thrown.code] ?? thrown.message;
}
