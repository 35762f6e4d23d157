import { join, resolve } from 'node:path';
import { describe } from 'vitest';
import { forum } from '../../../connectors/forum/index.ts';
import { describeContract } from '../../contract/connector-checks.ts';
import type { ConnectorContract } from '../../contract/connector-contract.ts';
import { NODEBB_TOKEN, NodebbPlatform } from '../../platforms/nodebb.ts';

const folder = join(resolve(import.meta.dirname, '../../..'), 'connectors/forum');

/** What connectors/forum/fixtures/contract.ts says of Discourse, for NodeBB. */
const nodebb: ConnectorContract = {
  async start() {
    const platform = await new NodebbPlatform(() => Date.UTC(2026, 10, 23, 11)).start();
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

describe('NodeBB', () => describeContract({ id: 'forum', folder, connector: forum, contract: nodebb }));
