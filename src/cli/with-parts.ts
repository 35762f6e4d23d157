import { openLog } from '../observe/log.ts';
import { openParts, type Parts } from '../parts/index.ts';
import { readSettings } from '../settings.ts';

/** Opens the parts for one command and closes them whatever happens. Commands are quiet: warnings and errors only. */
export async function withParts<T>(work: (parts: Parts) => Promise<T>): Promise<T> {
  const settings = readSettings();
  const parts = await openParts(settings, openLog(process.env.EARSHOT_LOG ?? 'warn'));
  try {
    return await work(parts);
  } finally {
    await parts.close();
  }
}

/** The name a decision is recorded under: `--as`, else EARSHOT_NAME, else the account that runs the command. */
export function personFrom(options: { as?: string }): string {
  return options.as?.trim() || readSettings().person;
}
