import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Source } from '../../src/core/ports.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { Forum, OUR_ACCOUNT } from '../platforms/forum.ts';
import { openForum, temporaryStore } from '../platforms/open-forum.ts';
import { type House, type Loaded, loadHouse, openHouse } from './house.ts';

const MINUTE = 60_000;

let loaded: Loaded;
let forum: Forum;
let disk: Awaited<ReturnType<typeof temporaryStore>>;
let source: Source;
let house: House;

beforeAll(async () => {
  loaded = await loadHouse();
});
beforeEach(async () => {
  forum = await new Forum().start();
  disk = await temporaryStore();
  source = openForum(forum);
  house = openHouse(disk.store, () => source, loaded);
});
afterEach(async () => {
  await forum.close();
  await disk.remove();
});

const LENA = 'My Acorn Pay top-up of 50 failed twice, the card was charged but the balance is still zero.';
const JUN = '橡果支付转账失败了，钱扣了对方没收到，怎么办？';

describe('from a mention to a posted reply', () => {
  it('heard, sorted, drafted in the author’s language, approved by a person, posted once, receipted', async () => {
    forum.say('lena', LENA);
    forum.say('jun', JUN);
    await house.hear();

    const lena = await house.about('top-up of 50');
    expect(lena.assessment).toMatchObject({ problemType: 'top-up-failed', lang: 'en' });
    expect(lena.drafts).toMatchObject([{ revision: 1, lang: 'en', by: 'earshot' }]);
    const jun = await house.about('转账失败');
    expect(jun.assessment).toMatchObject({ problemType: 'transfer-failed', lang: 'zh-Hans' });
    expect(jun.drafts[0]?.text).toMatch(/\p{Script=Han}/u);

    await house.approve(lena.mention.id, 'Lin');
    await house.approve(jun.mention.id, 'Ada');
    expect(await house.post()).toMatchObject({ posted: 2 });

    const posted = await house.see(lena.mention.id);
    expect(posted.mention.state).toBe('posted');
    const there = forum.replies.find(({ parentId }) => String(parentId) === lena.mention.nativeId);
    expect(there?.body).toBe(lena.drafts[0]?.text);
    expect(posted.receipt).toMatchObject({ nativeId: String(there?.id), proof: 'answer' });
    const moves = posted.history.map(({ action, actor }) => `${actor} ${action}`);
    expect(moves.slice(-3)).toEqual(['Lin approved', 'earshot sending', 'earshot posted']);
  });

  it('nothing goes out that no person approved', async () => {
    forum.say('lena', LENA);
    await house.hear();
    await house.post();
    house.clock.pass(24 * 60 * MINUTE);
    await house.post();
    expect(forum.replies).toEqual([]);
  });

  it('our own reply is not heard as a mention', async () => {
    forum.say('lena', LENA);
    await house.hear();
    await house.approve((await house.about('top-up')).mention.id);
    await house.post();
    expect(await house.collect()).toMatchObject({ state: 'ok', added: 0, ours: 1 });
    expect(forum.posts.at(-1)?.author).toEqual(OUR_ACCOUNT);
  });

  it('the words a person wrote go out, under a key of their own', async () => {
    forum.say('lena', LENA);
    await house.hear();
    const { mention } = await house.about('top-up');
    const text = 'Sorry about that! Our team looks into it; please write to us in the app.';
    await house.review.edit({ mentionId: mention.id, version: mention.version, by: 'Lin', text });
    await house.approve(mention.id);
    await house.post();
    expect(forum.replies).toMatchObject([{ body: text, key: `${mention.id}.r2` }]);
  });

  it('a process that ends after every single step loses nothing and repeats nothing', async () => {
    forum.say('lena', LENA);
    const { clock } = house;
    const inANewProcess = async <T>(step: (house: House) => Promise<T>): Promise<T> => {
      const store = await openSqliteStore(disk.file);
      try {
        return await step(openHouse(store, () => source, loaded, clock));
      } finally {
        await store.close();
      }
    };
    const twice = async <T>(step: (house: House) => Promise<T>) => [
      await inANewProcess(step),
      await inANewProcess(step),
    ];

    expect(await twice((one) => one.collect())).toMatchObject([{ added: 1 }, { added: 0 }]);
    expect(await twice((one) => one.sort())).toEqual([1, 0]);
    expect(await twice((one) => one.draft())).toEqual([1, 0]);
    await inANewProcess(async (one) => one.approve((await one.about('top-up')).mention.id));
    expect(await twice((one) => one.post())).toMatchObject([{ posted: 1 }, { posted: 0 }]);
    expect(forum.replies).toHaveLength(1);
  });
});

describe('ways it can go wrong', () => {
  it('the author edits after the approval: void, sorted and drafted anew, approved again, posted once', async () => {
    const post = forum.say('lena', LENA);
    await house.hear();
    const { mention } = await house.about('top-up');
    await house.approve(mention.id);

    house.clock.pass(MINUTE);
    const edited = { ...post, body: 'Acorn Pay: I forgot my password and the reset mail never comes.' };
    forum.onNextRead({ answer: 'altered', alter: () => ({ posts: [{ ...edited, editedAt: now() }], more: false }) });
    await house.hear();
    expect(await house.post()).toMatchObject({ posted: 0 });
    const again = await house.see(mention.id);
    expect(again).toMatchObject({ mention: { state: 'drafted' }, assessment: { problemType: 'password-reset' } });
    expect(again.drafts).toHaveLength(2);

    await house.approve(mention.id);
    await house.post();
    expect(forum.replies).toMatchObject([{ body: again.drafts[1]?.text }]);
  });

  it('somebody writes in the thread after the approval: void with the reason, approved again, posted once', async () => {
    const post = forum.say('lena', LENA);
    await house.hear();
    const { mention } = await house.about('top-up');
    await house.approve(mention.id);

    house.clock.pass(MINUTE);
    forum.say('lena', 'Never mind, it arrived!', { topicId: post.topicId, parentId: post.id });
    await house.hear();
    expect(await house.post()).toMatchObject({ posted: 0 });
    const { mention: back, history, conversation } = await house.see(mention.id);
    expect(back.state).toBe('drafted');
    expect(history.at(-1)?.detail.reason).toMatch(/new message came into the conversation/);
    expect(conversation).toHaveLength(2);

    await house.approve(mention.id);
    expect(await house.post()).toMatchObject({ posted: 1 });
    expect(forum.replies).toHaveLength(1);
  });

  it('a person edits after the approval was taken back: only the new words go out', async () => {
    forum.say('lena', LENA);
    await house.hear();
    const { mention } = await house.about('top-up');
    const approved = await house.approve(mention.id);
    const asked = { mentionId: mention.id, by: 'Ada' };
    const undone = await house.review.undo({ ...asked, version: approved.mention.version });
    const text = 'Thank you for telling us. Please contact us in the app, and we will look into it.';
    await house.review.edit({ ...asked, version: undone.mention.version, text });
    await house.approve(mention.id, 'Ada');
    await house.post();
    expect(forum.replies.map(({ body }) => body)).toEqual([text]);
  });

  it('the platform takes the reply and the line breaks: looked up, not sent again', async () => {
    forum.say('lena', LENA);
    await house.hear();
    const { mention } = await house.about('top-up');
    await house.approve(mention.id);
    forum.onNextSend({ answer: 'reset', stored: true });
    expect(await house.post()).toMatchObject({ unsure: 1 });
    expect(await house.post()).toMatchObject({ posted: 1 });
    expect(forum.replies).toHaveLength(1);
    expect((await house.see(mention.id)).receipt?.proof).toBe('look-up');
  });

  it('the platform says no: a person sees why, changes the words, and it goes out', async () => {
    forum.say('lena', LENA);
    await house.hear();
    const { mention } = await house.about('top-up');
    await house.approve(mention.id);
    forum.onNextSend({ answer: 422 });
    expect(await house.post()).toMatchObject({ failed: 1 });
    const failed = await house.see(mention.id);
    expect(failed.approval).toMatchObject({ state: 'failed', reason: expect.stringContaining('422') });
    const text = 'We are sorry. Please write to us in the app, and we will look into it.';
    await house.review.edit({ mentionId: mention.id, version: failed.mention.version, by: 'Lin', text });
    await house.approve(mention.id);
    expect(await house.post()).toMatchObject({ posted: 1 });
  });

  it('a dismissed mention is never answered', async () => {
    forum.say('lena', LENA);
    await house.hear();
    const { mention } = await house.about('top-up');
    const asked = { mentionId: mention.id, version: mention.version, by: 'Lin' };
    await house.review.dismiss({ ...asked, reason: 'no-reply-needed' });
    await house.post();
    expect(forum.replies).toEqual([]);
  });

  it('the message is deleted at the source after the approval: nothing is posted, nothing is kept', async () => {
    forum.say('lena', LENA);
    await house.hear();
    const { mention } = await house.about('top-up');
    await house.approve(mention.id);
    const audit = { at: house.clock.now(), actor: 'earshot', action: 'erased', subject: 'forum', detail: {} };
    await disk.store.erase('test-forum', [mention.nativeId], audit);
    await house.post();
    expect(forum.replies).toEqual([]);
    expect(JSON.stringify(await house.see(mention.id))).not.toContain('charged');
  });

  it('one mention that breaks the classifier stops no other, and waits for a person', async () => {
    for (const text of [LENA, 'POISON', JUN]) forum.say('lena', text);
    const { classifier } = loaded;
    const fragile: Loaded['classifier'] = {
      version: classifier.version,
      classify(post, at) {
        if (post.text === 'POISON') throw new RangeError('poisoned');
        return classifier.classify(post, at);
      },
    };
    house = openHouse(disk.store, () => source, { ...loaded, classifier: fragile });
    await house.hear();
    expect((await house.about('top-up')).mention.state).toBe('drafted');
    expect((await house.about('转账')).mention.state).toBe('drafted');
    const { assessment } = await house.about('POISON');
    expect(assessment).toMatchObject({ problemType: 'other', unsure: true, confidence: 0 });
    expect(assessment?.priorityReasons).toEqual(['Could not be sorted by machine. Please read it.']);
  });
});

function now(): string {
  return new Date(house.clock.now()).toISOString();
}
