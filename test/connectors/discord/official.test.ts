import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../platforms/discord.ts';
import { TYPE } from '../../platforms/discord-world.ts';
import { collect, guild, help, live, open, platform, setUpDiscord } from './support.ts';

/**
 * The description that Discord publishes is not ours to pass on. Where it lies in a folder "specs" next to the checkout,
 * the local Discord and our requests are held against it.
 */
const BESIDE = resolve(import.meta.dirname, '../../../..');
const [file] = globSync('*/specs/discord-v10.openapi.json', { cwd: BESIDE });

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

setUpDiscord();

describe.skipIf(!file)('the official description of Discord (skipped where it is not at hand)', () => {
  const description = file ? JSON.parse(readFileSync(join(BESIDE, file), 'utf8')) : {};
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  if (file) ajv.addSchema(description, 'discord');

  const faultsOf = (schema: object, value: unknown): string[] => {
    const validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"discord#/')));
    return validate(value) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
  };
  const pathsOf = Object.keys(description.paths ?? {}).sort((a, b) => a.split('{').length - b.split('{').length);
  const operationOf = ({ method, path }: Exchange): Operation => {
    const fits = (template: string) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
    const template = pathsOf.find((one) => fits(one) && description.paths[one][method.toLowerCase()]) ?? '';
    const operation = description.paths[template]?.[method.toLowerCase()];
    if (!operation) throw new Error(`Discord has no ${method} ${path}.`);
    return {
      ...operation,
      parameters: [...(description.paths[template].parameters ?? []), ...(operation.parameters ?? [])],
    };
  };

  /** Everything that reading, listening, answering and looking again ask and are told. */
  async function everything(): Promise<Exchange[]> {
    const { world } = platform;
    const first = world.say(help, 'lena', 'OKPay 充值失败');
    world.say(help, 'kim', 'me too', { answers: { channel: help.id, message: first.id } });
    const file = {
      id: '55',
      filename: 'a.png',
      size: 5,
      url: 'https://cdn.example/a.png',
      proxy_url: 'https://cdn.example/a.png',
    };
    const edited = world.say(help, 'kim', 'look', { attachments: [{ ...file, content_type: 'image/png' }] });
    platform.edit(edited.id, `look, <@${world.bot.id}>`);
    world.addRoom(guild, 'vip').denied.add('history');
    const forum = world.addRoom(guild, 'questions', TYPE.forum);
    world.addThread(forum, 'Fees', 'lena', 'why?');
    world.addThread(help, 'old', 'lena', 'solved').archivedAt = Date.now();
    await collect();
    const life = live();
    await platform.gateway.reached(1);
    await life.end();
    const source = open();
    const order = { key: 'k.r1', text: 'Hello.', nativeId: `${help.id}/${first.id}`, firstTriedAt: 0 };
    await source.reply?.send(order, AbortSignal.timeout(5_000));
    await source.recheck?.([`${help.id}/${first.id}`, `${help.id}/1`], AbortSignal.timeout(5_000));
    return platform.exchanges;
  }

  it('knows every answer of the local Discord', async () => {
    const exchanges = await everything();
    const routes = new Set(exchanges.map(({ method, path }) => `${method} ${path.replace(/\d{5,}/g, 'id')}`));
    expect(routes.size).toBeGreaterThanOrEqual(10);
    const wrong = exchanges.flatMap((exchange) => {
      const { method, path, status, answer } = exchange;
      const { responses } = operationOf(exchange);
      if (status >= 400) {
        const schema = { $ref: '#/components/schemas/Error' };
        return faultsOf(schema, answer).map((fault) => `${method} ${path} ${status}: ${fault}`);
      }
      const schema = responses[status]?.content?.['application/json']?.schema;
      if (!schema) return [`${method} ${path}: no answer ${status}`];
      return faultsOf(schema, answer).map((fault) => `${method} ${path}: ${fault}`);
    });
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('would not know an answer that is wrong', () => {
    const schema = { $ref: '#/components/schemas/MessageResponse' };
    expect(faultsOf(schema, { id: 5 }).length).toBeGreaterThan(0);
  });

  it('knows everything that we ask', async () => {
    const wrong = (await everything()).flatMap((exchange) => {
      const { method, path, query, body } = exchange;
      const { parameters = [], requestBody } = operationOf(exchange);
      const asked = Object.entries(query).flatMap(([name, text]) => {
        const parameter = parameters.find((one) => one.in === 'query' && one.name === name);
        if (!parameter) return [`${method} ${path}: there is no ${name}`];
        const candidates = [text, ...(/^\d{1,9}$/.test(text) ? [Number(text)] : [])];
        const fits = candidates.some((value) => faultsOf(parameter.schema, value).length === 0);
        return fits ? [] : [`${method} ${path}: ${name}=${text}`];
      });
      const missing = parameters.filter((one) => one.in === 'query' && one.required && !(one.name in query));
      const schema = requestBody?.content['application/json']?.schema;
      const sent = schema ? faultsOf(schema, body).map((fault) => `${method} ${path}: ${fault}`) : [];
      return [...asked, ...missing.map(({ name }) => `${method} ${path}: ${name} is missing`), ...sent];
    });
    expect([...new Set(wrong)]).toEqual([]);
  });
});
