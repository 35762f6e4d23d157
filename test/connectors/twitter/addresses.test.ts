import { expect, it } from 'vitest';
import { type AnyConnector, createHttp, openSource } from '#kit';
import { twitter } from '../../../connectors/twitter/index.ts';
import { quiet } from '../../platforms/open-forum.ts';
import { X_KEYS, X_SIGN_IN } from '../../platforms/twitter-tokens.ts';
import { START } from './support.ts';

/** Everything that leaves, answered as one would expect. Nothing reaches the network. */
function watched(variables: Record<string, string>) {
  const asked: { url: string; authorization: string | null }[] = [];
  const answers: Record<string, unknown> = {
    '/2/oauth2/token': {
      access_token: 'a',
      refresh_token: 'r',
      expires_in: 7200,
      scope: 'tweet.read',
      token_type: 'bearer',
    },
    '/2/users/me': { data: { id: '42', username: 'OKPayHelp', name: 'OKPay' } },
    '/2/tweets': { data: { id: '1990000000000000001', text: 'x' } },
  };
  const answer: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    asked.push({ url: url.origin + url.pathname, authorization: new Headers(init?.headers).get('authorization') });
    return Response.json(answers[url.pathname] ?? { meta: { result_count: 0 } });
  };
  const source = openSource(
    twitter as AnyConnector,
    { id: 'x', options: { monthlyBudgetUsd: 10, searches: ['OKPay'] } },
    { http: createHttp({ userAgent: 'earshot-tests', fetch: answer }), log: quiet, now: () => START, variables },
  );
  return { source, asked };
}

it.each([
  ['signed', X_KEYS, /^OAuth oauth_consumer_key=/],
  ['by a sign-in', X_SIGN_IN, /^Bearer a$/],
])('asks the real X unless told otherwise, %s', async (_, variables, authorization) => {
  const { source, asked } = watched(variables);
  const signal = AbortSignal.timeout(60_000);
  const first = await source.pull?.({ since: START }, signal);
  await source.pull?.({ cursor: first?.cursor }, signal);
  await source.reply?.send({ key: 'k', text: 'Hello.', nativeId: '5', firstTriedAt: START }, signal);
  const api = asked.filter(({ url }) => !url.endsWith('/oauth2/token'));
  expect(api.map(({ url }) => url)).toEqual([
    'https://api.x.com/2/users/me',
    'https://api.x.com/2/users/42/mentions',
    'https://api.x.com/2/tweets/search/recent',
    'https://api.x.com/2/tweets/search/recent',
    'https://api.x.com/2/tweets',
  ]);
  for (const one of api) expect(one.authorization).toMatch(authorization);
  expect(asked.length - api.length).toBe(variables === X_SIGN_IN ? 1 : 0);
});
