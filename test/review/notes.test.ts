import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Case } from '../../src/core/ports.ts';
import type { Actor } from '../../src/core/rights.ts';
import { type Bench, openBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const mei: Actor = { name: 'Mei', id: 'p-mei', role: 'drafter' };
const jun: Actor = { name: 'Jun', id: 'p-jun', role: 'admin' };
const SECRET = 'Called her bank: the card was stolen in March';
const asked = (seen: Case) => ({ mentionId: seen.mention.id, version: seen.mention.version, by: jun });

describe('a note', () => {
  it('has an author, a time, and a place in the history without its words', async () => {
    const seen = await bench.drafted();
    const note = await bench.review.note({ mentionId: seen.mention.id, by: mei, text: ` ${SECRET}\r\n ` });
    expect(note).toMatchObject({ by: 'Mei', person: 'p-mei', text: SECRET, at: bench.clock.now() });
    expect(await bench.store.notes(seen.mention.id)).toEqual([note]);
    const after = await bench.caseOf(seen.mention.id);
    expect(after.mention.version).toBe(seen.mention.version);
    expect(after.history.at(-1)).toMatchObject({ action: 'noted', actor: 'Mei', detail: { noteId: note.id } });
    expect(JSON.stringify(after.history)).not.toContain('bank');
  });

  it('is changed and taken away by its author alone, and can be brought back', async () => {
    const { mention } = await bench.drafted();
    const { id: noteId } = await bench.review.note({ mentionId: mention.id, by: mei, text: SECRET });
    for (const decide of [
      () => bench.review.editNote({ noteId, by: jun, text: 'Mine now' }),
      () => bench.review.removeNote({ noteId, by: jun }),
    ]) {
      await expect(decide()).rejects.toMatchObject({ code: 'not-yours', message: expect.stringContaining('Mei') });
    }
    const renamed = { ...mei, name: 'Mei Lin' };
    expect(await bench.review.editNote({ noteId, by: renamed, text: 'Better' })).toMatchObject({
      by: 'Mei',
      text: 'Better',
      editedAt: bench.clock.now(),
    });
    await bench.review.removeNote({ noteId, by: mei });
    expect(await bench.store.notes(mention.id)).toEqual([]);
    await expect(bench.review.removeNote({ noteId, by: mei })).rejects.toMatchObject({ code: 'unknown-note' });
    await bench.review.removeNote({ noteId, by: mei, back: true });
    expect(await bench.store.notes(mention.id)).toMatchObject([{ text: 'Better' }]);
    expect((await bench.caseOf(mention.id)).history.map(({ action }) => action)).toEqual([
      'noted',
      'note-edited',
      'note-removed',
      'note-restored',
    ]);
  });

  it('that was taken away is forgotten after a few minutes', async () => {
    const { mention } = await bench.drafted();
    const { id: noteId } = await bench.review.note({ mentionId: mention.id, by: mei, text: SECRET });
    await bench.review.removeNote({ noteId, by: mei });
    bench.clock.pass(11 * 60_000);
    await bench.review.note({ mentionId: mention.id, by: jun, text: 'Something else' });
    expect(await bench.store.note(noteId)).toBeUndefined();
    await expect(bench.review.removeNote({ noteId, by: mei, back: true })).rejects.toMatchObject({
      code: 'unknown-note',
    });
  });

  it.each([
    ['', 'empty-text'],
    [' \n ', 'empty-text'],
    ['长'.repeat(4001), 'text-too-long'],
  ])('says something, and not too much (%#)', async (text, code) => {
    const { mention } = await bench.drafted();
    await expect(bench.review.note({ mentionId: mention.id, by: mei, text })).rejects.toMatchObject({ code });
  });

  it('is not for those who only read, and not under what is gone', async () => {
    const { mention } = await bench.drafted();
    await expect(
      bench.review.note({ mentionId: mention.id, by: { ...mei, role: 'viewer' }, text: SECRET }),
    ).rejects.toMatchObject({ code: 'no-right' });
    await expect(bench.review.note({ mentionId: 'nobodyknowsthis0', by: mei, text: SECRET })).rejects.toMatchObject({
      code: 'unknown-mention',
    });
  });
});

describe('no way leads a note into a reply', () => {
  it('whatever is decided about its mention, no draft and no approved reply holds it', async () => {
    let seen = await bench.drafted();
    const { id } = seen.mention;
    await bench.review.note({ mentionId: id, by: mei, text: SECRET });
    seen = await bench.review.useTemplate({ ...asked(seen), templateId: 'fees/en' });
    seen = await bench.review.correct({ ...asked(seen), problemType: 'top-up-failed' });
    seen = await bench.review.edit({ ...asked(seen), text: 'Thank you, we look into it.' });
    seen = await bench.review.undo(asked(seen));
    seen = await bench.review.escalate({ ...asked(seen), note: 'see note' });
    seen = await bench.review.approve({ ...asked(seen), revision: seen.drafts.at(-1)?.revision ?? 0 });
    expect(seen.mention.state).toBe('approved');
    const { history: _, ...rest } = seen;
    expect(JSON.stringify(rest)).not.toContain('bank');
    expect(JSON.stringify(await bench.store.outbox(['approved', 'sending', 'void'], 9))).not.toContain('bank');
  });

  it('not even by copying it: a text that holds one cannot be approved, however it is written', async () => {
    let seen = await bench.drafted();
    const { id } = seen.mention;
    await bench.review.note({ mentionId: id, by: mei, text: SECRET });
    const text = `Hello. ${SECRET.toUpperCase().replace('CARD', '  ｃａｒｄ')}.`;
    const typed = await bench.review.check({ mentionId: id, text });
    expect(typed.checks).toContainEqual({ name: 'no-note', ok: false, why: expect.stringContaining('Mei') });
    seen = await bench.review.edit({ ...asked(seen), text });
    expect(seen.drafts.at(-1)?.checks).toContainEqual(expect.objectContaining({ name: 'no-note', ok: false }));
    await expect(
      bench.review.approve({ ...asked(seen), revision: seen.drafts.at(-1)?.revision ?? 0 }),
    ).rejects.toMatchObject({ code: 'check-failed', message: expect.stringContaining('no-note') });
  });

  it('also when the note was written after the text', async () => {
    let seen = await bench.drafted();
    seen = await bench.review.edit({ ...asked(seen), text: `Hello. ${SECRET}.` });
    await bench.review.note({ mentionId: seen.mention.id, by: mei, text: SECRET });
    await expect(
      bench.review.approve({ ...asked(seen), revision: seen.drafts.at(-1)?.revision ?? 0 }),
    ).rejects.toMatchObject({ code: 'check-failed' });
  });

  it('and a short note stops nobody from saying a common word', async () => {
    let seen = await bench.drafted();
    await bench.review.note({ mentionId: seen.mention.id, by: mei, text: 'Thank you' });
    seen = await bench.review.edit({ ...asked(seen), text: 'Thank you, we look into it.' });
    expect(seen.drafts.at(-1)?.checks.every(({ ok }) => ok)).toBe(true);
  });
});
