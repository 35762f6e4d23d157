import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../../../settings.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

/** Refusals that nobody meets on a page: at the start, on the command line, on Discord, between two databases. */
const ELSEWHERE =
  /^(cli|surfaces\/(discord|help-site)|store\/(move|migrations)|intake|attachments|parts\/(move-beside|canary))/;
const AT_THE_START = ['already-running', 'backup-elsewhere', 'bad-database-url', 'not-a-database'];
/** Said to programs, and to browsers that are at a wrong address. */
const TO_PROGRAMS = ['no-metrics', 'wrong-token', 'unknown-address', 'other-origin', 'unknown-host'];
/** Only where somebody typed the beginning of an id. */
const TYPED = ['ambiguous-id'];
/** Said in the words of a connector, a template or a text, which name what is wrong. */
const OWN_WORDS = ['source-not-right', 'pull-failed', 'invalid-template', 'invalid-answer'];

function refusals(): string[] {
  const folder = join(ROOT, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !ELSEWHERE.test(file.replaceAll('\\', '/')),
  );
  const codes = files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const said = [...text.matchAll(/\b(?:Refused|AccessRefused|CallRefused)\((?:\s*\d+,)?\s*'([a-z-]+)'/g)];
    const answered = /errors\.ts$/.test(file) ? [...text.matchAll(/\bcode: '([a-z-]+)'/g)] : [];
    return [...said, ...answered].map(([, code]) => code ?? '');
  });
  return [...new Set(codes)]
    .filter((code) => ![...AT_THE_START, ...TO_PROGRAMS, ...TYPED, ...OWN_WORDS].includes(code))
    .sort();
}

test.each([
  ['zh-Hans', zhHans],
  ['zh-Hant', zhHant],
])('whatever the server refuses is said in %s', (_, words) => {
  const codes = refusals();
  expect(codes.length).toBeGreaterThan(60);
  expect(codes.filter((code) => !words.refused.codes[code])).toEqual([]);
});
