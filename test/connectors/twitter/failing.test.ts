import { describe, expect, it } from 'vitest';
import type { XFault } from '../../platforms/twitter.ts';
import { aroundX, DAY, MENTIONS, MINUTE, SEARCH, SECOND, START } from './support.ts';

const PROBLEMS = 'https://api.twitter.com/2/problems';
const CAPPED = { title: 'UsageCapExceeded', type: `${PROBLEMS}/usage-capped`, detail: 'Usage cap exceeded: Monthly' };
const minutes = (count: number) => String((START + count * MINUTE) / 1000);

/** How reading fails when X answers so. */
async function failureAt(fault: XFault) {
  await using around = await aroundX();
  around.x.failNext(MENTIONS, fault);
  return await around.read().then(
    () => undefined,
    (thrown) => thrown,
  );
}

describe('what does not heal by waiting stops the source with a sentence', () => {
  it('no credits left', async () => {
    const failure = await failureAt({ status: 402, body: { title: 'CreditsDepleted' } });
    expect(failure).toMatchObject({
      kind: 'unauthorized',
      message: expect.stringMatching(/credits at X are used up.*Buy/),
    });
  });

  it('the monthly usage cap, although the rate limit is untouched', async () => {
    const headers = { 'x-rate-limit-limit': '300', 'x-rate-limit-remaining': '299', 'x-rate-limit-reset': minutes(9) };
    const failure = await failureAt({ status: 429, body: CAPPED, headers });
    expect(failure).toMatchObject({ kind: 'unauthorized', message: expect.stringMatching(/monthly usage cap/) });
  });

  it('a missing right, in the words of X', async () => {
    const detail = 'Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.';
    const failure = await failureAt({ status: 403, body: { title: 'Forbidden', detail } });
    expect(failure).toMatchObject({ kind: 'unauthorized', message: expect.stringContaining(detail.slice(0, 40)) });
  });

  it('a block page', async () => {
    const body = '<!doctype html><title>Attention</title>';
    const failure = await failureAt({ status: 403, body, headers: { 'content-type': 'text/html' } });
    expect(failure).toMatchObject({ kind: 'unauthorized' });
  });
});

describe('a rate limit is waited for, exactly', () => {
  it.each([
    ['the 15 minutes', { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': minutes(7) }, 7 * MINUTE],
    [
      'the limit of the day, when that is the one used up',
      {
        'x-rate-limit-remaining': '12',
        'x-rate-limit-reset': minutes(7),
        'x-user-limit-24hour-remaining': '0',
        'x-user-limit-24hour-reset': minutes(300),
      },
      300 * MINUTE,
    ],
    ['Retry-After', { 'retry-after': '90' }, 90 * SECOND],
    ['no waiting time at all', {}, MINUTE],
    ['a reset that is over by our clock', { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': minutes(-5) }, SECOND],
    ['nonsense', { 'x-rate-limit-reset': '9e99' }, DAY],
  ])('%s', async (_, headers, ms) => {
    const failure = await failureAt({ status: 429, body: { title: 'Too Many Requests' }, headers });
    expect(failure).toMatchObject({ kind: 'rate-limited', until: START + ms });
  });
});

describe('an answer without posts is not "no news"', () => {
  it.each([
    ['errors alone', { errors: [{ title: 'Service Unavailable', detail: 'down' }] }, 'unavailable'],
    [
      'errors with a count',
      { errors: [{ title: 'x', type: `${PROBLEMS}/not-authorized-for-resource` }], meta: { result_count: 0 } },
      'unauthorized',
    ],
    ['nothing', {}, 'bad-shape'],
    ['a page without a count', { meta: {} }, 'bad-shape'],
    ['a list that is none', { data: { id: '1' }, meta: { result_count: 1 } }, 'bad-shape'],
  ])('%s', async (_, body, kind) => {
    expect(await failureAt({ status: 200, body })).toMatchObject({ kind });
  });

  it('but posts with errors beside them are posts', async () => {
    await using around = await aroundX();
    const data = [{ id: '1990000000000000001', text: '@OKPayHelp hi', author_id: '7' }, { id: 'x' }];
    const errors = [{ title: 'Not Found Error', resource_id: '5', detail: 'a quoted post is gone' }];
    around.x.failNext(MENTIONS, { status: 200, body: { data, errors, meta: { result_count: 2 } } });
    const { found, last } = await around.read();
    expect(found).toHaveLength(1);
    expect(last.skipped).toHaveLength(1);
  });
});

it('a walk goes on where it was broken off', async () => {
  await using around = await aroundX({ options: { pageSize: 10, searches: ['OKPay'] } });
  for (let n = 0; n < 30; n++) around.x.say('mei', `@OKPayHelp OKPay ${n}`, { at: START - DAY / 2 + n });
  const heard = (await around.page()).found;
  around.x.failNext(/mentions|search/, { fault: 'half-body' }, { fault: 500 }, { fault: 'reset' });
  for (let n = 0; n < 3; n++) await expect(around.page()).rejects.toMatchObject({ kind: 'unavailable' });
  heard.push(...(await around.read()).found);
  expect(new Set(heard.map(({ nativeId }) => nativeId)).size).toBe(30);
  expect(around.asked(MENTIONS)).toHaveLength(3 + 3);
  expect(around.asked(SEARCH)).toHaveLength(3);
});
