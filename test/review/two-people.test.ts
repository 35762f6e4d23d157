import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Case } from '../../src/core/ports.ts';
import { type Actor, may, RIGHTS, type Right, ROLES, rightsOf } from '../../src/core/rights.ts';
import { DEFAULT_RULES, openReview, type Review, type ReviewRules } from '../../src/stages/review/index.ts';
import { type Bench, book, openBench, PROBLEM_TYPES, UNDO_MS } from './support.ts';

let bench: Bench;
let review: Review;
let rules: ReviewRules;
beforeEach(async () => {
  bench = await openBench();
  rules = structuredClone(DEFAULT_RULES);
  const { store, clock, account } = bench;
  const parts = { store, templates: book, clock, accountOf: () => account.name, problemTypes: PROBLEM_TYPES };
  review = openReview({ ...parts, undoMs: UNDO_MS, rules: () => rules });
});
afterEach(() => bench.close());

const MEI: Actor = { name: 'Mei', id: 'p1', role: 'approver' };
const JUN: Actor = { name: 'Jun', id: 'p2', role: 'lead' };
const UNKNOWN: Actor = { name: 'Lin W', id: 'discord:1', role: 'approver' };
const asked = ({ mention }: Case, by: Actor) => ({ mentionId: mention.id, version: mention.version, by });
const fraud = () => bench.drafted({}, { problemType: 'security-fraud', priority: 'urgent' });
const firstBy = async (by: Actor, seen: Case) => review.approve({ ...asked(seen, by), revision: 1 });

describe('a reply in a regulated lane', () => {
  it('goes out by the second of two people, and sends nothing by the first', async () => {
    const first = await firstBy(MEI, await fraud());
    expect(first.mention).toMatchObject({ state: 'drafted', firstApproval: { by: 'Mei', person: 'p1', revision: 1 } });
    expect(await bench.store.outbox(['approved'], 5)).toEqual([]);
    const after = await firstBy(JUN, first);
    expect(after.mention).toMatchObject({ state: 'approved' });
    expect(after.approval?.reply).toMatchObject({ approver: 'Jun', firstApprover: 'Mei' });
    expect(after.history.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'Mei approved-first',
      'Jun approved',
    ]);
  });

  it.each([
    ['the same account', MEI],
    ['the same person under a new name', { ...MEI, name: 'Mei Lin' }],
    ['the same name from elsewhere', { name: ' ＭＥＩ ', id: 'discord:1', role: 'admin' } as Actor],
  ])('never by %s twice', async (_, again) => {
    const first = await firstBy(MEI, await fraud());
    await expect(firstBy(again, first)).rejects.toMatchObject({ code: 'second-person' });
    expect((await bench.caseOf(first.mention.id)).mention.state).toBe('drafted');
  });

  it.each([
    ['a Discord account after a person', MEI, UNKNOWN],
    ['a person after a Discord account', UNKNOWN, MEI],
    ['a Discord account after somebody at the command line', { name: 'Lin', role: 'admin' } as Actor, UNKNOWN],
  ])('not by %s, since both may be one', async (_, one, other) => {
    const first = await firstBy(one, await fraud());
    await expect(firstBy(other, first)).rejects.toMatchObject({ code: 'second-unknown' });
  });

  it('by two Discord accounts', async () => {
    const first = await firstBy(UNKNOWN, await fraud());
    const after = await firstBy({ name: 'Maya', id: 'discord:2', role: 'approver' }, first);
    expect(after.mention.state).toBe('approved');
  });

  it('takes the second only from the role that the workspace names', async () => {
    rules.secondApproverRole = 'lead';
    const first = await firstBy(JUN, await fraud());
    await expect(firstBy(MEI, first)).rejects.toMatchObject({
      code: 'second-role',
      message: expect.stringContaining('lead'),
    });
  });

  it.each([
    ['an edit', (seen: Case) => review.edit({ ...asked(seen, JUN), text: 'Other words.' }), 2],
    ['another template', (seen: Case) => review.useTemplate({ ...asked(seen, JUN), templateId: 'fees/en' }), 2],
  ])('loses its first approval by %s, with the reason', async (_, change, revision) => {
    const first = await firstBy(MEI, await fraud());
    const changed = await change(first);
    expect(changed.mention.firstApproval).toBeUndefined();
    expect(review.outlook(changed).voided).toEqual({ approver: 'Mei', code: 'draft-edited', first: true });
    const again = await review.approve({ ...asked(changed, JUN), revision });
    expect(again.mention, 'the count begins anew').toMatchObject({ state: 'drafted', firstApproval: { by: 'Jun' } });
    expect(review.outlook(again).voided).toBeUndefined();
  });

  it('does not count a first approval for another account to post as', async () => {
    const first = await firstBy(MEI, await fraud());
    bench.account.name = '@other';
    const second = await firstBy(JUN, first);
    expect(second.mention).toMatchObject({ state: 'drafted', firstApproval: { by: 'Jun' } });
  });

  it('can take its first approval back', async () => {
    const first = await firstBy(MEI, await fraud());
    const undone = await review.undo(asked(first, JUN));
    expect(undone.mention).toMatchObject({ state: 'drafted' });
    expect(undone.mention.firstApproval).toBeUndefined();
  });

  it('has one first approval when eight people approve at once', async () => {
    const seen = await fraud();
    const people = Array.from({ length: 8 }, (_, n): Actor => ({ name: `P${n}`, id: `p${n}`, role: 'approver' }));
    const tries = await Promise.allSettled(people.map((by) => firstBy(by, seen)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await bench.store.outbox(['approved'], 5)).toEqual([]);
  });

  it('is not let out alone by whoever said that it is about something else', async () => {
    const seen = await fraud();
    const corrected = await review.correct({ ...asked(seen, MEI), problemType: 'fees' });
    const first = await review.approve({ ...asked(corrected, MEI), revision: 2 });
    expect(first.mention).toMatchObject({ state: 'drafted', firstApproval: { by: 'Mei' } });
    expect((await review.approve({ ...asked(first, JUN), revision: 2 })).mention.state).toBe('approved');
  });

  it('needs one person where the workspace says so, and everywhere else', async () => {
    rules.secondApprover = false;
    expect((await firstBy(MEI, await fraud())).mention.state).toBe('approved');
    rules.secondApprover = true;
    expect((await firstBy(MEI, await bench.drafted())).mention.state).toBe('approved');
  });
});

describe('rights', () => {
  const everything: [string, Right, (seen: Case, by: Actor) => Promise<unknown>][] = [
    ['assign', 'triage', (seen, by) => review.assign({ ...asked(seen, by), to: 'Jun' })],
    ['snooze', 'triage', (seen, by) => review.snooze({ ...asked(seen, by), until: bench.clock.now() + 1000 })],
    ['escalate', 'triage', (seen, by) => review.escalate(asked(seen, by))],
    ['dismiss', 'triage', (seen, by) => review.dismiss({ ...asked(seen, by), reason: 'duplicate' })],
    ['correct', 'triage', (seen, by) => review.correct({ ...asked(seen, by), problemType: 'top-up-failed' })],
    ['edit', 'draft', (seen, by) => review.edit({ ...asked(seen, by), text: 'Words.' })],
    ['useTemplate', 'draft', (seen, by) => review.useTemplate({ ...asked(seen, by), templateId: 'fees/en' })],
    ['hold', 'draft', (seen, by) => review.hold({ mentionId: seen.mention.id, by })],
    ['approve', 'approve', (seen, by) => review.approve({ ...asked(seen, by), revision: 1 })],
  ];
  it.each(everything)('%s needs the right %s, whatever the role', async (_, right, act) => {
    for (const role of ROLES) {
      const by: Actor = { name: 'Mei', role };
      const outcome = act(await bench.drafted(), by);
      if (may(by, right)) await expect(outcome, role).resolves.toBeDefined();
      else await expect(outcome, role).rejects.toMatchObject({ code: 'no-right' });
    }
  });

  it('grow from role to role', () => {
    ROLES.slice(1).forEach((role, index) => {
      expect(rightsOf({ role })).toEqual(
        expect.arrayContaining(rightsOf({ role: ROLES[index] as (typeof ROLES)[number] })),
      );
    });
    expect(rightsOf({ role: 'admin' })).toEqual(RIGHTS);
    expect(may({ role: 'drafter' }, 'approve')).toBe(false);
  });

  it('of a token are those it was given, and never more than its person has', () => {
    expect(rightsOf({ role: 'approver', scopes: ['read', 'approve', 'people'] })).toEqual(['read', 'approve']);
  });

  it('to leave a report of fraud without an answer are those to answer it', async () => {
    const by: Actor = { name: 'Dora', role: 'drafter' };
    await expect(review.dismiss({ ...asked(await fraud(), by), reason: 'duplicate' })).rejects.toMatchObject({
      code: 'no-right',
    });
  });
});

describe('whoever writes', () => {
  it('keeps others from deciding until they are done, gone, or taken over from', async () => {
    const seen = await bench.drafted();
    const { id } = seen.mention;
    expect((await review.hold({ mentionId: id, by: MEI })).by).toBe('Mei');
    expect((await review.hold({ mentionId: id, by: JUN })).by, 'told who has it').toBe('Mei');
    const approve = () => review.approve({ ...asked(seen, JUN), revision: 1 });
    await expect(approve()).rejects.toMatchObject({ code: 'held', message: expect.stringContaining('Mei is writing') });
    expect((await review.hold({ mentionId: id, by: JUN, takeOver: true })).by).toBe('Jun');
    expect((await approve()).mention.state).toBe('approved');
  });

  it('frees the mention by going away', async () => {
    const seen = await bench.drafted();
    await review.hold({ mentionId: seen.mention.id, by: MEI });
    bench.clock.pass(2 * 60_000);
    expect((await review.approve({ ...asked(seen, JUN), revision: 1 })).mention.state).toBe('approved');
  });
});

describe('the time of sending', () => {
  beforeEach(() => {
    bench.clock.time = Date.UTC(2026, 10, 20, 15); // 23:00 in Shanghai
    rules.sending = { timeZone: 'Asia/Shanghai', quietHours: { from: '22:00', to: '09:00' }, urgentAtOnce: true };
  });

  it('is the end of the quiet hours, which the outlook tells before', async () => {
    const seen = await bench.drafted();
    const nine = Date.UTC(2026, 10, 21, 1);
    expect(review.outlook(seen).sendAt).toBe(nine);
    const after = await firstBy(MEI, seen);
    expect(after.approval?.notBefore).toBe(nine);
    expect((await review.undo(asked(after, MEI))).mention.state, 'can be taken back until then').toBe('drafted');
  });

  it('is at once for what is urgent, if the workspace says so', async () => {
    rules.secondApprover = false;
    expect(review.outlook(await fraud()).sendAt).toBe(bench.clock.now() + UNDO_MS);
    rules.sending.urgentAtOnce = false;
    expect(review.outlook(await fraud()).sendAt).toBe(Date.UTC(2026, 10, 21, 1));
  });

  it('can be chosen, in the future and not for ever', async () => {
    const seen = await bench.drafted();
    const sendAt = bench.clock.now() + 3_600_000;
    for (const bad of [bench.clock.now(), bench.clock.now() + 40 * 86_400_000, Number.NaN])
      await expect(review.approve({ ...asked(seen, MEI), revision: 1, sendAt: bad })).rejects.toMatchObject({
        code: 'bad-time',
      });
    const after = await review.approve({ ...asked(seen, MEI), revision: 1, sendAt });
    expect(after.approval?.notBefore).toBe(sendAt);
  });
});
