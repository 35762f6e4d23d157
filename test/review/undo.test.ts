import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Case } from '../../src/core/ports.ts';
import { undoes } from '../../src/stages/review/index.ts';
import { type Bench, openBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const HOUR = 3_600_000;
const asked = (seen: Case, by = 'Mei') => ({ mentionId: seen.mention.id, version: seen.mention.version, by });
const textOf = (seen: Case) => seen.drafts.at(-1)?.text;
const undo = (seen: Case, by = 'Mei') => bench.review.undo(asked(seen, by));

describe('undo takes back', () => {
  it('an assignment: to whoever had it before, or nobody', async () => {
    const first = await bench.review.assign({ ...asked(await bench.drafted()), to: 'Jun' });
    const second = await bench.review.assign({ ...asked(first), to: 'Ana' });
    expect(undoes(second, bench.clock.now())).toBe('assigned');
    const back = await undo(second);
    expect(back.mention.assignee).toBe('Jun');
    expect(back.history.at(-1)).toMatchObject({ action: 'undone', detail: { from: 'Ana', assignee: 'Jun' } });
    expect((await undo(back)).mention).not.toHaveProperty('assignee');
  });

  it('an edit: the draft before stands again whole, as a revision of its own, checked anew', async () => {
    const seen = await bench.drafted();
    const edited = await bench.review.edit({ ...asked(seen), text: 'Send us your password.' });
    expect(undoes(edited, bench.clock.now())).toBe('edited');
    const back = await undo(edited);
    const { revision: _, at: __, ...before } = seen.drafts.at(-1) ?? {};
    expect(back.drafts.at(-1)).toMatchObject({ ...before, revision: 3 });
    expect(back.drafts).toHaveLength(3);
    expect(undoes(back, bench.clock.now())).toBeUndefined();
    expect((await bench.review.approve({ ...asked(back), revision: 3 })).mention.state).toBe('approved');
  });

  it('another template', async () => {
    const seen = await bench.drafted();
    const other = await bench.review.useTemplate({ ...asked(seen), templateId: 'top-up-failed/en' });
    expect(undoes(other, bench.clock.now())).toBe('template-chosen');
    expect((await undo(other)).drafts.at(-1)?.template).toEqual(seen.drafts.at(-1)?.template);
  });

  it('a correction, with the words that stood before it', async () => {
    const seen = await bench.review.edit({ ...asked(await bench.drafted()), text: 'In my own words.' });
    const corrected = await bench.review.correct({ ...asked(seen), problemType: 'top-up-failed' });
    expect(textOf(corrected)).not.toBe('In my own words.');
    const back = await undo(corrected);
    expect(textOf(back)).toBe('In my own words.');
    expect(back.assessment?.problemType).toBe('fees');
  });

  it('one decision after the other, the last first, down to the beginning', async () => {
    const start = await bench.drafted();
    let seen = await bench.review.edit({ ...asked(start), text: 'First words.' });
    seen = await bench.review.edit({ ...asked(seen), text: 'Second words.' });
    seen = await bench.review.assign({ ...asked(seen), to: 'Jun' });
    seen = await bench.review.correct({ ...asked(seen), problemType: 'top-up-failed' });
    seen = await bench.review.escalate({ ...asked(seen), note: 'look' });
    seen = await bench.review.dismiss({ ...asked(seen), reason: 'other' });
    const seenOnTheWay: unknown[] = [];
    while (undoes(seen, bench.clock.now())) {
      seen = await undo(seen);
      const { mention, assessment } = seen;
      seenOnTheWay.push([mention.state, assessment?.problemType, mention.assignee, textOf(seen)]);
    }
    expect(seenOnTheWay).toEqual([
      ['escalated', 'top-up-failed', 'Jun', 'We are sorry about this. See top-up-failed/en.'],
      ['drafted', 'top-up-failed', 'Jun', 'We are sorry about this. See top-up-failed/en.'],
      ['drafted', 'fees', 'Jun', 'Second words.'],
      ['drafted', 'fees', undefined, 'Second words.'],
      ['drafted', 'fees', undefined, 'First words.'],
      ['drafted', 'fees', undefined, textOf(start)],
    ]);
    await expect(undo(seen)).rejects.toMatchObject({ code: 'nothing-to-undo' });
  });

  it('a dismissal to where the mention stood: escalated, failed, or snoozed until the same time', async () => {
    const until = bench.clock.now() + HOUR;
    const escalated = await bench.review.escalate(asked(await bench.drafted()));
    const snoozed = await bench.review.snooze({ ...asked(await bench.drafted()), until });
    const dismissed = [escalated, snoozed].map((seen) =>
      bench.review.dismiss({ ...asked(seen), reason: 'other' }).then((after) => undo(after)),
    );
    const [first, second] = await Promise.all(dismissed);
    expect(first?.mention.state).toBe('escalated');
    expect(second?.mention).toMatchObject({ state: 'snoozed', snoozedUntil: until });
    bench.clock.pass(HOUR + 1);
    expect(await bench.store.wake(bench.clock.now())).toBe(1);
    expect((await bench.caseOf(snoozed.mention.id)).mention.state).toBe('drafted');
  });

  it('a dismissal of what was snoozed until a time that has passed: it waits', async () => {
    const until = bench.clock.now() + HOUR;
    const snoozed = await bench.review.snooze({ ...asked(await bench.drafted()), until });
    const dismissed = await bench.review.dismiss({ ...asked(snoozed), reason: 'other' });
    bench.clock.pass(HOUR + 1);
    expect((await undo(dismissed)).mention.state).toBe('drafted');
  });

  it('not what was written beside it: a note in between is no decision', async () => {
    const edited = await bench.review.edit({ ...asked(await bench.drafted()), text: 'Words.' });
    await bench.review.note({ mentionId: edited.mention.id, by: 'Jun', text: 'Ask the bank' });
    expect(undoes(await bench.caseOf(edited.mention.id), bench.clock.now())).toBe('edited');
  });
});

describe('undo takes back what a person said became of a reply', () => {
  const MINUTE = 60_000;
  const byHand = { permission: { how: 'by-hand', why: 'no API' }, conversationId: 'thread' } as const;
  const approved = async (found: Parameters<Bench['drafted']>[0]) => {
    const seen = await bench.drafted(found);
    return bench.review.approve({ ...asked(seen), revision: 1 });
  };
  /** The sender tried, and no answer came. */
  async function unsure(): Promise<Case> {
    const seen = await approved({});
    const key = seen.approval?.reply.key ?? '';
    for (const [from, to] of [
      ['approved', 'sending'],
      ['sending', 'unsure'],
    ] as const) {
      const audit = { at: bench.clock.now(), actor: 'earshot', action: to, subject: seen.mention.id, detail: {} };
      await bench.store.step({ key, from, to, audit });
    }
    return bench.caseOf(seen.mention.id);
  }

  it('“I posted it”: it waits to be posted again, nothing says that it is out, and the approval stands', async () => {
    const seen = await approved(byHand);
    const posted = await bench.review.confirmPosted({ ...asked(seen), url: 'https://forum.example/t/1#9' });
    const answered = async () => (await bench.store.report(0, bench.clock.now() + HOUR))[0]?.posted;
    expect([undoes(posted, bench.clock.now()), await answered()]).toEqual(['posted', 1]);
    const back = await bench.review.undo({ ...asked(posted), action: 'posted' });
    expect(back).toMatchObject({ mention: { state: 'by-hand' }, approval: { state: 'by-hand' } });
    expect(back).not.toHaveProperty('receipt');
    expect(back.history.at(-1)).toMatchObject({ action: 'undone', detail: { before: 'posted', after: 'by-hand' } });
    expect(await answered(), 'it counts as answered no more').toBe(0);
    // The next undo takes the approval itself.
    expect((await undo(back)).mention.state).toBe('drafted');
  });

  it('and it can be said again, with another address', async () => {
    const posted = await bench.review.confirmPosted(asked(await approved(byHand)));
    const again = await bench.review.confirmPosted({ ...asked(await undo(posted)), url: 'https://forum.example/t/2' });
    expect(again).toMatchObject({ mention: { state: 'posted' }, receipt: { url: 'https://forum.example/t/2' } });
    expect(undoes(again, bench.clock.now())).toBe('posted');
  });

  it.each(['posted', 'not-posted'] as const)(
    'that a reply of unknown outcome is %s: it is unknown again',
    async (outcome) => {
      const settled = await bench.review.settle({ ...asked(await unsure()), outcome });
      expect(undoes(settled, bench.clock.now())).toBe(outcome === 'posted' ? 'posted' : 'settled');
      const back = await undo(settled);
      expect(back).toMatchObject({ mention: { state: 'unsure' }, approval: { state: 'unsure' } });
      expect(back).not.toHaveProperty('receipt');
      expect(undoes(back, bench.clock.now())).toBeUndefined();
      expect((await bench.review.settle({ ...asked(back), outcome: 'posted' })).mention.state).toBe('posted');
    },
  );

  it('for ten minutes, and not without the right to let replies out', async () => {
    const posted = await bench.review.confirmPosted(asked(await approved(byHand)));
    const drafter = { name: 'Di', role: 'drafter' as const };
    await expect(bench.review.undo({ ...asked(posted), by: drafter })).rejects.toMatchObject({ code: 'no-right' });
    bench.clock.pass(10 * MINUTE + 1);
    expect(undoes(posted, bench.clock.now())).toBeUndefined();
    await expect(undo(posted)).rejects.toMatchObject({ code: 'too-late' });
  });

  it('not once the platform has shown that it is out', async () => {
    const posted = await bench.review.confirmPosted(asked(await approved(byHand)));
    const text = posted.drafts.at(-1)?.text ?? '';
    const own = [{ nativeId: 'ours-1', text, saidAt: bench.clock.now(), conversationId: 'thread' }];
    await bench.store.savePage({
      source: 'forum-1',
      connector: 'forum',
      sample: false,
      found: [],
      own,
      at: bench.clock.now(),
    });
    const readBack = await bench.caseOf(posted.mention.id);
    expect(readBack.receipt?.proof).toBe('look-up');
    expect(undoes(readBack, bench.clock.now())).toBeUndefined();
    const key = posted.approval?.reply.key ?? '';
    const audit = { at: bench.clock.now(), actor: 'Mei', action: 'undone', subject: posted.mention.id, detail: {} };
    expect(await bench.store.step({ key, from: 'posted', to: 'by-hand', takesBack: true, audit })).toBe(false);
    expect(await bench.caseOf(posted.mention.id)).toEqual(readBack);
  });

  it('and opens no other way from there: what is out is not approved for posting by hand again', async () => {
    const posted = await bench.review.confirmPosted(asked(await approved(byHand)));
    const again = bench.review.approve({ ...asked(posted), revision: 1 });
    await expect(again).rejects.toMatchObject({ code: 'not-from-here' });
  });
});

describe('undo does not take back', () => {
  it('what a colleague decided since, where a person means their own decision', async () => {
    const mine = await bench.review.assign({ ...asked(await bench.drafted()), to: 'Mei' });
    const theirs = await bench.review.assign({ ...asked(mine, 'Jun'), to: 'Jun' });
    const undoMine = (seen: Case, action: string) => bench.review.undo({ ...asked(seen), action });
    await expect(undoMine(theirs, 'assigned')).rejects.toMatchObject({ code: 'decided-since' });
    const edited = await bench.review.edit({ ...asked(theirs), text: 'Words.' });
    await expect(undoMine(edited, 'assigned')).rejects.toMatchObject({ code: 'decided-since' });
    expect((await undoMine(edited, 'edited')).mention.assignee).toBe('Jun');
  });

  it('the words of a person where something newer was written by others than people', async () => {
    const edited = await bench.review.edit({ ...asked(await bench.drafted()), text: 'Words.' });
    const { nativeId, author, permission } = edited.mention;
    const found = { nativeId, author, permission, text: 'Quite other words', editedAt: bench.clock.now() };
    await bench.store.savePage({ source: 'forum-1', connector: 'forum', sample: false, found: [found], at: 1 });
    expect(undoes(await bench.caseOf(edited.mention.id), bench.clock.now())).toBeUndefined();
  });

  it('the first words on a mention that had no draft', async () => {
    const seen = await bench.drafted({}, { problemType: 'other' });
    expect(undoes(await bench.review.edit({ ...asked(seen), text: 'Thank you.' }), bench.clock.now())).toBeUndefined();
  });

  it('an edit for somebody who may not write', async () => {
    const edited = await bench.review.edit({ ...asked(await bench.drafted()), text: 'Words.' });
    const viewer = { name: 'Vi', role: 'viewer' as const };
    await expect(bench.review.undo({ ...asked(edited), by: viewer })).rejects.toMatchObject({ code: 'no-right' });
    const scoped = { name: 'Bot', role: 'admin' as const, scopes: ['triage'] as const };
    await expect(bench.review.undo({ ...asked(edited), by: scoped })).rejects.toMatchObject({ code: 'no-right' });
  });
});
