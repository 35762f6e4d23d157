import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict } from '../../src/core/failures.ts';
import type { Case } from '../../src/core/ports.ts';
import { DISMISS_REASONS, DISMISS_TITLES, mayUndo } from '../../src/stages/review/index.ts';
import { type Bench, openBench, UNDO_MS } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const asked = (seen: Case, by = 'Mei') => ({ mentionId: seen.mention.id, version: seen.mention.version, by });
const approved = (seen: Case) => bench.review.approve({ ...asked(seen), revision: seen.drafts.at(-1)?.revision ?? 0 });
const byHand = { permission: { how: 'by-hand', why: 'no API' } } as const;

/** Moves an approval along as the sender would. */
async function outbox(seen: Case, from: 'approved' | 'sending', to: 'sending' | 'failed' | 'unsure' | 'posted') {
  const key = seen.approval?.reply.key ?? '';
  const audit = { at: bench.clock.now(), actor: 'earshot', action: to, subject: seen.mention.id, detail: {} };
  expect(await bench.store.step({ key, from, to, reason: 'a test says so', audit })).toBe(true);
  return bench.caseOf(seen.mention.id);
}

describe('editing', () => {
  it('adds a revision under the name of the person and keeps the ones before', async () => {
    const seen = await bench.drafted();
    const after = await bench.review.edit({ ...asked(seen), text: '  Thank you.\r\nWe look into it.\u0000\ud800 ' });
    expect(after.drafts.map(({ revision, by }) => [revision, by])).toEqual([
      [1, 'earshot'],
      [2, 'Mei'],
    ]);
    expect(after.drafts.at(-1)).toMatchObject({ text: 'Thank you.\nWe look into it.\ufffd', lang: 'en' });
    expect(after.drafts.at(-1)).not.toHaveProperty('template');
    expect(after.mention).toMatchObject({ state: 'drafted' });
    expect(after.mention.version).toBeGreaterThan(seen.mention.version);
  });

  it('makes a first draft where none could be made', async () => {
    const seen = await bench.drafted({}, { problemType: 'other' });
    expect(seen.mention.state).toBe('assessed');
    const after = await bench.review.edit({ ...asked(seen), text: 'Thank you for the kind words.' });
    expect(after.mention.state).toBe('drafted');
    expect(after.drafts).toHaveLength(1);
  });

  it.each([
    ['', 'empty-text'],
    [' \n\u0007', 'empty-text'],
    ['长'.repeat(50_001), 'text-too-long'],
  ])('refuses a text that is no reply (%#)', async (text, code) => {
    const seen = await bench.drafted();
    await expect(bench.review.edit({ ...asked(seen), text })).rejects.toMatchObject({ code });
  });

  it('is refused while an approval stands: its text is what somebody signed', async () => {
    for (const found of [{}, byHand]) {
      const after = await approved(await bench.drafted(found));
      await expect(bench.review.edit({ ...asked(after), text: 'Other words' })).rejects.toMatchObject({
        code: 'not-from-here',
      });
    }
  });

  it('leaves an escalated mention escalated', async () => {
    const seen = await bench.review.escalate({ ...asked(await bench.drafted()), note: 'for legal' });
    const after = await bench.review.edit({ ...asked(seen), text: 'Carefully worded.' });
    expect(after.mention.state).toBe('escalated');
    expect((await bench.review.approve({ ...asked(after), revision: 2 })).mention.state).toBe('approved');
  });

  it('waits until the mention is sorted', async () => {
    const mention = await bench.heard();
    await expect(
      bench.review.edit({ mentionId: mention.id, version: mention.version, by: 'Mei', text: 'Hi' }),
    ).rejects.toMatchObject({ code: 'not-from-here' });
  });

  it('checks a text while it is typed and changes nothing', async () => {
    const seen = await bench.drafted();
    const { checks, length } = await bench.review.check({ mentionId: seen.mention.id, text: 'Your password?' });
    expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['no-secret-asked']);
    expect(length).toEqual({ used: 14, max: 280 });
    expect(await bench.caseOf(seen.mention.id)).toEqual(seen);
  });
});

describe('choosing another template', () => {
  it('adds a revision from it', async () => {
    const seen = await bench.drafted();
    const after = await bench.review.useTemplate({ ...asked(seen), templateId: 'top-up-failed/en' });
    expect(after.drafts.at(-1)).toMatchObject({ revision: 2, by: 'earshot', template: { id: 'top-up-failed/en' } });
  });

  it('is refused with the reason when it does not fit', async () => {
    const seen = await bench.drafted();
    await expect(bench.review.useTemplate({ ...asked(seen), templateId: '../etc' })).rejects.toMatchObject({
      code: 'no-template',
      message: 'There is no template "../etc".',
    });
  });
});

describe('setting aside', () => {
  it('dismisses with a reason from the list and a note without numbers', async () => {
    const seen = await bench.drafted();
    const after = await bench.review.dismiss({
      ...asked(seen),
      reason: 'duplicate',
      note: 'same person as 138 0013 8000, mail li@example.com',
    });
    expect(after.mention.state).toBe('dismissed');
    expect(after.history.at(-1)).toMatchObject({
      action: 'dismissed',
      actor: 'Mei',
      detail: { reason: 'duplicate', note: 'same person as •••, mail •••', before: 'drafted', after: 'dismissed' },
    });
  });

  it('knows its reasons in three languages and takes no other', async () => {
    for (const id of DISMISS_REASONS)
      expect(Object.values(DISMISS_TITLES[id]).every((title) => title !== '')).toBe(true);
    const seen = await bench.drafted();
    await expect(bench.review.dismiss({ ...asked(seen), reason: '__proto__' })).rejects.toMatchObject({
      code: 'unknown-reason',
    });
  });

  it('snoozes until a time to come', async () => {
    const seen = await bench.drafted();
    const until = bench.clock.now() + 3_600_000;
    const after = await bench.review.snooze({ ...asked(seen), until });
    expect(after.mention).toMatchObject({ state: 'snoozed', snoozedUntil: until });
    bench.clock.pass(3_600_001);
    expect(await bench.store.wake(bench.clock.now())).toBe(1);
    expect((await bench.caseOf(seen.mention.id)).mention.state).toBe('drafted');
  });

  it.each([Number.NaN, 0, Number.POSITIVE_INFINITY])('does not snooze until %s', async (until) => {
    const seen = await bench.drafted();
    await expect(bench.review.snooze({ ...asked(seen), until })).rejects.toMatchObject({ code: 'bad-time' });
  });

  it('assigns to a person and to nobody, in whatever state', async () => {
    const seen = await approved(await bench.drafted());
    const after = await bench.review.assign({ ...asked(seen), to: ' Jun ' });
    expect(after.mention).toMatchObject({ assignee: 'Jun', state: 'approved' });
    const free = await bench.review.assign({ ...asked(after), to: null });
    expect(free.mention).not.toHaveProperty('assignee');
  });

  it('refuses every decision on a stale view', async () => {
    const seen = await bench.drafted();
    await bench.review.assign({ ...asked(seen), to: 'Jun' });
    const stale = asked(seen);
    const tries = [
      () => bench.review.edit({ ...stale, text: 'x' }),
      () => bench.review.useTemplate({ ...stale, templateId: 'fees/en' }),
      () => bench.review.dismiss({ ...stale, reason: 'other' }),
      () => bench.review.snooze({ ...stale, until: bench.clock.now() + 1000 }),
      () => bench.review.assign({ ...stale, to: null }),
      () => bench.review.escalate(stale),
      () => bench.review.correct({ ...stale, problemType: 'other' }),
      () => bench.review.undo(stale),
      () => bench.review.confirmPosted(stale),
      () => bench.review.settle({ ...stale, outcome: 'posted' }),
      () => bench.review.retry(stale),
    ];
    for (const decide of tries) await expect(decide()).rejects.toBeInstanceOf(Conflict);
  });
});

describe('correcting the problem type', () => {
  it('makes it an example, is sure from now on, and drafts again', async () => {
    const seen = await bench.drafted({}, { unsure: true, confidence: 0.4 });
    const after = await bench.review.correct({ ...asked(seen), problemType: 'top-up-failed' });
    expect(after.assessment).toMatchObject({ problemType: 'top-up-failed', confidence: 1, unsure: false });
    expect(after.assessment?.others).toEqual([
      { type: 'fees', confidence: 0 },
      { type: 'other', confidence: 0 },
    ]);
    expect(after.drafts.at(-1)).toMatchObject({ revision: 2, template: { id: 'top-up-failed/en' } });
    expect(await bench.store.corrections()).toMatchObject([
      { mentionId: seen.mention.id, text: seen.mention.text, from: 'fees', to: 'top-up-failed', by: 'Mei' },
    ]);
  });

  it('takes the priority of the right type, and never lowers what the text itself raised', async () => {
    const raised = await bench.review.correct({ ...asked(await bench.drafted()), problemType: 'security-fraud' });
    expect(raised.assessment?.priority).toBe('urgent');
    const seen = await bench.drafted({}, { priority: 'urgent', priorityReasons: ['Names a regulator'] });
    const kept = await bench.review.correct({ ...asked(seen), problemType: 'top-up-failed' });
    expect(kept.assessment).toMatchObject({ priority: 'urgent', priorityReasons: ['Names a regulator'] });
  });

  it('settles whether it is a scam', async () => {
    const flagged = await bench.drafted({}, { scam: 0.9, scamReasons: ['Looks like us'] });
    const cleared = await bench.review.correct({ ...asked(flagged), problemType: 'top-up-failed' });
    expect(cleared.assessment).toMatchObject({ scam: 0, scamReasons: [] });
    const found = await bench.review.correct({ ...asked(cleared), problemType: 'scam-spam' });
    expect(found.assessment).toMatchObject({ scam: 1, scamReasons: ['A person says that it is a scam'] });
  });

  it('marks the old draft where no template fits, so that it is not let out by habit', async () => {
    const seen = await bench.drafted();
    const after = await bench.review.correct({ ...asked(seen), problemType: 'other' });
    await expect(approved(after)).rejects.toMatchObject({
      code: 'check-failed',
      message: expect.stringContaining('fits-type'),
    });
    const rewritten = await bench.review.edit({ ...asked(after), text: 'Thank you for telling us.' });
    expect((await approved(rewritten)).mention.state).toBe('approved');
  });

  it('can be taken back: what was thought before stands again, and the example is gone', async () => {
    const seen = await bench.drafted({}, { unsure: true, confidence: 0.4, scam: 0.3, scamReasons: ['Looks like us'] });
    const after = await bench.review.correct({ ...asked(seen), problemType: 'top-up-failed' });
    expect(mayUndo(after)).toBe(true);
    const back = await bench.review.undo(asked(after));
    expect(back.assessment).toEqual(seen.assessment);
    expect(back.drafts.at(-1)).toMatchObject({ revision: 3, template: seen.drafts.at(-1)?.template });
    expect(await bench.store.corrections()).toEqual([]);
    expect(back.history.at(-1)).toMatchObject({ action: 'undone', detail: { from: 'top-up-failed', to: 'fees' } });
    expect(mayUndo(back)).toBe(false);
  });

  it('is not what undo takes back first once something else was decided', async () => {
    const after = await bench.review.correct({ ...asked(await bench.drafted()), problemType: 'top-up-failed' });
    const edited = await bench.review.edit({ ...asked(after), text: 'Thank you for telling us.' });
    const back = await bench.review.undo(asked(edited));
    expect(back.drafts.at(-1)?.text).toBe(after.drafts.at(-1)?.text);
    expect(await bench.store.corrections()).toHaveLength(1);
    await bench.review.undo(asked(back));
    expect(await bench.store.corrections()).toEqual([]);
  });

  it('knows only the problem types of the workspace', async () => {
    const seen = await bench.drafted();
    await expect(bench.review.correct({ ...asked(seen), problemType: 'weather' })).rejects.toMatchObject({
      code: 'unknown-problem-type',
    });
    expect(await bench.store.corrections()).toEqual([]);
  });
});

describe('undo', () => {
  it('takes an approval back before it is sent, and the same revision can be approved again', async () => {
    const first = await approved(await bench.drafted());
    expect(mayUndo(first)).toBe(true);
    const back = await bench.review.undo(asked(first, 'Jun'));
    expect(back.mention.state).toBe('drafted');
    expect(back.approval?.state ?? 'void').toBe('void');
    expect(await bench.store.outbox(['approved'], 10)).toEqual([]);
    const again = await approved(back);
    expect(again.approval?.state).toBe('approved');
    expect(await bench.store.outbox(['approved'], 10)).toHaveLength(1);
  });

  it('is in time, because an approved reply waits a moment before it is sent', async () => {
    const { approval } = await approved(await bench.drafted());
    expect(approval?.notBefore).toBe(bench.clock.now() + UNDO_MS);
  });

  it('takes back an approval that waits to be posted by hand', async () => {
    const seen = await approved(await bench.drafted(byHand));
    expect((await bench.review.undo(asked(seen))).mention.state).toBe('drafted');
  });

  it('comes too late once the sender has it', async () => {
    const seen = await approved(await bench.drafted());
    const sending = await outbox(seen, 'approved', 'sending');
    expect(mayUndo(sending)).toBe(false);
    await expect(bench.review.undo(asked(sending))).rejects.toMatchObject({ code: 'too-late' });
  });

  it('races the sender, and exactly one of them wins', async () => {
    for (let n = 0; n < 20; n += 1) {
      const seen = await approved(await bench.drafted());
      const key = seen.approval?.reply.key ?? '';
      const audit = {
        at: bench.clock.now(),
        actor: 'earshot',
        action: 'sending',
        subject: seen.mention.id,
        detail: {},
      };
      const send = () => bench.store.step({ key, from: 'approved', to: 'sending', audit });
      const undo = () =>
        bench.review.undo(asked(seen)).then(
          () => true,
          () => false,
        );
      const [sent, undone] =
        n % 2 ? await Promise.all([send(), undo()]) : (await Promise.all([undo(), send()])).reverse();
      expect([sent, undone].filter(Boolean)).toHaveLength(1);
      expect((await bench.caseOf(seen.mention.id)).mention.state).toBe(sent ? 'sending' : 'drafted');
    }
  });

  it('brings back what was dismissed, snoozed or escalated', async () => {
    const until = bench.clock.now() + 1000;
    const seen = [
      await bench.drafted(),
      await bench.drafted(),
      await bench.drafted(),
      await bench.drafted({}, { problemType: 'other' }),
    ] as const;
    const aside = [
      await bench.review.dismiss({ ...asked(seen[0]), reason: 'other' }),
      await bench.review.snooze({ ...asked(seen[1]), until }),
      await bench.review.escalate(asked(seen[2])),
      await bench.review.dismiss({ ...asked(seen[3]), reason: 'other' }),
    ];
    const back = [];
    for (const one of aside) back.push(await bench.review.undo(asked(one)));
    expect(back.map(({ mention }) => mention.state)).toEqual(['drafted', 'drafted', 'drafted', 'assessed']);
    expect(back[1]?.mention).not.toHaveProperty('snoozedUntil');
  });

  it('says so when there is nothing to take back', async () => {
    const seen = await bench.drafted();
    expect(mayUndo(seen)).toBe(false);
    await expect(bench.review.undo(asked(seen))).rejects.toMatchObject({ code: 'nothing-to-undo' });
  });
});

describe('after the approval', () => {
  it('records a reply that a person posted by hand', async () => {
    const seen = await approved(await bench.drafted(byHand));
    const after = await bench.review.confirmPosted({ ...asked(seen, 'Jun'), url: 'https://forum.example/t/1#9' });
    expect(after.mention.state).toBe('posted');
    expect(after.receipt).toMatchObject({
      key: seen.approval?.reply.key,
      url: 'https://forum.example/t/1#9',
      proof: 'person',
      confirmedBy: 'Jun',
      postedAt: bench.clock.now(),
    });
  });

  it.each(['javascript:alert(1)', 'ftp://x.example', 'forum.example', `https://x.example/${'a'.repeat(2000)}`])(
    'takes no address that a colleague should not click (%s)',
    async (url) => {
      const seen = await approved(await bench.drafted(byHand));
      await expect(bench.review.confirmPosted({ ...asked(seen), url })).rejects.toMatchObject({ code: 'bad-url' });
    },
  );

  it('confirms nothing that goes out by itself', async () => {
    const seen = await approved(await bench.drafted());
    await expect(bench.review.confirmPosted(asked(seen))).rejects.toMatchObject({ code: 'not-from-here' });
  });

  it('settles a reply of unknown outcome by what a person saw', async () => {
    const out = await unsure();
    expect((await bench.review.settle({ ...asked(out), outcome: 'posted' })).mention.state).toBe('posted');
    const notOut = await unsure();
    const after = await bench.review.settle({ ...asked(notOut), outcome: 'not-posted' });
    expect(after.mention.state).toBe('failed');
    expect(after.approval).toMatchObject({ state: 'failed', reason: expect.stringContaining('Mei looked') });
  });

  it('tries a failed reply once more under the name of who asks', async () => {
    const seen = await approved(await bench.drafted());
    const failed = await outbox(await outbox(seen, 'approved', 'sending'), 'sending', 'failed');
    const after = await bench.review.retry(asked(failed, 'Jun'));
    expect(after.mention.state).toBe('approved');
    expect(after.approval).toMatchObject({
      state: 'approved',
      reply: { approver: 'Jun', key: seen.approval?.reply.key },
    });
    expect(await bench.store.outbox(['approved'], 10)).toHaveLength(1);
    await expect(bench.review.retry(asked(after))).rejects.toMatchObject({ code: 'not-from-here' });
  });

  async function unsure(): Promise<Case> {
    const seen = await approved(await bench.drafted());
    return outbox(await outbox(seen, 'approved', 'sending'), 'sending', 'unsure');
  }
});
