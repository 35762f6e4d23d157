import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { specification } from '../../platforms/specs.ts';
import { aroundX, HOUR, MINUTE, START } from './support.ts';

const description = specification('x-api-v2.openapi.json') as Description | undefined;

interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { parameters: Record<string, Parameter> };
}
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: { type?: string };
}
interface Operation {
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content: Record<string, { schema: object }> }>;
}

const PATHS: [RegExp, string][] = [
  [/^\/2\/users\/\d+\/mentions$/, '/2/users/{id}/mentions'],
  [/^\/2\/users\/\d+\/tweets$/, '/2/users/{id}/tweets'],
];

describe.skipIf(!description)('the official description of X (skipped where it is not at hand)', async () => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true, coerceTypes: false });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  if (description) ajv.addSchema(description, 'x');

  const faultsOf = (schema: object, value: unknown): string[] => {
    const validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"x#/')));
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
  const operationAt = (route: string): Operation => {
    const [method = '', path = ''] = route.split(' ');
    const template = PATHS.find(([pattern]) => pattern.test(path))?.[1] ?? path;
    const operation = description?.paths[template]?.[method.toLowerCase()];
    if (!operation) throw new Error(`X has no ${route}.`);
    return operation;
  };

  /** Everything that reading, answering and looking again ask and are told. */
  async function everything() {
    const around = await aroundX({ options: { searches: ['OKPay -@OKPayHelp'], pageSize: 10, followDeletions: true } });
    const answers: { route: string; status: number; body: unknown }[] = [];
    around.x.onAnswer = (route, status, body) => answers.push({ route, status, body });
    const first = around.x.say('mei', `@OKPayHelp <充值> & ${'long '.repeat(100)}`, { at: START - HOUR });
    for (let n = 0; n < 12; n++)
      around.x.say('nils', `@OKPayHelp ${n} https://t.co/abc`, { at: START - HOUR, repliesTo: first.id });
    around.x.say('nils', 'OKPay, see', { at: START - HOUR, quotes: first.id });
    around.x.posts.edit(first.id, '@OKPayHelp edited', START - 50 * MINUTE);
    await around.read();
    around.clock.time += HOUR;
    await around.read();
    const order = { key: 'k', text: 'Hello.', nativeId: first.id, firstTriedAt: around.clock.time };
    await around.source.reply?.send(order, AbortSignal.timeout(60_000));
    if (around.source.reply?.once === 'look-up') await around.source.reply.find(order, AbortSignal.timeout(60_000));
    await around.source.recheck?.([first.id, '1990000000000000001'], AbortSignal.timeout(60_000));
    await around.x.close();
    return { answers, requests: around.x.requests };
  }

  it('knows every answer of the local X', async () => {
    const { answers } = await everything();
    expect(new Set(answers.map(({ route }) => route.replace(/\d{5,}/, 'id'))).size).toBe(6);
    const wrong = answers.flatMap(({ route, status, body }) => {
      const { content } = operationAt(route).responses[status] ?? {};
      const schema = content?.['application/json']?.schema;
      return schema ? faultsOf(schema, body).map((fault) => `${route}: ${fault}`) : [`${route}: no answer ${status}`];
    });
    expect(wrong).toEqual([]);
  });

  it('would not know an answer that is wrong', () => {
    const schema = { $ref: '#/components/schemas/Get2UsersIdMentionsResponse' };
    expect(faultsOf(schema, { data: [{ id: 5 }] })).toEqual(['/data/0/id must be string']);
    expect(faultsOf(schema, { data: [] })).toHaveLength(1);
  });

  it('knows everything that we ask', async () => {
    const { requests } = await everything();
    const wrong = requests.flatMap(({ route, query, body }) => {
      const { parameters = [], requestBody } = operationAt(route);
      const known = parameters.map((one) =>
        '$ref' in one ? (description?.components.parameters[one.$ref.split('/').at(-1) ?? ''] as Parameter) : one,
      );
      const asked = Object.entries(query).flatMap(([name, text]) => {
        const parameter = known.find((one) => one.in === 'query' && one.name === name);
        if (!parameter) return [`${route}: there is no ${name}`];
        return faultsOf(parameter.schema, asSent(text, parameter.schema.type)).map(
          (fault) => `${route}: ${name} ${fault}`,
        );
      });
      const missing = known.filter((one) => one.in === 'query' && one.required && !(one.name in query));
      const schema = requestBody?.content['application/json']?.schema;
      const sent = schema ? faultsOf(schema, JSON.parse(body)).map((fault) => `${route}: ${fault}`) : [];
      return [...asked, ...missing.map(({ name }) => `${route}: ${name} is missing`), ...sent];
    });
    expect(wrong).toEqual([]);
  });
});

function asSent(text: string, type: string | undefined): unknown {
  if (type === 'array') return text.split(',');
  return type === 'integer' ? Number(text) : text;
}
