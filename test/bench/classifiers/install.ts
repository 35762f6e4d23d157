import { installBeside } from '../install.ts';

/** Installs the packages to compare with, once, and gives a `require` that finds them. */
export function installRivals(): NodeJS.Require {
  // One of the packages reads settings from the environment, and advertises while it does.
  process.env.DOTENV_CONFIG_QUIET = 'true';
  return installBeside(import.meta.dirname, 'bench-classifiers');
}
