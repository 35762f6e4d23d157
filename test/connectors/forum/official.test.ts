import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { DiscoursePlatform } from '../../platforms/discourse.ts';
import { HandClock } from '../../platforms/open-forum.ts';
import { openForumAt } from '../../platforms/open-forums.ts';
import { specification } from '../../platforms/specs.ts';
import { HOUR, orderFor, read, replying, signal } from './support.ts';

const description = specification('discourse.openapi.json') as Description | undefined;

interface Description {
  paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

const PATHS: [RegExp, string][] = [
  [/^\/posts\/\d+\.json$/, '/posts/{id}.json'],
  [/^\/t\/\d+\.json$/, '/t/{id}.json'],
  [/^\/t\/\d+\/posts\.json$/, '/t/{id}/posts.json'],
];

/** Signing in is described nowhere; it is what Discourse's own pages ask. */
const UNDESCRIBED = '/session/current.json';

describe.skipIf(!description)('the official description of Discourse (skipped where it is not at hand)', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  const operationOf = (method: string, path: string): Operation => {
    const template = PATHS.find(([pattern]) => pattern.test(path))?.[1] ?? path;
    const operation = description?.paths[template]?.[method.toLowerCase()];
    if (!operation) throw new Error(`Discourse has no ${method} ${path}.`);
    return operation;
  };
  const faultsOf = (schema: object, value: unknown): string[] => {
    const validate = ajv.compile(schema);
    return validate(value)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
        );
  };

  /** Everything that reading, answering and looking again ask and are told. */
  async function everything() {
    const clock = new HandClock();
    const platform = await new DiscoursePlatform(() => clock.now()).start();
    const answers: { method: string; path: string; status: number; body: unknown }[] = [];
    platform.onAnswer = (route, status, body) => {
      const [method = '', path = ''] = route.split(' ');
      if (path !== UNDESCRIBED) answers.push({ method, path, status, body });
    };
    try {
      const first = platform.say('mei_lin', 'OKPay 充值失败', '<p>没有到账</p>');
      platform.say('nils', first.topic, '<p>OKPay, me too</p>');
      const source = openForumAt(platform, 'discourse', { clock });
      const { found } = await read(source, { since: clock.now() - HOUR });
      await read(openForumAt(platform, 'discourse', { clock, options: { searches: ['OKPay'] } }), {
        since: clock.now() - HOUR,
      });
      await openForumAt(platform, 'discourse', { clock, variables: {} }).check(signal());
      await source.check(signal());
      await source.recheck?.(
        found.map(({ nativeId }) => nativeId),
        signal(),
      );
      const order = orderFor(found.at(-1) as never, clock.now());
      await replying(source).send(order, signal());
      await replying(source).find(order, signal());
      return { answers, requests: platform.requests.filter((request) => !request.includes(UNDESCRIBED)) };
    } finally {
      await platform.close();
    }
  }

  it('knows every answer of the local Discourse', async () => {
    const { answers } = await everything();
    expect(new Set(answers.map(({ method, path }) => `${method} ${path.replace(/\d+/, 'id')}`)).size).toBe(7);
    const wrong = answers.flatMap(({ method, path, status, body }) => {
      const schema = operationOf(method, path).responses[status]?.content?.['application/json']?.schema;
      if (!schema) return [`${method} ${path}: no answer ${status}`];
      return faultsOf(schema, body)
        .filter((fault) => !isKnown(path, fault))
        .map((fault) => `${method} ${path}: ${fault}`);
    });
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('knows everything that we ask', async () => {
    const { requests } = await everything();
    const wrong = requests.flatMap((request) => {
      const [method = '', address = ''] = request.split(' ');
      const { pathname, searchParams } = new URL(address, 'https://forum.example');
      const known = (operationOf(method, pathname).parameters ?? []).flatMap(({ name, in: where }) =>
        where === 'query' ? [name] : [],
      );
      // The body of its page names it, its list of parameters does not.
      const allowed = [
        ...known,
        ...(pathname.endsWith('/posts.json') && pathname.startsWith('/t/') ? ['post_ids[]'] : []),
      ];
      return [...searchParams.keys()]
        .filter((name) => !allowed.includes(name))
        .map((name) => `${request}: there is no ${name}`);
    });
    expect(wrong).toEqual([]);
  });
});

/** Where the description, made from examples, is narrower than the service, and where the local forum says only what is read. */
function isKnown(path: string, fault: string): boolean {
  // The examples hold no answers to a post, nothing for moderators, and searches that found nothing.
  if (/reply_to_post_number must be string,null|reviewable_id must be integer/.test(fault)) return true;
  if (path === '/search.json' && fault.includes('"additionalProperty":"topics"')) return true;
  // Of a topic only its title, its state and its posts are told.
  return path.startsWith('/t/') && fault.includes('must have required property');
}
