import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * A platform's own description of its API, such as `x-api-v2.openapi.json`. None is ours to pass on: it is read where it
 * lies in a folder "specs" of a folder next to the checkout, or one further up. Undefined where it is not at hand.
 */
export function specification(file: string): unknown {
  for (const up of ['../../..', '../../../..']) {
    const beside = resolve(import.meta.dirname, up);
    const [found] = globSync(`*/specs/${file}`, { cwd: beside });
    if (found) return JSON.parse(readFileSync(join(beside, found), 'utf8'));
  }
  return undefined;
}
