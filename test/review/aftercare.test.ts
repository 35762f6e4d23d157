import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aftercareOf } from '../../src/parts/aftercare.ts';
import { type Bench, openBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const TOPIC = { conversationId: 'topic-1' };
const KIM = { id: 'kim' };
const MINUTE = 60_000;

/** A mention that was answered by hand. */
async function answered() {
  const { mention } = await bench.drafted({
    ...TOPIC,
    author: KIM,
    permission: { how: 'by-hand', why: 'no API' },
  });
  const by = 'Mei';
  await bench.review.approve({ mentionId: mention.id, version: mention.version, revision: 1, by });
  const { version } = (await bench.caseOf(mention.id)).mention;
  await bench.review.confirmPosted({ mentionId: mention.id, version, by });
  bench.clock.pass(MINUTE);
  return mention.id;
}
const says = (text: string, author: { id: string } = KIM, scam = 0) =>
  bench.drafted({ ...TOPIC, author, text, saidAt: bench.clock.now() }, { scam });
const totals = async () => {
  const rows = await bench.store.report(0, bench.clock.now() + 1);
  const sum = (column: 'posted' | 'solved' | 'cameBack') => rows.reduce((all, row) => all + row[column], 0);
  return { answered: sum('posted'), solved: sum('solved'), cameBack: sum('cameBack') };
};

describe('the watch over our answers', () => {
  it('tells answered from solved: a thank-you of the author solves it', async () => {
    const id = await answered();
    expect(await totals()).toEqual({ answered: 1, solved: 0, cameBack: 0 });
    await says('Thank you, that solved it');
    const watch = aftercareOf(bench);
    expect(await watch.round()).toBe(1);
    expect(await watch.round()).toBe(0);
    expect(await totals()).toEqual({ answered: 1, solved: 1, cameBack: 1 });
    const { history, mention } = await bench.caseOf(id);
    expect(mention.state).toBe('posted');
    expect(history.slice(-2).map(({ action, actor }) => `${action} ${actor}`)).toEqual([
      'solved author',
      'came-back-solved author',
    ]);
  });

  it('an author who asks again has a draft of their own, and the answer is not called solved', async () => {
    const id = await answered();
    const again = await says('It is still missing, how long?');
    await aftercareOf(bench).round();
    expect(await totals()).toEqual({ answered: 1, solved: 0, cameBack: 1 });
    const { history, conversation } = await bench.caseOf(id);
    expect(history.at(-1)).toMatchObject({ action: 'asked-again', detail: { by: again.mention.id } });
    expect(conversation).toHaveLength(2);
    // What we said in the thread is known to the draft of the second message.
    expect((await bench.caseOf(again.mention.id)).said).toEqual(['We are sorry about this. See fees/en.']);
    expect(again).toMatchObject({ mention: { state: 'drafted' }, drafts: [{ revision: 1 }] });
  });

  it('a scammer who appears below our answer is in its history; other people are not', async () => {
    const id = await answered();
    await says('I get your money back, write to me', { id: 'bait' }, 0.9);
    await says('Same here', { id: 'ann' });
    expect(await aftercareOf(bench).round()).toBe(1);
    expect((await bench.caseOf(id)).history.at(-1)).toMatchObject({ action: 'scammer-below', actor: 'earshot' });
  });

  it('goes on after a restart, and says nothing twice', async () => {
    await answered();
    await says('Any news?');
    expect(await aftercareOf(bench).round()).toBe(1);
    expect(await aftercareOf(bench).round()).toBe(0);
  });
});
