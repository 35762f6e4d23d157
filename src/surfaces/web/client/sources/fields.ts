/** One field of a settings form, made from one property of a connector's JSON Schema. */
export interface Field {
  name: string;
  /** What it is called, where that is not its name. */
  label?: string;
  description: string;
  required: boolean;
  kind: 'text' | 'number' | 'switch' | 'choice' | 'lines' | 'pairs' | 'json';
  choices: string[];
  /** As the connector takes it where nothing is said. */
  usual: string;
  /** As the form of a new source shows it: what is offered, else the usual. */
  start: string;
  min?: number;
  max?: number;
}

type Schema = Record<string, unknown>;
const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads the properties of an object schema; anything it cannot draw becomes a field for JSON. */
export function fieldsOf(schema: Schema): Field[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(properties).flatMap(([name, property]) =>
    isObject(property) ? [fieldOf(name, property, required.includes(name))] : [],
  );
}

function fieldOf(name: string, schema: Schema, required: boolean): Field {
  const kind = kindOf(schema);
  return {
    name,
    kind,
    required: required && schema.default === undefined,
    ...(typeof schema.title === 'string' && { label: schema.title }),
    description: typeof schema.description === 'string' ? schema.description : '',
    choices: choicesOf(schema),
    usual: textOf(kind, schema.default),
    start: textOf(kind, offered(schema) ?? schema.default),
    ...(typeof schema.minimum === 'number' && schema.minimum > Number.MIN_SAFE_INTEGER && { min: schema.minimum }),
    ...(typeof schema.maximum === 'number' && schema.maximum < Number.MAX_SAFE_INTEGER && { max: schema.maximum }),
  };
}

function kindOf(schema: Schema): Field['kind'] {
  if (choicesOf(schema).length > 0) return 'choice';
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'switch';
    case 'array':
      return isObject(schema.items) && schema.items.type === 'string' ? 'lines' : 'json';
    case 'object':
      return isObject(schema.additionalProperties) && schema.additionalProperties.type === 'string' ? 'pairs' : 'json';
    default:
      return 'json';
  }
}

/** `enum`, or a union of constants. */
function choicesOf(schema: Schema): string[] {
  if (Array.isArray(schema.enum)) return schema.enum.map(String);
  const union = schema.anyOf ?? schema.oneOf;
  if (!Array.isArray(union) || !union.every((one) => isObject(one) && typeof one.const === 'string')) return [];
  return union.map((one) => String((one as Schema).const));
}

const offered = ({ examples }: Schema): unknown => (Array.isArray(examples) ? examples[0] : undefined);

/** What was set, as the form shows it. */
export function textsOf(fields: readonly Field[], options: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ name, kind, usual }) => [name, name in options ? textOf(kind, options[name]) : usual]),
  );
}

function textOf(kind: Field['kind'], value: unknown): string {
  if (value === undefined) return '';
  if (kind === 'lines' && Array.isArray(value)) return value.join('\n');
  if (kind === 'pairs' && isObject(value))
    return Object.entries(value)
      .map((pair) => pair.join(' = '))
      .join('\n');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * What the server is sent for the texts of a form. Empty fields and usual ones are left out, so that defaults hold.
 * @throws SyntaxError when a JSON field is not JSON; the message begins with the field's name.
 */
export function optionsOf(fields: readonly Field[], texts: Readonly<Record<string, string>>): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const field of fields) {
    const text = (texts[field.name] ?? field.start).trim();
    if (text === '' || (text === field.usual && !field.required)) continue;
    options[field.name] = readText(field, text);
  }
  return options;
}

function readText(field: Field, text: string): unknown {
  const lines = () =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  switch (field.kind) {
    case 'number':
      return Number(text);
    case 'switch':
      return text === 'true';
    case 'lines':
      return lines();
    case 'pairs':
      return Object.fromEntries(lines().map(pairOf));
    case 'json':
      return json(field.name, text);
    default:
      return text;
  }
}

function pairOf(line: string): [string, string] {
  const at = line.indexOf('=');
  return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

function json(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new SyntaxError(`${name}: ${(thrown as Error).message}`);
  }
}
