import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict } from '../../src/core/failures.ts';
import { fingerprintOf } from '../../src/core/fingerprint.ts';
import type { Draft } from '../../src/core/nouns.ts';
import { type Bench, openBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const asked = (seen: { mention: { id: string; version: number } }, by = 'Mei') => ({
  mentionId: seen.mention.id,
  version: seen.mention.version,
  by,
});

describe('approving', () => {
  it('lets the latest draft out under a name, bound to what was seen', async () => {
    const seen = await bench.drafted();
    const after = await bench.review.approve({ ...asked(seen), revision: 1 });
    expect(after.mention.state).toBe('approved');
    expect(after.approval).toMatchObject({
      state: 'approved',
      reply: { revision: 1, approver: 'Mei', how: 'api', text: seen.drafts[0]?.text, key: `${seen.mention.id}.r1` },
    });
    expect(after.approval?.reply.fingerprint).toBe(fingerprintOf(after, seen.drafts[0] as Draft, '@brand'));
  });

  it('goes the by-hand way where the platform has no API for replies', async () => {
    const seen = await bench.drafted({ permission: { how: 'by-hand', why: 'a feed has no way to answer' } });
    const after = await bench.review.approve({ ...asked(seen), revision: 1 });
    expect(after.mention.state).toBe('by-hand');
    expect(after.approval).toMatchObject({ state: 'by-hand', reply: { how: 'by-hand' } });
  });

  it('is refused where we may never reply, with the rule', async () => {
    const seen = await bench.drafted({ permission: { how: 'never', why: 'the room forbids companies' } });
    await expect(bench.review.approve({ ...asked(seen), revision: 1 })).rejects.toMatchObject({
      code: 'reply-forbidden',
      message: expect.stringContaining('the room forbids companies'),
    });
  });

  it.each(['', '   ', '\u0000', 'x'.repeat(61)])('is refused without a usable name (%j)', async (by) => {
    const seen = await bench.drafted();
    await expect(bench.review.approve({ ...asked(seen, by), revision: 1 })).rejects.toMatchObject({ code: 'no-name' });
    expect((await bench.caseOf(seen.mention.id)).mention.state).toBe('drafted');
  });

  it('is refused on a stale view', async () => {
    const seen = await bench.drafted();
    await bench.review.assign({ ...asked(seen), to: 'Jun' });
    await expect(bench.review.approve({ ...asked(seen), revision: 1 })).rejects.toBeInstanceOf(Conflict);
  });

  it('has one winner when eight people approve at once', async () => {
    const seen = await bench.drafted();
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => bench.review.approve({ ...asked(seen, `Person ${n}`), revision: 1 })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of tries) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Conflict);
    expect(await bench.store.outbox(['approved'], 10)).toHaveLength(1);
    const approvals = (await bench.store.audit(0, 100)).filter(({ action }) => action === 'approved');
    expect(approvals).toHaveLength(1);
  });

  it('is refused for a revision that is not the latest', async () => {
    const seen = await bench.drafted();
    const edited = await bench.review.edit({ ...asked(seen), text: 'Better words.' });
    await expect(bench.review.approve({ ...asked(edited), revision: 1 })).rejects.toMatchObject({ code: 'not-latest' });
    const after = await bench.review.approve({ ...asked(edited), revision: 2 });
    expect(after.approval?.reply.text).toBe('Better words.');
  });

  it('is refused without a draft', async () => {
    const seen = await bench.drafted({}, { problemType: 'other' });
    await expect(bench.review.approve({ ...asked(seen), revision: 1 })).rejects.toMatchObject({ code: 'no-draft' });
  });

  it('runs the guard rails again: a draft that fails one now is not let out', async () => {
    const seen = await bench.drafted();
    const edited = await bench.review.edit({ ...asked(seen), text: 'Send us your password.' });
    expect(edited.drafts.at(-1)?.checks).toContainEqual(
      expect.objectContaining({ name: 'no-secret-asked', ok: false }),
    );
    await expect(bench.review.approve({ ...asked(edited), revision: 2 })).rejects.toMatchObject({
      code: 'check-failed',
      message: expect.stringContaining('no-secret-asked: It asks for a password.'),
    });
    expect(await bench.store.outbox(['approved'], 10)).toEqual([]);
  });

  it('is refused once it is approved, with what to do instead', async () => {
    const seen = await bench.drafted();
    const after = await bench.review.approve({ ...asked(seen), revision: 1 });
    await expect(bench.review.approve({ ...asked(after), revision: 1 })).rejects.toMatchObject({
      code: 'not-from-here',
      message: expect.stringContaining('Undo the approval first'),
    });
  });

  it('knows nothing of a mention that is not there, nor by a part of its id', async () => {
    const seen = await bench.drafted();
    const by = 'Mei';
    for (const mentionId of ['nope', seen.mention.id.slice(0, 6)]) {
      await expect(
        bench.review.approve({ mentionId, version: seen.mention.version, revision: 1, by }),
      ).rejects.toMatchObject({ code: 'unknown-mention' });
    }
  });

  it('writes who, what and how into the log, and never the words', async () => {
    const seen = await bench.drafted({}, { problemType: 'security-fraud', priority: 'urgent' });
    const edited = await bench.review.edit({ ...asked(seen), text: 'Unmistakable words 4711.' });
    const first = await bench.review.approve({ ...asked(edited, 'Jun'), revision: 2 });
    await bench.review.approve({ ...asked(first), revision: 2 });
    const log = await bench.store.audit(0, 100);
    expect(log.find(({ action }) => action === 'approved')).toMatchObject({
      actor: 'Mei',
      subject: seen.mention.id,
      detail: { before: 'drafted', after: 'approved', how: 'api', lane: 'security', edited: true, first: 'Jun' },
    });
    expect(JSON.stringify(log)).not.toMatch(/Unmistakable|fee of 3\.50/);
  });
});

describe('the fingerprint of an approval', () => {
  it('changes with every single thing the reviewer relied on', async () => {
    const seen = await bench.drafted();
    const { mention, conversation } = seen;
    const first = conversation[0];
    if (!first) throw new Error('the conversation holds the mention itself');
    const variants = [
      fingerprintOf(seen, { text: 'text' }, '@brand'),
      fingerprintOf(seen, { text: 'text.' }, '@brand'),
      fingerprintOf(seen, { text: 'text' }, '@other'),
      fingerprintOf(seen, { text: 'text', template: { id: 'fees/en', version: 'v1' } }, '@brand'),
      fingerprintOf(seen, { text: 'text', template: { id: 'fees/en', version: 'v2' } }, '@brand'),
      fingerprintOf({ ...seen, mention: { ...mention, text: 'edited' } }, { text: 'text' }, '@brand'),
      fingerprintOf({ ...seen, mention: { ...mention, editedAt: 1 } }, { text: 'text' }, '@brand'),
      fingerprintOf({ ...seen, mention: { ...mention, nativeId: 'n' } }, { text: 'text' }, '@brand'),
      fingerprintOf({ ...seen, mention: { ...mention, connector: 'c' } }, { text: 'text' }, '@brand'),
      fingerprintOf({ ...seen, mention: { ...mention, replyRef: 'r' } }, { text: 'text' }, '@brand'),
      fingerprintOf(
        { ...seen, mention: { ...mention, permission: { how: 'by-hand', why: '' } } },
        { text: 'text' },
        '@brand',
      ),
      fingerprintOf(
        { ...seen, conversation: [...conversation, { ...first, nativeId: 'reply' }] },
        { text: 'text' },
        '@brand',
      ),
    ];
    expect(new Set(variants).size).toBe(variants.length);
  });

  it('differs after somebody answers in the thread, and not when nothing happens', async () => {
    const seen = await bench.drafted({ conversationId: 'thread' });
    const after = await bench.review.approve({ ...asked(seen), revision: 1 });
    const bound = after.approval?.reply;
    if (!bound) throw new Error('not approved');
    expect(fingerprintOf(await bench.caseOf(seen.mention.id), seen.drafts[0] as Draft, '@brand')).toBe(
      bound.fingerprint,
    );
    await bench.heard({ conversationId: 'thread', parentId: seen.mention.nativeId, text: 'I have the same problem' });
    expect(fingerprintOf(await bench.caseOf(seen.mention.id), seen.drafts[0] as Draft, '@brand')).not.toBe(
      bound.fingerprint,
    );
  });
});
