import { join, resolve } from 'node:path';
import { describe } from 'vitest';
import { forum } from '../../../connectors/forum/index.ts';
import { describeContract } from '../../contract/connector-checks.ts';
import type { ConnectorContract } from '../../contract/connector-contract.ts';
import { NODEBB_TOKEN, NodebbPlatform } from '../../platforms/nodebb.ts';
import { STACK_KEY, StackPlatform } from '../../platforms/stackexchange.ts';
import { V2EX_KEY, V2exPlatform } from '../../platforms/v2ex.ts';

const folder = join(resolve(import.meta.dirname, '../../..'), 'connectors/forum');

const AT = Date.UTC(2026, 10, 23, 11);

/** What connectors/forum/fixtures/contract.ts says of Discourse, for NodeBB. */
const nodebb: ConnectorContract = {
  async start() {
    const platform = await new NodebbPlatform(() => AT).start();
    const first = platform.say('mei_lin', '充值失败，钱扣了', '<p>OKPay 没有到账，怎么办？</p>');
    const answer = platform.say('tester_2', first, '<p>Same here, &lt; 5 minutes ago.</p>');
    for (let n = 0; n < 45; n++) platform.say(`tester_${n}`, 'Fees', `<p>Are they higher now? ${n}</p>`);
    const text = '您好，请通过官方帮助中心联系我们。';
    const replyRef = JSON.stringify({ topic: String(answer.tid), post: String(answer.pid) });
    const nativeId = `${new URL(platform.url).host}/${answer.pid}`;
    return {
      ...nodebbAt(platform.url),
      mentions: platform.posts.length,
      reply: {
        order: { key: 'k.r1', text, nativeId, replyRef, firstTriedAt: 0 },
        count: () => platform.posts.filter(({ content }) => content === text).length,
        breakOff: () => platform.onNextReply.push('break off'),
      },
      stop: () => platform.close(),
    };
  },
  at: nodebbAt,
};

function nodebbAt(address: string) {
  return { options: { software: 'nodebb', address }, variables: { NODEBB_API_TOKEN: NODEBB_TOKEN } };
}

/** More than a page of questions. */
const stackExchange: ConnectorContract = {
  async start() {
    let at = AT;
    const platform = await new StackPlatform(() => at).start();
    for (let n = 0; n < 130; n++) {
      platform.ask(`tester_${n}`, `OKPay &amp; fees ${n}`, '<p>Are they higher now?</p>');
      at += 1000;
    }
    return { ...stackExchangeAt(platform.url), mentions: platform.questions.length, stop: () => platform.close() };
  },
  at: stackExchangeAt,
};

function stackExchangeAt(address: string) {
  const options = { software: 'stackexchange', address, site: 'money', searches: ['OKPay'] };
  return { options, variables: { STACKEXCHANGE_KEY: STACK_KEY } };
}

/** More than a page of a node. */
const v2ex: ConnectorContract = {
  async start() {
    let at = AT;
    const platform = await new V2exPlatform(() => at).start();
    for (let n = 0; n < 45; n++) {
      platform.say(`tester_${n}`, `充值 ${n}`, 'OKPay 没有到账，怎么办？');
      at += 1000;
    }
    return { ...v2exAt(platform.url), mentions: platform.topics.length, stop: () => platform.close() };
  },
  at: v2exAt,
};

function v2exAt(address: string) {
  return { options: { software: 'v2ex', address, nodes: ['wallet'] }, variables: { V2EX_TOKEN: V2EX_KEY } };
}

/** Nothing can be posted there by program; their own tests hold that a reply is refused, and nothing sent. */
const { reply: _, ...reading } = forum;

describe('NodeBB', () => describeContract({ id: 'forum', folder, connector: forum, contract: nodebb }));

describe('Stack Exchange', () =>
  describeContract({ id: 'forum', folder, connector: reading, contract: stackExchange }));

describe('V2EX', () => describeContract({ id: 'forum', folder, connector: reading, contract: v2ex }));
