import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../test/platforms/desk.ts';
import { type Behaviour, OUR_ACCOUNT } from '../../../test/platforms/forum.ts';
import { openForum } from '../../../test/platforms/open-forum.ts';
import {
  answerThrough,
  approved,
  clock,
  deps,
  desk,
  forum,
  MINUTE,
  ONCE,
  reasonOf,
  run,
  SECOND,
  sends,
  setUpPosting,
  store,
} from '../../../test/platforms/posting.ts';
import type { Store } from '../../core/ports.ts';
import { openOutbox } from './index.ts';

setUpPosting();

describe('an unknown outcome', () => {
  const lost: Behaviour = { answer: 'reset', stored: true };
  const lostBefore: Behaviour = { answer: 'reset', stored: false };

  it.each([lost, lostBefore])('is settled by the same key, which the platform honours (%o)', async (behaviour) => {
    const [id = ''] = await approved('platform-key');
    forum.onNextSend(behaviour);
    const outbox = openOutbox(deps);
    expect(await outbox.run()).toMatchObject({ unsure: 1 });
    expect(await outbox.run()).toMatchObject({ posted: 1 });
    expect(forum.replies).toHaveLength(1);
    expect((await desk.see(id)).receipt).toMatchObject({ proof: 'nonce', nativeId: '2' });
  });

  it('is left to a person when the platform has forgotten the key', async () => {
    const [id = ''] = await approved('platform-key');
    answerThrough(openForum(forum, 'platform-key', { keyValidMs: 5 * MINUTE, clock }));
    forum.onNextSend(lost);
    const outbox = openOutbox(deps);
    await outbox.run();
    clock.pass(5 * MINUTE - SECOND);
    for (let n = 0; n < 10; n++) {
      await outbox.run();
      clock.pass(10 * MINUTE);
    }
    expect(sends()).toBe(1);
    expect((await desk.see(id)).mention.state).toBe('unsure');
    expect(await reasonOf(id)).toMatch(/Please look whether the reply is there/);
  });

  it('is not settled by a no to the second send: the first may be out', async () => {
    const [id = ''] = await approved('platform-key');
    forum.onNextSend(lost, { answer: 422 }, { answer: 500 });
    const outbox = openOutbox(deps);
    await outbox.run();
    await outbox.run();
    expect((await desk.see(id)).mention.state).toBe('unsure');
    clock.pass(6 * SECOND);
    await outbox.run();
    clock.pass(30 * SECOND);
    expect(await outbox.run()).toMatchObject({ posted: 1 });
    expect(forum.replies).toHaveLength(1);
  });

  it('is settled by looking it up', async () => {
    const [id = ''] = await approved('look-up');
    forum.onNextSend(lost);
    const outbox = openOutbox(deps);
    await outbox.run();
    expect(await outbox.run()).toMatchObject({ posted: 1 });
    expect(sends()).toBe(1);
    expect((await desk.see(id)).receipt).toMatchObject({ proof: 'look-up', nativeId: '2' });
  });

  it('is looked up several times, with pauses, and never sent again', async () => {
    const [id = ''] = await approved('look-up');
    forum.onNextSend(lostBefore);
    const outbox = openOutbox(deps);
    await outbox.run();
    for (let second = 0; second < 30 * 60; second += 5) {
      await outbox.run();
      clock.pass(5 * SECOND);
    }
    expect(forum.requests.filter((request) => request === 'GET /replies')).toHaveLength(5);
    expect(sends()).toBe(1);
    expect((await desk.see(id)).mention.state).toBe('unsure');
    expect(await reasonOf(id)).toMatch(/did not turn up at the source.*please look, and say so/);
  });

  it('a look-up that fails says nothing either way', async () => {
    const [id = ''] = await approved('look-up');
    forum.onNextSend(lost);
    forum.onNextSearch({ answer: 500 }, { answer: 'html' });
    const outbox = openOutbox(deps);
    await outbox.run();
    await outbox.run();
    clock.pass(5 * SECOND);
    await outbox.run();
    expect((await desk.see(id)).mention.state).toBe('unsure');
    clock.pass(30 * SECOND);
    expect(await outbox.run()).toMatchObject({ posted: 1 });
  });

  it('is for a person where the platform cannot be asked', async () => {
    const [id = ''] = await approved('cannot');
    forum.onNextSend(lost);
    const outbox = openOutbox(deps);
    for (let n = 0; n < 5; n++) {
      await outbox.run();
      clock.pass(60 * MINUTE);
    }
    expect(sends()).toBe(1);
    const { mention } = await desk.see(id);
    await desk.review.settle({ mentionId: id, version: mention.version, by: 'Ada', outcome: 'posted' });
    expect((await desk.see(id)).receipt).toMatchObject({ proof: 'person', confirmedBy: 'Ada' });
  });

  it('a person who overlooked the reply does not double it, where it can be looked up', async () => {
    const [id = ''] = await approved('look-up');
    forum.onNextSend(lost);
    forum.onNextSearch(...Array.from({ length: 5 }, (): Behaviour => ({ answer: 500 })));
    const outbox = openOutbox(deps);
    for (let n = 0; n < 6; n++) {
      await outbox.run();
      clock.pass(10 * MINUTE);
    }
    const settled = await desk.review.settle({
      mentionId: id,
      version: (await desk.see(id)).mention.version,
      by: 'Ada',
      outcome: 'not-posted',
    });
    await desk.review.retry({ mentionId: id, version: settled.mention.version, by: 'Ada' });
    expect(await outbox.run()).toMatchObject({ posted: 1 });
    expect(forum.replies).toHaveLength(1);
    expect((await desk.see(id)).receipt?.proof).toBe('look-up');
  });
});

describe('a process that died while sending', () => {
  it.each(ONCE)('leaves an unknown outcome once its lease has run out (%s)', async (once) => {
    const [id = ''] = await approved(once);
    const dead = { ...deps, store: { ...store, step: dieAfter(store.step) } };
    void openOutbox(dead).run();
    await expect.poll(async () => (await desk.see(id)).mention.state, { interval: 5 }).toBe('sending');

    const outbox = openOutbox(deps);
    expect(await outbox.run()).toMatchObject({ unsure: 0 }); // it may still be alive
    clock.pass(MINUTE);
    const swept = await outbox.run();
    expect(swept).toMatchObject({ unsure: 1, posted: once === 'platform-key' ? 1 : 0 });
    expect(forum.replies).toHaveLength(once === 'platform-key' ? 1 : 0);
  });

  /** Takes one step, then nothing more is heard of the process. */
  function dieAfter(step: Store['step']): Store['step'] {
    return async (one) => {
      await step(one);
      return new Promise(() => {});
    };
  }

  it('and comes back late does not send any more', async () => {
    await approved('cannot');
    const slept = {
      ...deps,
      store: {
        ...store,
        step: async (one: Parameters<Store['step']>[0]) => {
          const taken = await store.step(one);
          if (one.to === 'sending') clock.pass(10 * MINUTE);
          return taken;
        },
      },
    };
    await openOutbox(slept).run();
    expect(sends()).toBe(0);
  });
});

describe('two processes', () => {
  it('at once never send the same', async () => {
    await approved('cannot', 12);
    const outboxes = [1, 2, 3, 4].map((n) => openOutbox({ ...deps, worker: `worker ${n}` }));
    await Promise.all(outboxes.map((outbox) => outbox.run()));
    expect(forum.replies).toHaveLength(12);
    expect(sends()).toBe(12);
  });

  it('and one that was taken for dead: its answer still counts', async () => {
    const [id = ''] = await approved('cannot');
    forum.onReply = async (moment) => {
      if (moment !== 'stored') return;
      clock.pass(10 * MINUTE);
      await openOutbox({ ...deps, worker: 'other' }).run();
      expect((await desk.see(id)).mention.state).toBe('unsure');
    };
    expect(await run()).toMatchObject({ posted: 1 });
    expect((await desk.see(id)).receipt).toMatchObject({ proof: 'answer' });
  });
});

describe('a stop', () => {
  it('waits for the send on its way and starts no other', async () => {
    await approved('cannot', 2);
    const stop = new AbortController();
    forum.onReply = (moment) => moment === 'received' && stop.abort();
    forum.onNextSend({ answer: 'late', ms: 50 });
    expect(await openOutbox({ ...deps, signal: stop.signal }).run()).toMatchObject({ posted: 1 });
    expect(sends()).toBe(1);
  });

  it('waits no longer than its grace', async () => {
    await approved('cannot');
    const stop = new AbortController();
    forum.onReply = (moment) => moment === 'received' && stop.abort();
    forum.onNextSend({ answer: 'never', stored: true });
    // Without the grace the run would go on for an hour, and no test does.
    const report = await openOutbox({ ...deps, signal: stop.signal, sendTimeoutMs: 3_600_000, stopGraceMs: 50 }).run();
    expect(report).toMatchObject({ unsure: 1 });
  });
});

it('one reply that breaks everything stops no other', async () => {
  const [first = ''] = await approved('cannot', 3);
  deps.accountOf = (mention) => {
    if (mention.id === first) throw new Error('broken');
    return accountOf(mention);
  };
  expect(await run()).toMatchObject({ posted: 2 });
  expect(forum.replies.every(({ author }) => author.id === OUR_ACCOUNT.id)).toBe(true);
});
