import type { Note } from '../../core/notes.ts';
import type { Check, Draft, ReplyLanguage } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';
import type { ReviewParts } from './parts.ts';

/** The checks that review adds to the guard rails. */
export const OWN_CHECKS = ['no-note', 'fits-type'] as const;

/** A shorter note is a word or two that anybody may say by chance. */
const LEAST = 12;

/**
 * The guard rails over a text for a mention, as they are now, and that it holds no note of a colleague: what was written
 * for each other is never said in public, not even by copying it.
 */
export async function checksOf(
  { store, templates }: Pick<ReviewParts, 'store' | 'templates'>,
  seen: Case,
  text: string,
  lang: ReplyLanguage,
): Promise<Pick<Draft, 'checks' | 'length'>> {
  const { checks, length } = templates.check(seen.mention, seen.assessment, text, lang, seen.said);
  const notes = await store.notes(seen.mention.id);
  return notes.length === 0 ? { checks, length } : { checks: [...checks, noNote(notes, text)], length };
}

function noNote(notes: readonly Note[], text: string): Check {
  const said = folded(text);
  const held = notes.find((note) => folded(note.text).length >= LEAST && said.includes(folded(note.text)));
  const why = held ? `It holds a note by ${held.by}. Notes are for colleagues: say it in other words.` : '';
  return { name: 'no-note', ok: held === undefined, why };
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
