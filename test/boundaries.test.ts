import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/**
 * Who may import whom: the table of ARCHITECTURE.md as data. The first rule whose `room` fits a file counts. `OWN` is the
 * file's own room. `packages`: none, a list, or any.
 */
interface Rule {
  room: RegExp;
  ours: (string | typeof OWN)[];
  packages: 'any' | string[];
}
const OWN = Symbol('own room');
const RULES: Rule[] = [
  { room: /^src\/core\//, ours: [OWN], packages: [] },
  { room: /^src\/kit\//, ours: ['src/core/', OWN], packages: ['zod', 'html-to-text', 'undici'] },
  { room: /^connectors\/index\.ts$/, ours: ['connectors/', '#kit'], packages: [] },
  { room: /^connectors\/[^/]+\//, ours: ['#kit', OWN], packages: 'any' },
  { room: /^src\/stages\/[^/]+\//, ours: ['src/core/', OWN], packages: 'any' },
  { room: /^src\/attachments\//, ours: ['src/core/', OWN], packages: ['sharp'] },
  { room: /^src\/alerts\//, ours: ['src/core/', OWN], packages: ['nodemailer'] },
  { room: /^src\/intake\//, ours: ['src/core/', OWN], packages: [] },
  { room: /^src\/incidents\//, ours: ['src/core/', OWN], packages: [] },
  { room: /^src\/aftercare\//, ours: ['src/core/', OWN], packages: [] },
  { room: /^src\/scams\//, ours: ['src/core/', OWN], packages: [] },
  { room: /^src\/report\//, ours: ['src/core/', OWN], packages: [] },
  { room: /^src\/store\/[^/]+\.ts$/, ours: ['src/core/', 'src/store/'], packages: ['kysely'] },
  { room: /^src\/store\/[^/]+\//, ours: ['src/core/', 'src/store/', OWN], packages: 'any' },
  { room: /^src\/workspace\//, ours: ['src/core/', OWN], packages: ['lowdb', 'zod'] },
  { room: /^src\/schedule\//, ours: ['src/core/', OWN], packages: ['node-cron'] },
  { room: /^src\/observe\//, ours: ['src/core/', OWN], packages: ['pino', 'prom-client'] },
  {
    room: /^src\/surfaces\/[^/]+\//,
    ours: ['src/core/', 'src/stages/review/', 'src/incidents/', 'src/intake/', 'src/scams/', OWN],
    packages: 'any',
  },
  {
    room: /^src\/(?:main\.ts$|settings\.ts$|secret-files\.ts$|parts\/)/,
    ours: ['src/', 'connectors/', '#kit', 'package.json'],
    packages: 'any',
  },
  { room: /^src\/cli\//, ours: ['src/', 'connectors/', '#kit', 'package.json'], packages: 'any' },
];

/** The six "onlys": a word that may be written in one place alone. */
const ONLYS: { only: string; where: RegExp; word: RegExp }[] = [
  {
    only: 'only review makes an ApprovedReply, only the store reads one back',
    where: /^src\/(stages\/review|store)\//,
    word: /\bas (unknown as )?ApprovedReply\b/,
  },
  {
    only: 'only post sends',
    where: /^(src\/stages\/post|src\/kit|connectors)\//,
    word: /\.send\(\s*order\b|reply\.send\(/,
  },
  { only: 'only the store knows a database', where: /^src\/store\//, word: /from '(node:sqlite|kysely|pg)'/ },
  {
    only: 'only classify reads the lexicon and the model',
    where: /^src\/(?:stages\/classify|parts|cli)/,
    word: /join\([^)]*['"/](lexicon|model)['"]\)/,
  },
  {
    only: 'only draft reads templates and knowledge',
    where: /^src\/(?:stages\/draft|parts|cli)/,
    word: /join\([^)]*['"/](templates|knowledge)['"]\)/,
  },
];

function sourceFiles(root: string): string[] {
  return ['src', 'connectors']
    .flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, encoding: 'utf8' }).map((file) => join(top, file)),
    )
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\/fixtures\/|\/dist\//.test(file));
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(text: string): string[] {
  return [...text.matchAll(IMPORT)].map((match) => (match[1] ?? match[2]) as string);
}

function importedFiles(file: string, text: string): string[] {
  return importsOf(text)
    .filter((imported) => imported.startsWith('.'))
    .map((imported) => relative('/', resolve('/', dirname(file), imported)));
}

/** The files of one circle of imports, the first that is met; none where imports go one way. */
function circleIn(wanted: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const walk = (file: string): string[] => {
    const met = path.indexOf(file);
    if (met >= 0) return path.slice(met);
    if (done.has(file)) return [];
    path.push(file);
    for (const next of wanted.get(file) ?? []) {
      const circle = walk(next);
      if (circle.length > 0) return circle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of wanted.keys()) {
    const circle = walk(file);
    if (circle.length > 0) return circle;
  }
  return [];
}

/** What is wrong with one file's imports, one sentence each. */
function violations(file: string, text: string): string[] {
  const rule = RULES.find(({ room }) => room.test(file));
  if (!rule) return [`${file} stands in no room that ARCHITECTURE.md knows`];
  const own = file.match(rule.room)?.[0] ?? file;
  const room = own.endsWith('/') ? own : `${dirname(file)}/`;
  const wrong: string[] = [];
  for (const imported of importsOf(text)) {
    if (imported.startsWith('.') || imported.startsWith('#')) {
      const target = imported.startsWith('#') ? imported : relative('/', resolve('/', dirname(file), imported));
      const allowed = rule.ours.some((prefix) => target.startsWith(prefix === OWN ? room : (prefix as string)));
      if (!allowed) wrong.push(`${file} may not import ${target}`);
    } else if (!isBuiltin(imported) && rule.packages !== 'any') {
      const name = imported
        .split('/')
        .slice(0, imported.startsWith('@') ? 2 : 1)
        .join('/');
      if (!rule.packages.includes(name)) wrong.push(`${file} may not use the package ${name}`);
    }
  }
  for (const { only, where, word } of ONLYS) {
    if (!where.test(file) && word.test(text)) wrong.push(`${file}: ${only}`);
  }
  return wrong;
}

describe('the rooms of the house', () => {
  it('import only what ARCHITECTURE.md allows', () => {
    const wrong = sourceFiles(ROOT).flatMap((file) => violations(file, readFileSync(join(ROOT, file), 'utf8')));
    expect(wrong).toEqual([]);
  });

  it('import only files that exist', () => {
    const missing = sourceFiles(ROOT).flatMap((file) =>
      importsOf(readFileSync(join(ROOT, file), 'utf8'))
        .filter((imported) => imported.startsWith('.'))
        .filter((imported) => !existsSync(resolve(ROOT, dirname(file), imported.replace(/\?.*$/, ''))))
        .map((imported) => `${file} → ${imported}`),
    );
    expect(missing).toEqual([]);
  });

  it('go one way: no file of src needs itself again, types included', () => {
    // A form holds groups and lists, and those hold forms.
    const recursive = 'src/surfaces/web/client/settings/form/group-field.tsx';
    const wanted = new Map(
      sourceFiles(ROOT)
        .filter((file) => file.startsWith('src/') && file !== recursive)
        .map((file) => [file, importedFiles(file, readFileSync(join(ROOT, file), 'utf8'))]),
    );
    expect(circleIn(wanted)).toEqual([]);
    wanted.set('src/core/nouns.ts', ['src/main.ts']);
    expect(circleIn(wanted)).toContain('src/core/nouns.ts');
  });

  it.each([
    ['src/core/planted.ts', `import { z } from 'zod';`],
    ['src/stages/post/planted.ts', `import { openReview } from '../review/index.ts';`],
    ['src/stages/draft/planted.ts', `import { openSqliteStore } from '../../store/sqlite/index.ts';`],
    ['connectors/feed/planted.ts', `import type { Store } from '../../src/core/ports.ts';`],
    ['connectors/feed/planted.ts', `import { archive } from '../archive/index.ts';`],
    ['src/surfaces/web/server/planted.ts', `import { collect } from '../../../stages/collect/index.ts';`],
    ['src/stages/collect/planted.ts', `import { main } from '../../main.ts';`],
    ['src/stages/collect/planted.ts', `import { DatabaseSync } from 'node:sqlite';`],
    ['src/surfaces/web/server/planted.ts', `const reply = row as ApprovedReply;`],
    ['src/surfaces/planted.ts', ''],
  ])('a planted fault in %s is found: %s', (file, text) => {
    expect(violations(file, text)).toHaveLength(1);
  });

  it('name no brand outside connectors, templates and data', () => {
    const named = sourceFiles(ROOT)
      .filter((file) => file.startsWith('src/'))
      .filter((file) => /okpay/i.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(named).toEqual([]);
  });
});
