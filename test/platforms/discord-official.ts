import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Exchange } from './discord.ts';
import { specification } from './specs.ts';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: object;
}
interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
type Paths = Record<string, Record<string, Operation> & { parameters?: Parameter[] }>;

/** What Discord publishes about its API, held against what was asked and answered. One sentence for each fault. */
export interface Official {
  faultsOf(schema: object, value: unknown): string[];
  /** What the local Discord said that Discord would not say. */
  wrongAnswers(exchanges: readonly Exchange[]): string[];
  /** What we asked that Discord would not take. */
  wrongRequests(exchanges: readonly Exchange[]): string[];
}

/** Undefined where the description is not at hand. */
export function officialDiscord(): Official | undefined {
  const description = specification('discord-v10.openapi.json') as { paths: Paths } | undefined;
  if (!description) return undefined;
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(description, 'discord');

  const faultsOf = (schema: object, value: unknown): string[] => {
    const validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"discord#/')));
    return validate(value) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
  };
  const operationOf = operationsOf(description.paths);

  return {
    faultsOf,
    wrongAnswers: (exchanges) => unique(exchanges.flatMap((one) => wrongAnswer(one, operationOf(one), faultsOf))),
    wrongRequests: (exchanges) => unique(exchanges.flatMap((one) => wrongRequest(one, operationOf(one), faultsOf))),
  };
}

type FaultsOf = Official['faultsOf'];

function operationsOf(paths: Paths): (exchange: Exchange) => Operation {
  const templates = Object.keys(paths).sort((a, b) => a.split('{').length - b.split('{').length);
  return ({ method, path }) => {
    const fits = (template: string) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
    const template = templates.find((one) => fits(one) && paths[one]?.[method.toLowerCase()]);
    const operation = paths[template ?? '']?.[method.toLowerCase()];
    if (!template || !operation) throw new Error(`Discord has no ${method} ${path}.`);
    return { ...operation, parameters: [...(paths[template]?.parameters ?? []), ...(operation.parameters ?? [])] };
  };
}

function wrongAnswer(
  { method, path, status, answer }: Exchange,
  { responses }: Operation,
  faultsOf: FaultsOf,
): string[] {
  const named = (faults: string[]) => faults.map((fault) => `${method} ${withoutIds(path)} ${status}: ${fault}`);
  if (status >= 400) return named(faultsOf({ $ref: '#/components/schemas/Error' }, answer));
  const response = responses[status];
  if (!response) return named(['there is no such answer']);
  const schema = response.content?.['application/json']?.schema;
  if (!schema) return answer === undefined ? [] : named(['this answer has no body']);
  return named(faultsOf(schema, answer));
}

function wrongRequest(exchange: Exchange, { parameters = [], requestBody }: Operation, faultsOf: FaultsOf): string[] {
  const { method, path, query, body } = exchange;
  const known = parameters.filter((one) => one.in === 'query');
  const asked = Object.entries(query).flatMap(([name, text]) => {
    const parameter = known.find((one) => one.name === name);
    if (!parameter) return [`there is no ${name}`];
    const candidates = [text, ...(/^(\d{1,9}|true|false)$/.test(text) ? [JSON.parse(text)] : [])];
    return candidates.some((value) => faultsOf(parameter.schema, value).length === 0) ? [] : [`${name}=${text}`];
  });
  const missing = known.filter((one) => one.required && !(one.name in query)).map(({ name }) => `${name} is missing`);
  const schema = requestBody?.content['application/json']?.schema;
  const sent = schema ? faultsOf(schema, body) : [];
  return [...asked, ...missing, ...sent].map((fault) => `${method} ${withoutIds(path)}: ${fault}`);
}

/** The token first: most tokens hold five digits in a row too. */
export function withoutIds(path: string): string {
  return path.replace(/[0-9a-f]{32}/g, ':token').replace(/\d{5,}/g, ':id');
}

function unique(sentences: string[]): string[] {
  return [...new Set(sentences)];
}
