import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

const ROOT = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const guides = globSync('**/*.md', {
  cwd: ROOT,
  exclude: ['node_modules/**', 'dist/**', 'data/live/**', 'templates/*/**'],
});
const help = (...args: string[]) =>
  execFileSync(process.execPath, [join(ROOT, 'bin/earshot.cjs'), ...args], { encoding: 'utf8' });

describe('the guides', () => {
  it.each(guides)('%s links only to files that exist', (guide) => {
    const links = [...read(guide).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) => match[1] as string);
    const missing = links.filter((link) => !existsSync(join(ROOT, dirname(guide), decodeURI(link))));
    expect(missing).toEqual([]);
  });

  it.each(guides)('%s names only npm scripts that exist', (guide) => {
    const named = [...read(guide).matchAll(/npm (?:run (?:-s )?)([a-z:]+)/g)].map((match) => match[1] as string);
    expect(named.filter((script) => !(script in packageJson.scripts))).toEqual([]);
  });

  it('draw the tree as it is', () => {
    const tree = read('ARCHITECTURE.md').match(/## The rooms\n\n```\n([\s\S]*?)```/)?.[1] ?? '';
    const parents: string[] = [];
    const missing: string[] = [];
    for (const line of tree.split('\n').filter((one) => one.trim())) {
      const depth = (line.match(/^ */)?.[0].length ?? 0) / 2;
      for (const name of line
        .trim()
        .split(/ {2,}/)
        .filter((word) => /^[\w./-]+(\/|\.\w+)$/.test(word))) {
        const path = [...parents.slice(0, depth), name].join('');
        if (!existsSync(join(ROOT, path))) missing.push(path);
        parents[depth] = name;
      }
    }
    expect(parents.length).toBeGreaterThan(1);
    expect(missing).toEqual([]);
  });

  it('say the version that package.json has', () => {
    expect(read('CHANGELOG.md')).toContain(`## ${packageJson.version}`);
  });

  it('carry no path of one machine and no secret', () => {
    for (const guide of guides)
      expect(read(guide), guide).not.toMatch(/\/(work|home|Users|root)\/[a-z]|sk-[A-Za-z0-9]{10}/);
  });
});

describe('the command line', () => {
  const commands = [...help('--help').matchAll(/^ {2}([a-z-]+)(?= |$)/gm)].map((match) => match[1] as string);

  it('has every command that the README shows', () => {
    const shown = [...read('README.md').matchAll(/earshot ([a-z-]+)/g)].map((match) => match[1] as string);
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.filter((command) => !commands.includes(command))).toEqual([]);
  });

  it.each([
    'start',
    'pull',
    'import',
    'classify',
    'queue',
    'show',
    'approve',
    'edit',
    'dismiss',
    'label',
    'evidence',
    'notice',
    'incident',
    'train',
    'evaluate',
    'promote',
    'rollback',
    'replay',
    'faq',
    'knowledge',
    'report',
    'doctor',
    'describe',
    'workspace',
    'migrate-store',
    'backup',
    'audit',
  ])('%s explains itself', (command) => {
    expect(commands).toContain(command);
    expect(help(command, '--help')).toMatch(/Usage: earshot/);
  });
});
