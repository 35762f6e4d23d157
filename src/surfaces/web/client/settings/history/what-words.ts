import type { Messages } from '../../i18n/en.ts';
import { readable } from '../../sources/option-field.tsx';

/** What somebody did, as the version says it in English, in the language of the page. */
export function whatWords(what: string, t: Messages): string {
  const { what: words, sections } = t.settings;
  const name = (pattern: RegExp) => pattern.exec(what)?.[1];
  const section = name(/^changed (\w+)$/);
  if (section !== undefined) return words.changed(sections[section] ?? readable(section));
  const version = name(/^restored version (\d+)$/);
  if (version !== undefined) return words.restored(version);
  const added = name(/^source (\S+) added$/);
  if (added !== undefined) return words.sourceAdded(added);
  const removed = name(/^source (\S+) removed$/);
  if (removed !== undefined) return words.sourceRemoved(removed);
  return words.fixed[what] ?? what;
}
