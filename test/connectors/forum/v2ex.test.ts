import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { From } from '#kit';
import { HandClock } from '../../platforms/open-forum.ts';
import { type ForumSettings, openForumAt } from '../../platforms/open-forums.ts';
import { V2EX_KEY, V2exPlatform } from '../../platforms/v2ex.ts';
import { HOUR, MINUTE, orderFor, read, replying, signal } from './support.ts';

let platform: V2exPlatform;
let clock: HandClock;
beforeEach(async () => {
  clock = new HandClock();
  platform = await new V2exPlatform(() => clock.now()).start();
});
afterEach(() => platform.close());

const open = (settings: ForumSettings = {}) => openForumAt(platform, 'v2ex', { clock, variables: {}, ...settings });
const WITH_TOKEN = { variables: { V2EX_TOKEN: V2EX_KEY }, options: { nodes: ['wallet'] } };
const anew = (): From => ({ since: clock.now() - HOUR });
const topics = (count: number) =>
  Array.from({ length: count }, (_, n) => {
    clock.pass(1000);
    return platform.say('mei_lin', `充值 ${n}`, '没有到账');
  });

describe('a topic on V2EX', () => {
  it('becomes a mention and is answered by hand', async () => {
    const topic = platform.say('mei_lin', 'OKPay 充值失败', '没有到账');
    const { found } = await read(open(), anew());
    expect(found).toEqual([
      {
        nativeId: `${new URL(platform.url).host}/${topic.id}`,
        author: { id: '8', handle: 'mei_lin', url: `${platform.url}/member/mei_lin` },
        text: 'OKPay 充值失败\n没有到账',
        saidAt: topic.created * 1000,
        url: `https://www.v2ex.com/t/${topic.id}`,
        conversationId: `${new URL(platform.url).host}/t/${topic.id}`,
        place: 'V2EX · Wallets',
        permission: { how: 'by-hand', why: expect.stringContaining('no way to answer') },
      },
    ]);
    await expect(replying(open()).send(orderFor(found[0] as never, 0), signal())).rejects.toMatchObject({
      kind: 'unauthorized',
    });
  });

  it('edited or gone is said to be so', async () => {
    const [edited, kept, gone] = topics(3) as [never, never, never];
    const { found } = await read(open(), anew());
    Object.assign(edited, { content: '到账了', last_modified: Math.floor(clock.now() / 1000) + 60 });
    platform.topics.splice(platform.topics.indexOf(gone), 1);
    const became = await open().recheck?.(
      found.map(({ nativeId }) => nativeId),
      signal(),
    );
    const now = ({ id }: { id: number }) => became?.find(({ nativeId }) => nativeId.endsWith(`/${id}`))?.now;
    expect([now(edited), now(kept), now(gone)]).toEqual(['edited', 'same', 'gone']);
  });
});

describe('what V2EX shows', () => {
  it('without a token is the newest ten: more between two readings is a hole, said aloud', async () => {
    topics(5);
    const source = open();
    let { from } = await read(source, anew());
    from = (await read(source, from)).from;
    clock.pass(MINUTE);
    topics(12);
    const { found, coverage, notices } = await read(source, from);
    expect(found).toHaveLength(10);
    expect(coverage).toMatchObject([{ kind: 'hole', cause: expect.stringContaining('V2EX_TOKEN') }]);
    expect(notices).toHaveLength(1);
  });

  it('with a token is a node whole, page by page', async () => {
    topics(45);
    const { found, coverage } = await read(open(WITH_TOKEN), anew());
    expect(found).toHaveLength(45);
    expect(coverage).toMatchObject([{ kind: 'seen' }]);
    expect(platform.requests[0]).toBe('/api/v2/nodes/wallet/topics?p=1');
  });

  it('is read past old topics that were answered just now, also the first time', async () => {
    for (const topic of topics(25))
      Object.assign(topic, { created: 0, last_touched: Math.floor(clock.now() / 1000) + 60 });
    platform.say('nils', 'Fresh', 'x');
    expect((await read(open(WITH_TOKEN), anew())).texts).toEqual(['Fresh\nx']);
  });

  it('is ordered by answers: old topics on top hide no new one below them', async () => {
    const old = topics(30);
    const source = open(WITH_TOKEN);
    let { from } = await read(source, anew());
    for (let round = 0; round < 2; round++) from = (await read(source, from)).from;
    clock.pass(MINUTE);
    const fresh = platform.say('nils', 'Fresh', 'x');
    clock.pass(MINUTE);
    for (const topic of old) Object.assign(topic, { last_touched: Math.floor(clock.now() / 1000) });
    const ids = (await read(source, from)).found.map(({ nativeId }) => nativeId);
    expect(ids).toContain(`${new URL(platform.url).host}/${fresh.id}`);
  });
});

it('V2EX says in each answer what is left of the hour: nothing is asked after the last', async () => {
  topics(1);
  platform.allowance = { left: 1, resetAt: Math.ceil(clock.now() / 1000) * 1000 + 20 * MINUTE };
  const source = open();
  const { from, found } = await read(source, anew());
  expect(found).toHaveLength(1);
  await expect(read(source, from)).rejects.toMatchObject({ kind: 'rate-limited', until: platform.allowance.resetAt });
  expect(platform.requests).toHaveLength(1);
});
