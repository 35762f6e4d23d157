import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from '../../src/observe/log.ts';
import { withJournal } from '../../src/parts/journal.ts';
import { Forum } from '../platforms/forum.ts';
import { openForum, temporaryStore } from '../platforms/open-forum.ts';
import { type House, type Loaded, loadHouse, openHouse } from './house.ts';

const LENA = 'My Acorn Pay top-up of 50 failed twice, the card was charged but the balance is still zero.';

let loaded: Loaded;
let forum: Forum;
let disk: Awaited<ReturnType<typeof temporaryStore>>;
let house: House;
let written: string;

beforeAll(async () => {
  loaded = await loadHouse();
});
beforeEach(async () => {
  forum = await new Forum().start();
  disk = await temporaryStore();
  written = '';
  const keep = (line: string) => {
    written += line;
  };
  const log = openLog('info', { write: keep });
  house = openHouse(withJournal(disk.store, log), () => openForum(forum), loaded);
});
afterEach(async () => {
  await forum.close();
  await disk.remove();
});

const linesOf = (mention: string) =>
  written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter((line) => line.mention === mention);

describe('the log', () => {
  it('tells the way of a mention from its arrival to its reply under one id', async () => {
    forum.say('lena', LENA);
    forum.say('jun', '橡果支付转账失败了，钱扣了对方没收到，怎么办？');
    await house.hear();
    const { mention } = await house.about('top-up of 50');
    await house.approve(mention.id, 'Lin');
    await house.post();
    const reply = `${mention.id}.r1`;
    expect(linesOf(mention.id)).toMatchObject([
      { msg: 'mention heard', source: mention.source },
      { msg: 'mention sorted', problemType: 'top-up-failed' },
      { msg: 'reply drafted', revision: 1 },
      { msg: 'mention decided', action: 'approved', by: 'Lin', state: 'approved' },
      { msg: 'reply on its way', reply, from: 'approved', to: 'sending' },
      { msg: 'reply on its way', reply, from: 'sending', to: 'posted' },
    ]);
  });

  it('tells what became of the others: an edit at the source, no draft, a decision', async () => {
    const post = forum.say('lena', LENA);
    await house.hear();
    const { mention } = await house.about('top-up of 50');
    const edited = { ...post, body: `${LENA} Anybody?`, editedAt: '2030-01-01T00:00:00.000Z' };
    forum.onNextRead({ answer: 'altered', alter: () => ({ posts: [edited], more: false }) });
    await house.hear();
    const { version } = (await house.see(mention.id)).mention;
    await house.review.dismiss({ mentionId: mention.id, version, by: 'Ada', reason: 'duplicate' });
    const said = linesOf(mention.id).map(({ msg, action }) => action ?? msg);
    expect(said).toContain('mention edited at its source');
    expect(said.at(-1)).toBe('dismissed');
  });

  it('holds nobody’s words', async () => {
    forum.say('lena', LENA);
    await house.hear();
    const { mention, drafts } = await house.about('top-up of 50');
    await house.approve(mention.id);
    await house.post();
    for (const words of [LENA, drafts[0]?.text ?? '', 'lena']) expect(written).not.toContain(words);
  });
});
