import { describe, expect, it } from 'vitest';
import { type Behaviour, Forum } from '../../../test/platforms/forum.ts';
import { openForum, quiet } from '../../../test/platforms/open-forum.ts';
import {
  answerThrough,
  approved,
  clock,
  deps,
  desk,
  forum,
  hear,
  MINUTE,
  ONCE,
  reasonOf,
  run,
  SECOND,
  sends,
  setUpPosting,
  store,
} from '../../../test/platforms/posting.ts';
import { ConnectorError } from '../../core/failures.ts';
import type { ReplyAbility, Source } from '../../core/ports.ts';
import { createCollector } from '../collect/index.ts';
import { openOutbox } from './index.ts';

setUpPosting();

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

  it.each([60, -60])('goes out once when the clock is set by %d minutes', async (minutes) => {
    const [before = ''] = await approved('cannot');
    clock.pass(minutes * MINUTE);
    await run();
    expect((await desk.see(before)).mention.state).toBe('posted');
    clock.pass(-minutes * MINUTE);
    await run();
    expect(sends()).toBe(1);
  });

  it('for a person to post by hand is left alone', async () => {
    forum.say('lena', 'I need help');
    const forumSource = openForum(forum);
    const pull = forumSource.pull?.bind(forumSource);
    answerThrough({
      ...forumSource,
      pull: async (from, signal) => {
        const page = await pull?.(from, signal);
        if (!page) throw new Error('no page');
        return {
          ...page,
          found: page.found.map((one) => ({ ...one, permission: { how: 'by-hand', why: 'A feed.' } })),
        };
      },
    });
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
    if (behaviour.answer === 'never') deps.sendTimeoutMs = 1_000;
    await run();
    expect((await desk.see(id)).mention.state).toBe(state);
    expect(forum.replies).toHaveLength(posted);
    expect(sends()).toBe(1);
    if (state !== 'posted') expect(await reasonOf(id)).not.toBe('');
  });

  it('nobody at home: surely not posted, tried again later', async () => {
    const [id = ''] = await approved('cannot');
    const closed = await new Forum().start();
    answerThrough(openForum({ url: closed.url }, 'cannot'));
    await closed.close();
    expect(await run()).toMatchObject({ waiting: 1 });
    const { approval } = await desk.see(id);
    expect(approval).toMatchObject({ state: 'approved', attempts: 1, notBefore: clock.now() + 30 * SECOND });
  });

  it('an answer that does not say which reply it is about is no yes', async () => {
    const [id = ''] = await approved('cannot');
    answerThrough(sending(async () => ({ nativeId: '', postedAt: 0 })));
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
    answerThrough(sending(send as ReplyAbility['send']));
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
    answerThrough({
      ...openForum(forum),
      reply: { once: 'cannot', send: () => Promise.reject(new ConnectorError('unavailable', 'Down.')) },
    });
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
    const stop = new AbortController();
    const pass = openOutbox({ ...deps, signal: stop.signal, stopGraceMs: 0 }).run();
    await expect.poll(async () => (await desk.see(quick)).mention.state).toBe('posted');
    expect((await desk.see(slow)).mention.state).toBe('sending');
    stop.abort();
    await pass;
  });
});

describe('an approval is void when what was approved has changed', () => {
  it('the author edited the message', async () => {
    const [id = ''] = await approved('cannot');
    clock.pass(MINUTE);
    forum.edit(1, 'It is solved, thank you');
    const source = openForum(forum, 'cannot', { clock });
    answerThrough(source);
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
    const { mention, history } = await desk.see(id);
    expect(mention.state, 'at once, not only when it would be sent').toBe('drafted');
    expect(await run()).toMatchObject({ posted: 0 });
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

  it('its template was changed since', async () => {
    const [id = ''] = await approved('cannot');
    const { mention } = await desk.see(id);
    await desk.review.undo({ mentionId: id, version: mention.version, by: 'Lin' });
    const drafted = await desk.see(id);
    const [first] = drafted.drafts;
    if (!first) throw new Error('no draft');
    const again = await store.decide({
      mentionId: id,
      expectedVersion: drafted.mention.version,
      to: 'drafted',
      draft: { ...first, revision: 2, template: { id: 'hello/en', version: 'v1' } },
      audit: { at: clock.now(), actor: 'Lin', action: 'template-chosen', subject: id, detail: {} },
    });
    desk.templates.version = () => 'v1';
    await desk.review.approve({ mentionId: id, version: again.version, revision: 2, by: 'Lin' });
    deps.templates = { version: () => 'v2' };
    expect(await run()).toMatchObject({ void: 1 });
    const { history } = await desk.see(id);
    expect(history.at(-1)?.detail).toMatchObject({ voided: { approver: 'Lin', code: 'template-changed' } });
    expect(sends()).toBe(0);
    // And nobody lets the same old words out again.
    desk.templates.version = () => 'v2';
    const now = (await desk.see(id)).mention;
    const asked = { mentionId: id, version: now.version, revision: 2, by: 'Lin' };
    await expect(desk.review.approve(asked)).rejects.toMatchObject({ code: 'template-changed' });
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
    answerThrough(undefined);
    expect(await run()).toMatchObject({ waiting: 1, void: 0 });
    expect(await run()).toMatchObject({ waiting: 0 });
    expect(await reasonOf(id)).toMatch(/Source "forum" is not open/);
    answerThrough(openForum(forum, 'cannot'));
    expect(await run()).toMatchObject({ posted: 1 });
  });
});
