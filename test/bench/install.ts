import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** Beside everything else that is fetched: no check of ours looks there. */
const CACHE = resolve(import.meta.dirname, '../../node_modules/.cache');

/**
 * Installs the packages that the `package.json` of a folder names, once, without their install scripts, and gives a
 * `require` that finds them. They are no dependencies of ours: some are large, or bring a dozen packages of their own.
 * @param name of the place they are kept in
 */
export function installBeside(folder: string, name: string): NodeJS.Require {
  const place = join(CACHE, name);
  const wanted = join(folder, 'package.json');
  const there = join(place, 'package.json');
  const same = existsSync(there) && readFileSync(there, 'utf8') === readFileSync(wanted, 'utf8');
  if (!same || !existsSync(join(place, 'node_modules'))) {
    mkdirSync(place, { recursive: true });
    copyFileSync(wanted, there);
    const npm = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], {
      cwd: place,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (npm.status !== 0) throw new Error(`The packages that ${wanted} names could not be installed into ${place}.`);
  }
  return createRequire(there);
}
