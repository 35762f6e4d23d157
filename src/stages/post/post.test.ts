import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accountOf, type Desk, openDesk } from '../../../test/platforms/desk.ts';
import { type Behaviour, Forum, OUR_ACCOUNT } from '../../../test/platforms/forum.ts';
import { HandClock, openForum, quiet, temporaryStore } from '../../../test/platforms/open-forum.ts';
import { ConnectorError } from '../../core/failures.ts';
import type { MentionId } from '../../core/nouns.ts';
import type { ReplyAbility, Source, Store } from '../../core/ports.ts';
import { createCollector } from '../collect/index.ts';
import { type OutboxDeps, openOutbox } from './index.ts';

let forum: Forum;
let disk: Awaited<ReturnType<typeof temporaryStore>>;
let store: Store;
let clock: HandClock;
let desk: Desk;
let source: Source | undefined;
let deps: OutboxDeps;

beforeEach(async () => {
  forum = await new Forum().start();
  disk = await temporaryStore();
  store = disk.store;
  clock = new HandClock();
  desk = openDesk(store, clock);
  deps = {
    store,
    sourceOf: () => source,
    accountOf,
    clock,
    signal: new AbortController().signal,
    worker: 'test',
    log: quiet,
    sendTimeoutMs: 1_000,
    random: () => 1,
  };
});
afterEach(async () => {
  await forum.close();
  await disk.remove();
});

const ONCE = ['platform-key', 'look-up', 'cannot'] as const;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Posts are heard through the connector, drafted, and approved by a person. */
async function approved(once: (typeof ONCE)[number], posts = 1): Promise<MentionId[]> {
  for (let n = 1; n <= posts; n++) forum.say('lena', `I need help (${n})`);
  source = openForum(forum, once, { clock });
  await hear();
  return desk.approveAll();
}
async function hear(): Promise<void> {
  if (!source) return;
  const collector = createCollector({ store, clock, log: quiet, ourHandles: () => [] });
  await collector.collect(source, { since: 0, signal: deps.signal, asked: true });
}
const sends = () => forum.requests.filter((request) => request.startsWith('POST')).length;
const run = () => openOutbox(deps).run();
const reasonOf = async (id: MentionId) => (await desk.see(id)).approval?.reason ?? '';

describe('an approved reply', () => {
  it.each(ONCE)('is posted once and has a receipt (%s)', async (once) => {
    const [id = ''] = await approved(once);
    expect(await run()).toEqual({ posted: 1, failed: 0, unsure: 0, void: 0, waiting: 0 });
    expect(await run()).toEqual({ posted: 0, failed: 0, unsure: 0, void: 0, waiting: 0 });
    expect(forum.replies).toMatchObject([{ parentId: 1, body: 'Thank you for telling us (1).', key: `${id}.r1` }]);
    const { mention, receipt, history } = await desk.see(id);
    expect(mention.state).toBe('posted');
    expect(receipt).toMatchObject({ nativeId: '2', url: `${forum.url}/posts/2`, proof: 'answer', key: `${id}.r1` });
    expect(history.map(({ action }) => action).slice(-3)).toEqual(['approved', 'sending', 'posted']);
  });

  it('is written down as being sent before it is sent', async () => {
    const [id = ''] = await approved('cannot');
    let state = '';
    forum.onReply = async (moment) => {
      if (moment === 'received') state = (await desk.see(id)).mention.state;
    };
    await run();
    expect(state).toBe('sending');
  });

  it('for a person to post by hand is left alone', async () => {
    forum.say('lena', 'I need help');
    const forumSource = openForum(forum);
    const pull = forumSource.pull?.bind(forumSource);
    source = {
      ...forumSource,
      pull: async (from, signal) => {
        const page = await pull?.(from, signal);
        if (!page) throw new Error('no page');
        return {
          ...page,
          found: page.found.map((one) => ({ ...one, permission: { how: 'by-hand', why: 'A feed.' } })),
        };
      },
    };
    await hear();
    const [id = ''] = await desk.approveAll();
    await run();
    expect((await desk.see(id)).mention.state).toBe('by-hand');
    expect(sends()).toBe(0);
  });

  it('is never written into the log with its words', async () => {
    await approved('cannot');
    await run();
    expect(JSON.stringify(await store.audit(0, 100))).not.toContain('Thank you');
  });
});

describe('what the platform says', () => {
  const rows: [string, Behaviour, { state: string; posted: number }][] = [
    ['wait', { answer: 429, retryAfter: 90 }, { state: 'approved', posted: 0 }],
    ['wait, without saying how long', { answer: 429 }, { state: 'approved', posted: 0 }],
    ['a wrong key', { answer: 401 }, { state: 'approved', posted: 0 }],
    ['a clear no', { answer: 422 }, { state: 'failed', posted: 0 }],
    ['trouble, before it took the reply', { answer: 500, stored: false }, { state: 'unsure', posted: 0 }],
    ['trouble, after it took the reply', { answer: 500, stored: true }, { state: 'unsure', posted: 1 }],
    ['a web page', { answer: 'html', stored: true }, { state: 'unsure', posted: 1 }],
    ['half an answer', { answer: 'half', stored: true }, { state: 'unsure', posted: 1 }],
    ['nothing in its answer', { answer: 'empty', stored: true }, { state: 'unsure', posted: 1 }],
    ['nothing, after it took the reply', { answer: 'never', stored: true }, { state: 'unsure', posted: 1 }],
    ['nothing, before it took the reply', { answer: 'never', stored: false }, { state: 'unsure', posted: 0 }],
    ['the line breaks after it took the reply', { answer: 'reset', stored: true }, { state: 'unsure', posted: 1 }],
    ['the line breaks before it took the reply', { answer: 'reset', stored: false }, { state: 'unsure', posted: 0 }],
    ['yes, slowly', { answer: 'late', ms: 50 }, { state: 'posted', posted: 1 }],
  ];
  it.each(rows)('%s', async (_, behaviour, { state, posted }) => {
    const [id = ''] = await approved('cannot');
    forum.onNextSend(behaviour);
    deps.sendTimeoutMs = 300;
    await run();
    expect((await desk.see(id)).mention.state).toBe(state);
    expect(forum.replies).toHaveLength(posted);
    expect(sends()).toBe(1);
    if (state !== 'posted') expect(await reasonOf(id)).not.toBe('');
  });

  it('nobody at home: surely not posted, tried again later', async () => {
    const [id = ''] = await approved('cannot');
    const closed = await new Forum().start();
    source = openForum({ url: closed.url }, 'cannot');
    await closed.close();
    expect(await run()).toMatchObject({ waiting: 1 });
    const { approval } = await desk.see(id);
    expect(approval).toMatchObject({ state: 'approved', attempts: 1, notBefore: clock.now() + 30 * SECOND });
  });

  it('an answer that does not say which reply it is about is no yes', async () => {
    const [id = ''] = await approved('cannot');
    source = sending(async () => ({ nativeId: '', postedAt: 0 }));
    await run();
    expect((await desk.see(id)).mention.state).toBe('unsure');
  });

  it.each([
    ['what no connector has named', () => Promise.reject(new TypeError('x is not a function'))],
    [
      'a connector that throws at once',
      () => {
        throw new Error('broken');
      },
    ],
    ['a connector that never ends', () => new Promise<never>(() => {})],
    [
      'a failure that comes after the time was up',
      (_: unknown, signal: AbortSignal) =>
        new Promise<never>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new ConnectorError('unavailable', 'gave up')));
        }),
    ],
  ])('%s counts as unknown', async (_, send) => {
    const [id = ''] = await approved('cannot');
    source = sending(send as ReplyAbility['send']);
    deps.sendTimeoutMs = 30;
    expect(await run()).toMatchObject({ unsure: 1 });
    expect(await reasonOf(id)).toMatch(/please look whether the reply is there/);
  });

  function sending(send: ReplyAbility['send']): Source {
    return { ...openForum(forum, 'cannot'), reply: { once: 'cannot', send } };
  }
});

describe('being told to wait', () => {
  it('holds for all replies of the source, exactly as long as told', async () => {
    await approved('cannot', 3);
    forum.onNextSend({ answer: 429, retryAfter: 90 });
    const outbox = openOutbox(deps);
    await outbox.run();
    clock.pass(89 * SECOND);
    await outbox.run();
    expect(sends()).toBe(1);
    clock.pass(SECOND);
    expect(await outbox.run()).toMatchObject({ posted: 3 });
    expect(forum.replies).toHaveLength(3);
  });

  it('a wrong key keeps every approval until it is right', async () => {
    const ids = await approved('cannot', 2);
    forum.onNextSend({ answer: 401 });
    const outbox = openOutbox(deps);
    await outbox.run();
    expect(sends()).toBe(1);
    for (const id of ids) expect((await desk.see(id)).mention.state).toBe('approved');
    clock.pass(15 * MINUTE);
    expect(await outbox.run()).toMatchObject({ posted: 2 });
  });

  it('grows with each attempt that surely failed', async () => {
    const [id = ''] = await approved('cannot');
    source = {
      ...openForum(forum),
      reply: { once: 'cannot', send: () => Promise.reject(new ConnectorError('unavailable', 'Down.')) },
    };
    const waits: number[] = [];
    for (let n = 0; n < 8; n++) {
      await run();
      const notBefore = (await desk.see(id)).approval?.notBefore ?? 0;
      waits.push((notBefore - clock.now()) / SECOND);
      clock.pass(notBefore - clock.now());
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1800, 1800]);
  });

  it('does not keep other sources waiting', async () => {
    const [slow = '', quick = ''] = await approved('cannot', 2);
    const forumSource = openForum(forum, 'cannot');
    const never = {
      ...forumSource,
      id: 'slow',
      reply: { once: 'cannot' as const, send: () => new Promise<never>(() => {}) },
    };
    deps.sourceOf = ({ id }) => (id === slow ? never : forumSource);
    deps.sendTimeoutMs = 200;
    const posted = vi.waitFor(async () => expect((await desk.see(quick)).mention.state).toBe('posted'), {
      interval: 10,
    });
    const pass = run();
    await posted;
    expect((await desk.see(slow)).mention.state).toBe('sending');
    await pass;
  });
});

describe('an approval is void when what was approved has changed', () => {
  it('the author edited the message', async () => {
    const [id = ''] = await approved('cannot');
    clock.pass(MINUTE);
    forum.edit(1, 'It is solved, thank you');
    source = openForum(forum, 'cannot', { id: 'forum', clock });
    await createCollector({
      store: { ...store, cursor: async () => undefined },
      clock,
      log: quiet,
      ourHandles: () => [],
    }).collect(source, { since: 0, signal: deps.signal });
    await run();
    expect(sends()).toBe(0);
    expect((await desk.see(id)).mention).toMatchObject({ state: 'heard', text: 'It is solved, thank you' });
  });

  it('somebody wrote in the conversation', async () => {
    const [id = ''] = await approved('cannot');
    clock.pass(MINUTE);
    forum.say('omar', 'Same for me', { topicId: 1, parentId: 1 });
    await hear();
    expect(await run()).toMatchObject({ void: 1, posted: 0 });
    const { mention, history } = await desk.see(id);
    expect(mention.state).toBe('drafted');
    expect(history.at(-1)).toMatchObject({
      action: 'voided',
      detail: { reason: expect.stringMatching(/new message came into the conversation after Lin approved/) },
    });
    expect(sends()).toBe(0);
  });

  it('we would post as somebody else', async () => {
    await approved('cannot');
    deps.accountOf = () => '@somebody_else';
    expect(await run()).toMatchObject({ void: 1 });
    expect(sends()).toBe(0);
  });

  it('the message was deleted', async () => {
    await approved('cannot');
    const audit = { at: clock.now(), actor: 'earshot', action: 'erased', subject: 'forum', detail: {} };
    await store.erase('test-forum', ['1'], audit);
    await run();
    expect(sends()).toBe(0);
  });

  it('a person took it back', async () => {
    const [id = ''] = await approved('cannot');
    const { mention } = await desk.see(id);
    await desk.review.undo({ mentionId: id, version: mention.version, by: 'Ada' });
    await run();
    expect(sends()).toBe(0);
  });

  it('but kept, with the reason, while its source is closed', async () => {
    const [id = ''] = await approved('cannot');
    source = undefined;
    expect(await run()).toMatchObject({ waiting: 1, void: 0 });
    expect(await run()).toMatchObject({ waiting: 0 });
    expect(await reasonOf(id)).toMatch(/Source "forum" is not open/);
    source = openForum(forum, 'cannot');
    expect(await run()).toMatchObject({ posted: 1 });
  });
});

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
    source = openForum(forum, 'platform-key', { keyValidMs: 5 * MINUTE, clock });
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
    await vi.waitFor(async () => expect((await desk.see(id)).mention.state).toBe('sending'), { interval: 5 });

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
    const before = performance.now();
    const report = await openOutbox({ ...deps, signal: stop.signal, sendTimeoutMs: 20_000, stopGraceMs: 50 }).run();
    expect(report).toMatchObject({ unsure: 1 });
    expect(performance.now() - before).toBeLessThan(2_000);
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
