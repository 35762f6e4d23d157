import type { Messages } from '../../i18n/en.ts';
import { readable } from '../../sources/option-field.tsx';

type What = Messages['settings']['what'];

/** What versions say in English about one thing, and how the page says it of that thing. */
const ABOUT: readonly [pattern: RegExp, words: (what: What, name: string) => string][] = [
  [/^restored version (\d+)$/, (what, version) => what.restored(version)],
  [/^source (\S+) added$/, (what, id) => what.sourceAdded(id)],
  [/^source (\S+) changed$/, (what, id) => what.sourceChanged(id)],
  [/^source (\S+) paused$/, (what, id) => what.sourcePaused(id)],
  [/^source (\S+) resumed$/, (what, id) => what.sourceResumed(id)],
  [/^source (\S+) removed$/, (what, id) => what.sourceRemoved(id)],
  [/^added the template (\S+)$/, (what, id) => what.templateAdded(id)],
  [/^changed the template (\S+)$/, (what, id) => what.templateChanged(id)],
  [/^took the template (\S+) out of use$/, (what, id) => what.templateOff(id)],
  [/^put the template (\S+) in use again$/, (what, id) => what.templateOn(id)],
  [/^took the template (\S+) back to how it came$/, (what, id) => what.templateBack(id)],
  [/^removed the template (\S+)$/, (what, id) => what.templateRemoved(id)],
  [/^turned down a change of the template (\S+)$/, (what, id) => what.templateDeclined(id)],
  [/^took the keyword list back to version (\d+)$/, (what, version) => what.keywordsBack(version)],
  [/^approved (.+) for \/faq$/, (what, ids) => what.answerApproved(ids)],
  [/^withdrew (.+) for \/faq$/, (what, ids) => what.answerWithdrawn(ids)],
  [/^proposed the answer (\S+)$/, (what, id) => what.answerProposed(id)],
  [/^discarded the proposed answer (\S+)$/, (what, id) => what.answerDiscarded(id)],
  [/^checked the article (\S+)$/, (what, id) => what.articleChecked(id)],
  [/^took the answer (\S+) back to how it came$/, (what, id) => what.answerRemoved(id)],
];

/** What somebody did, as the version says it in English, in the language of the page. */
export function whatWords(what: string, t: Messages): string {
  const { what: words, sections } = t.settings;
  const section = /^changed (\w+)$/.exec(what)?.[1];
  if (section !== undefined) return words.changed(sections[section] ?? readable(section));
  for (const [pattern, say] of ABOUT) {
    const name = pattern.exec(what)?.[1];
    if (name !== undefined) return say(words, name);
  }
  return words.fixed[what] ?? what;
}
