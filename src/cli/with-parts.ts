import { openLog } from '../observe/log.ts';
import { openParts, type Parts } from '../parts/index.ts';
import { readSettings } from '../settings.ts';
import { amber, plain } from './output.ts';

/**
 * Opens the parts for one command and closes them whatever happens. A command says itself what its person should know, so
 * its log holds errors only, unless EARSHOT_LOG asks for more.
 */
export async function withParts<T>(work: (parts: Parts) => Promise<T>): Promise<T> {
  const settings = readSettings();
  const log = openLog(settings.variables.EARSHOT_LOG ? settings.logLevel : 'error');
  const parts = await openParts(settings, log, 'command', (message) => {
    process.stderr.write(`${amber('!')} ${plain(message)}\n`);
  });
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
