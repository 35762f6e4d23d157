/** A settings form as a tree, made from the JSON Schema of a section: what the schema can say, the form can draw. */
export type Shape =
  | { kind: 'text' | 'long-text' | 'switch' | 'time' | 'zone' | 'cron' | 'json' | 'weekday' | 'weekdays' }
  | { kind: 'number'; min?: number; max?: number }
  | { kind: 'choice'; choices: string[] }
  | { kind: 'lines'; of: 'text' | 'number' }
  | { kind: 'group'; fields: Field[] }
  | { kind: 'list'; item: Shape }
  /** One of several groups, told apart by the constant in their field `by`. */
  | { kind: 'union'; by: string; members: { value: string; fields: Field[] }[] };

export interface Field {
  name: string;
  /** English, as the schema describes it. Empty where it says nothing. */
  description: string;
  /** It may be left out. */
  optional: boolean;
  shape: Shape;
  /** What it holds before anybody wrote something. */
  start: unknown;
}

type Schema = Record<string, unknown>;
const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function shapeOf(schema: Schema): Shape {
  const choices = Array.isArray(schema.enum) ? schema.enum.map(String) : [];
  if (choices.length > 0) return { kind: 'choice', choices };
  const union = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(union)) return unionOf(union.filter(isObject));
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      if (schema.format === 'weekday') return { kind: 'weekday' };
      return { kind: 'number', ...bound('min', schema.minimum), ...bound('max', schema.maximum) };
    case 'boolean':
      return { kind: 'switch' };
    case 'array':
      return isObject(schema.items) ? listOf(schema.items) : { kind: 'json' };
    case 'object':
      return isObject(schema.properties) ? { kind: 'group', fields: fieldsOf(schema) } : { kind: 'json' };
    default:
      return { kind: 'json' };
  }
}

/** Zod writes the limits of a safe integer where there is no other. */
function bound<Name extends 'min' | 'max'>(name: Name, value: unknown): { [name in Name]?: number } {
  const given = typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  return (given ? { [name]: value } : {}) as { [name in Name]?: number };
}

function textOf({ format }: Schema): Shape {
  if (format === 'time-of-day') return { kind: 'time' };
  if (format === 'time-zone') return { kind: 'zone' };
  if (format === 'cron') return { kind: 'cron' };
  if (format === 'long-text') return { kind: 'long-text' };
  return { kind: 'text' };
}

function listOf(items: Schema): Shape {
  const item = shapeOf(items);
  if (item.kind === 'weekday') return { kind: 'weekdays' };
  if (item.kind === 'number') return { kind: 'lines', of: 'number' };
  if (item.kind === 'group' || item.kind === 'union') return { kind: 'list', item };
  return item.kind === 'json' ? item : { kind: 'lines', of: 'text' };
}

function unionOf(members: Schema[]): Shape {
  const constants = (schema: Schema) =>
    Object.entries(isObject(schema.properties) ? schema.properties : {}).filter(
      ([, property]) => isObject(property) && typeof property.const === 'string',
    );
  const by = constants(members[0] ?? {})[0]?.[0];
  if (by === undefined) return { kind: 'json' };
  return {
    kind: 'union',
    by,
    members: members.map((member) => ({
      value: String((constants(member).find(([name]) => name === by)?.[1] as Schema | undefined)?.const),
      fields: fieldsOf(member).filter(({ name }) => name !== by),
    })),
  };
}

function fieldsOf(schema: Schema): Field[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(schema.properties as Schema).flatMap(([name, property]) => {
    if (!isObject(property)) return [];
    const shape = shapeOf(property);
    return {
      name,
      shape,
      description: typeof property.description === 'string' ? property.description : '',
      optional: !required.includes(name),
      start: property.default ?? startOf(shape),
    };
  });
}

/** What a thing of this shape holds when somebody adds one. */
export function startOf(shape: Shape): unknown {
  switch (shape.kind) {
    case 'group':
      return startOfFields(shape.fields);
    case 'union': {
      const [first] = shape.members;
      return first && { [shape.by]: first.value, ...startOfFields(first.fields) };
    }
    case 'list':
    case 'lines':
      return [];
    case 'switch':
      return false;
    case 'number':
      return shape.min ?? 0;
    case 'weekday':
      return 1;
    case 'weekdays':
      return [1, 2, 3, 4, 5];
    case 'choice':
      return shape.choices[0];
    case 'zone':
      return 'UTC';
    case 'time':
      return '09:00';
    case 'cron':
      return '*/5 * * * *';
    case 'json':
      return null;
    default:
      return '';
  }
}

export function startOfFields(fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(fields.filter(({ optional }) => !optional).map(({ name, start }) => [name, start]));
}

/** The value as it is saved: no blank lines, no empty text where leaving out is possible. */
export function tidy(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'lines':
      return Array.isArray(value) ? tidyLines(value) : value;
    case 'group':
      return isObject(value) ? tidyFields(shape.fields, value) : value;
    case 'list':
      return Array.isArray(value) ? value.map((one) => tidy(shape.item, one)) : value;
    case 'union': {
      const member = isObject(value) && shape.members.find((one) => one.value === value[shape.by]);
      return member && isObject(value) ? { [shape.by]: member.value, ...tidyFields(member.fields, value) } : value;
    }
    default:
      return value;
  }
}

const tidyLines = (lines: unknown[]): unknown[] =>
  lines.map((line) => (typeof line === 'string' ? line.trim() : line)).filter((line) => line !== '');

function tidyFields(fields: readonly Field[], value: Schema): Schema {
  return Object.fromEntries(
    fields.flatMap(({ name, optional, shape }) => {
      const tidied = tidy(shape, value[name]);
      const empty = tidied === '' || tidied === undefined || (Array.isArray(tidied) && tidied.length === 0);
      return optional && empty ? [] : [[name, tidied]];
    }),
  );
}
