import { ApiFailure } from '../../api-client.ts';

/** What is wrong with one setting, where it stands, in the words of its schema. */
export interface SettingFault {
  path: string;
  message: string;
}

/** Reads the faults out of a refusal; nothing where it speaks of something else. */
export function faultsOf(thrown: unknown): SettingFault[] {
  if (!(thrown instanceof ApiFailure) || thrown.code !== 'invalid-settings') return [];
  return thrown.message.split('\n').flatMap((line) => {
    const [, path, message] = /^([\w.-]+): (.+)$/.exec(line) ?? [];
    return path && message ? [{ path, message }] : [];
  });
}

/** The first fault at a setting or inside of it. */
export const faultAt = (faults: readonly SettingFault[], path: string): string | undefined =>
  faults.find((fault) => fault.path === path || fault.path.startsWith(`${path}.`))?.message;
