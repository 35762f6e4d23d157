import type { AnyConnector } from './connector.ts';
import { describeConnector } from './connector.ts';

interface Field {
  description?: string;
  default?: unknown;
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  items?: Field;
  properties?: Record<string, Field>;
  required?: string[];
  anyOf?: Field[];
}

/**
 * The tables of options and secrets for a connector's README, in Markdown, made from the code. `npm run connector:readme`
 * writes it between the marks, and the contract suite compares.
 */
export function optionTable(connector: AnyConnector): string {
  const { options, secrets } = describeConnector(connector);
  const rows = optionRows(options as Field);
  const lines = rows.length
    ? ['| Option | Meaning | Type | Default |', '| --- | --- | --- | --- |', ...rows]
    : ['There is nothing to set.'];

  const secretRows = Object.values(secrets).map(
    ({ env, describe, optional }) => `| \`${env}\` | ${cell(describe)} | ${optional ? 'no' : 'yes'} |`,
  );
  if (secretRows.length > 0) {
    lines.push('', '| Environment variable | Meaning | Needed |', '| --- | --- | --- |', ...secretRows);
  }
  return lines.join('\n');
}

const TABLE_START = '<!-- options: written by npm run connector:readme -->';
const TABLE_END = '<!-- end of options -->';

/**
 * A README with its option table brought up to date.
 *
 * @throws Error when the marks are missing.
 */
export function withOptionTable(readme: string, connector: AnyConnector): string {
  const start = readme.indexOf(TABLE_START);
  const end = readme.indexOf(TABLE_END);
  if (start < 0 || end < start) {
    throw new Error(`The README of ${connector.about.id} needs the lines "${TABLE_START}" and "${TABLE_END}".`);
  }
  return `${readme.slice(0, start)}${TABLE_START}\n\n${optionTable(connector)}\n\n${readme.slice(end)}`;
}

/** A group of options is a row of its own, followed by its members as `group.member`. */
function optionRows({ properties = {}, required = [] }: Field, group = ''): string[] {
  return Object.entries(properties).flatMap(([name, field]) => [
    optionRow(group + name, field, required.includes(name)),
    ...optionRows(field, `${group}${name}.`),
  ]);
}

function optionRow(name: string, field: Field, required: boolean): string {
  const fallback = required
    ? 'none, must be set'
    : field.default === undefined
      ? ''
      : `\`${JSON.stringify(field.default)}\``;
  return `| \`${name}\` | ${cell(field.description ?? '')} | ${typeName(field)} | ${fallback} |`;
}

function typeName(field: Field): string {
  if (field.enum) return field.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (field.anyOf) return field.anyOf.map(typeName).join(' or ');
  if (field.type === 'array') return `list of ${typeName(field.items ?? {})}`;
  if (field.format === 'uri') return 'address';
  if (field.type === 'integer') return 'whole number';
  if (field.type === 'string') return 'text';
  if (field.type === 'boolean') return 'yes or no';
  if (field.type === 'object') return 'group';
  return [field.type ?? 'any'].flat().join(' or ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
