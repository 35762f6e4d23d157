import { expect, it } from 'vitest';
import { openReddit } from '../../platforms/open-reddit.ts';
import { judge, KNOWN_ENDPOINTS, type RedditExchange } from '../../platforms/reddit-schemas.ts';
import { clock, MINUTE, platform, read, signal, withReddit } from './support.ts';

withReddit();

/** Leads the connector, with its real addresses, to the local Reddit, and keeps what goes between them. */
function overheard(exchanges: RedditExchange[]): typeof fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    const answer = await fetch(platform.url + url.pathname + url.search, init);
    const body = init?.body ? Buffer.from(init.body as Uint8Array).toString() : '';
    exchanges.push({
      method: init?.method ?? 'GET',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      form: Object.fromEntries(new URLSearchParams(body)),
      answer: await answer.clone().json(),
    });
    return answer;
  };
}

it('everything that goes between us and Reddit has the shapes that Reddit documents', async () => {
  const exchanges: RedditExchange[] = [];
  const post = platform.post('lena', 'wallets', 'help, 充值失败', 'It did not arrive.');
  for (let n = 0; n < 120; n++) platform.comment('kim', post, `me too ${n}`, { mentionsUs: n % 50 === 0 });
  const mention = platform.comment('nils', post, 'u/acorn_help please', { mentionsUs: true });
  platform.comment('gone', post, 'x', { deleted: 'author' });
  const options = { subreddits: ['wallets'], searches: ['help'], searchIn: ['wallets'], usernameMentions: true };
  const source = openReddit(platform, { clock, options, fetch: overheard(exchanges) });
  await source.check(signal());
  await read(source, { since: clock.now() - 60 * MINUTE });
  const order = { key: 'k.r1', text: 'We look into it.', nativeId: mention.name, firstTriedAt: clock.now() };
  await source.reply?.send(order, signal());
  if (source.reply?.once === 'look-up') await source.reply.find(order, signal());
  await source.recheck?.([post.name, mention.name], signal());

  const judged = exchanges.map(judge);
  expect([...new Set(judged.flatMap(({ wrong }) => wrong))]).toEqual([]);
  expect(KNOWN_ENDPOINTS.filter((name) => !judged.some(({ endpoint }) => endpoint === name))).toEqual([]);
});

it('what is wrong would be found', () => {
  const exchange = {
    method: 'GET',
    path: '/r/wallets/new',
    query: { limit: '101' },
    form: {},
    answer: { kind: 'Listing' },
  };
  expect(judge(exchange).wrong).toHaveLength(2);
  expect(judge({ ...exchange, path: '/r/wallets/rising' }).wrong).toEqual([expect.stringMatching(/no GET/)]);
});
