/**
 * Begins a connector: `npm run connector:new -- NAME`. Copies the template, renames it and adds it to the list.
 * Part of developing Earshot, not of its command line.
 */
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LINE_WIDTH = 120;

/**
 * @param root The folder that holds `connectors/`.
 * @param name The connector's id and folder: `lemmy`, `app-store`.
 * @returns the new folder.
 * @throws Error when the name is taken or no name for a connector.
 */
export function newConnector(root: string, name: string): string {
  if (!/^[a-z][a-z\d]*(-[a-z\d]+)*$/.test(name)) {
    throw new Error(`"${name}" is no name for a connector. Use small letters, digits and hyphens: "app-store".`);
  }
  const folder = join(root, 'connectors', name);
  if (existsSync(folder)) throw new Error(`connectors/${name} is there already.`);

  cpSync(join(root, 'connectors/_template'), folder, { recursive: true });
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, entry);
    if (statSync(path).isFile()) writeFileSync(path, renamed(readFileSync(path, 'utf8'), name));
  }
  const list = join(root, 'connectors/index.ts');
  writeFileSync(list, withConnector(readFileSync(list, 'utf8'), name));
  return folder;
}

function renamed(text: string, name: string): string {
  const words = name.split('-');
  const pascal = words.map(capital).join('');
  return text
    .replaceAll("id: 'template'", `id: '${name}'`)
    .replaceAll("name: 'Template'", `name: '${words.map(capital).join(' ')}'`)
    .replaceAll('# Template', `# ${words.map(capital).join(' ')}`)
    .replaceAll('TEMPLATE_', `${words.join('_').toUpperCase()}_`)
    .replaceAll('TemplateClient', `${pascal}Client`)
    .replaceAll('export const template', `export const ${identifier(name)}`);
}

/** The list with one more import and one more entry, formatted as the formatter would. */
export function withConnector(list: string, name: string): string {
  const imports = [...list.matchAll(/^import \{ \w+ \} from '\.\/.*';\n/gm)].map(([line]) => line);
  const entries = /= \[([^\]]*)\];/.exec(list);
  const [first] = imports;
  if (!first || !entries) throw new Error('connectors/index.ts does not look as expected. Add the connector by hand.');

  const added = [...imports, `import { ${identifier(name)} } from './${name}/index.ts';\n`].sort(byPath);
  const names = [...(entries[1] ?? '').split(',').flatMap((entry) => entry.trim() || []), identifier(name)];
  const head = list.slice(0, list.indexOf(first));
  const tail = list.slice(head.length + imports.join('').length);
  const oneLine = tail.replace(entries[0], `= [${names.join(', ')}];`);
  const fits = oneLine.split('\n').every((line) => line.length <= LINE_WIDTH);
  return head + added.join('') + (fits ? oneLine : tail.replace(entries[0], `= [\n  ${names.join(',\n  ')},\n];`));
}

function byPath(one: string, other: string): number {
  return pathIn(one) < pathIn(other) ? -1 : 1;
}

function pathIn(line: string): string {
  return line.slice(line.indexOf("'"));
}

function identifier(name: string): string {
  const [first = '', ...rest] = name.split('-');
  return first + rest.map(capital).join('');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

if (import.meta.main) {
  const [name] = process.argv.slice(2);
  try {
    if (!name) throw new Error('How is it to be called? npm run connector:new -- NAME');
    newConnector(process.cwd(), name);
    console.log(
      `connectors/${name} is there and on the list. It passes: npx vitest run test/contract -t connectors/${name}`,
    );
    console.log('Go on with connectors/README.md, minute 1.');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
