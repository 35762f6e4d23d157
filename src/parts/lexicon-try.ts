import { setImmediate as breathe } from 'node:timers/promises';
import { coverSeen, type FindPersonal } from '../core/cover.ts';
import type { Classifier, QueueRow, Store } from '../core/ports.ts';
import { type LexiconFile, phraseFinder, phraseKey } from '../stages/classify/index.ts';
import type { KeywordListTry, OwnKeywordAsked } from '../surfaces/web/lexicon-api.ts';
import type { Workspace } from '../workspace/index.ts';
import { cutAround, lastHeard } from './keyword-try.ts';

export interface LexiconTryParts {
  store: Pick<Store, 'queue'>;
  workspace: { current(): Workspace };
  /** The keywords that came along. */
  files: readonly LexiconFile[];
  /** The one in use. */
  classifier(): Promise<Classifier>;
  /** The same with other settings. */
  classifierFor(workspace: Workspace): Promise<Classifier>;
  findPersonal: FindPersonal;
}

const EXAMPLES = 20;
/** Others wait no longer than so many mentions take. */
const AT_ONCE = 50;

interface Touched {
  row: QueueRow;
  words: string[];
  from: string;
  to: string;
}

/**
 * What other keywords would change about the last mentions. Only those that hold a keyword that differs are sorted, with
 * the keywords in force and with the others: sorting all of them would take seconds.
 */
export async function tryLexicon(parts: LexiconTryParts, own: readonly OwnKeywordAsked[]): Promise<KeywordListTry> {
  const differing = differingKeywords(parts.workspace.current().lexicon, own);
  const rows = await lastHeard(parts.store);
  const touched: Touched[] = [];
  const found = new Map<string, number>();
  if (differing.length > 0) {
    const find = phraseFinder(
      differing.map(({ phrase }) => phrase),
      parts.files,
    );
    const [before, after] = await Promise.all([
      parts.classifier(),
      parts.classifierFor({ ...parts.workspace.current(), lexicon: [...own] }),
    ]);
    for (const [place, row] of rows.entries()) {
      if (place % AT_ONCE === AT_ONCE - 1) await breathe();
      const words = find(row.mention.text);
      for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
      if (words.length > 0) touched.push({ row, words, from: typeBy(before, row), to: typeBy(after, row) });
    }
  }
  const retagged = touched.filter(({ from, to }) => from !== to);
  const unchanged = touched.filter(({ from, to }) => from === to);
  return {
    looked: rows.length,
    words: differing.map(({ phrase, problemType }) => ({ phrase, problemType, found: found.get(phrase) ?? 0 })),
    retagged: retagged.length,
    types: typesOf(retagged),
    examples: [...retagged, ...unchanged].slice(0, EXAMPLES).map((one) => exampleOf(one, parts.findPersonal)),
  };
}

/** Those that only one of two lists has, or that it has otherwise; the newer words where both have it. */
function differingKeywords(now: readonly OwnKeywordAsked[], then: readonly OwnKeywordAsked[]): OwnKeywordAsked[] {
  const marks = ({ problemType, phrase, weight, off }: OwnKeywordAsked) =>
    `${problemType} ${phraseKey(phrase)} ${weight} ${off}`;
  const [before, after] = [new Set(now.map(marks)), new Set(then.map(marks))];
  const all = [...then.filter((one) => !before.has(marks(one))), ...now.filter((one) => !after.has(marks(one)))];
  return [...Map.groupBy(all, ({ problemType, phrase }) => `${problemType} ${phraseKey(phrase)}`).values()].flatMap(
    ([first]) => first ?? [],
  );
}

function typeBy(classifier: Classifier, { mention: { text, author, langHint, heardAt } }: QueueRow): string {
  const { handle, name } = author;
  const by = { ...(handle !== undefined && { handle }), ...(name !== undefined && { name }) };
  const asked = { text, author: by, ...(langHint !== undefined && { langHint }) };
  return classifier.classify(asked, heardAt).problemType;
}

function typesOf(retagged: readonly Touched[]): KeywordListTry['types'] {
  const types = [...new Set(retagged.flatMap(({ from, to }) => [from, to]))].sort();
  return types.map((type) => ({
    type,
    gained: retagged.filter(({ to }) => to === type).length,
    lost: retagged.filter(({ from }) => from === type).length,
  }));
}

function exampleOf({ row, words, from, to }: Touched, findPersonal: FindPersonal): KeywordListTry['examples'][number] {
  const { mention } = coverSeen(row, findPersonal);
  return {
    id: mention.id,
    text: cutAround(mention.text, words[0] ?? ''),
    ...(mention.place !== undefined && { place: mention.place }),
    ...{ words, from, to },
  };
}
