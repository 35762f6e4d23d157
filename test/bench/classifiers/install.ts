import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const HERE = import.meta.dirname;
/** Beside everything else that is fetched: no check of ours looks there. */
const PLACE = resolve(HERE, '../../../node_modules/.cache/bench-classifiers');

/**
 * Installs the packages to compare with, once, without their install scripts, and gives a `require` that finds them. They
 * are no dependencies of ours: some bring a dozen packages of their own.
 */
export function installRivals(): NodeJS.Require {
  const wanted = join(HERE, 'package.json');
  const there = join(PLACE, 'package.json');
  const same = existsSync(there) && readFileSync(there, 'utf8') === readFileSync(wanted, 'utf8');
  if (!same || !existsSync(join(PLACE, 'node_modules'))) {
    mkdirSync(PLACE, { recursive: true });
    copyFileSync(wanted, there);
    const npm = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], {
      cwd: PLACE,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (npm.status !== 0) throw new Error(`The packages to compare with could not be installed into ${PLACE}.`);
  }
  // One of the packages reads settings from the environment, and advertises while it does.
  process.env.DOTENV_CONFIG_QUIET = 'true';
  return createRequire(there);
}
