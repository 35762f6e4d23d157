import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Conflict, Refused } from '../core/failures.ts';
import type { Clock, Store } from '../core/ports.ts';
import { type LexiconFile, phraseKey, readLexicon, shippedPhrases } from '../stages/classify/index.ts';
import type { KeywordChange, KeywordVersion, OwnKeywordAsked } from '../surfaces/web/lexicon-api.ts';
import type { LexiconControl } from '../surfaces/web/server/index.ts';
import type { Workspace, WorkspaceHandle } from '../workspace/index.ts';
import { type LexiconTryParts, tryLexicon } from './lexicon-try.ts';
import { SHIPPED, type Taxonomy } from './taxonomy.ts';

export interface LexiconParts extends Omit<LexiconTryParts, 'files' | 'store'> {
  workspace: WorkspaceHandle;
  store: Store;
  clock: Clock;
  taxonomy: Taxonomy;
}

type Own = Workspace['lexicon'];

const MOST_VERSIONS = 30;

/** The keywords as a team reads and changes them; each change is one of the settings, with its author and a way back. */
export function controlLexicon(parts: LexiconParts): LexiconControl {
  const { workspace, store, clock, taxonomy } = parts;
  let held: Promise<LexiconFile[]> | undefined;
  const files = () => {
    held ??= readLexicon(join(SHIPPED, 'lexicon'));
    return held;
  };
  const types = new Set(taxonomy.types.map(({ id }) => id));
  const own = () => workspace.current().lexicon;
  const list = async () => ({
    came: shippedPhrases(await files()).filter(({ problemType }) => types.has(problemType)),
    own: [...own()],
  });
  const save = async (by: string, what: string, next: (now: Own) => Own, detail: Record<string, unknown>) => {
    const { revision } = await workspace.update(by, what, (draft) => {
      draft.lexicon = next(draft.lexicon);
    });
    const audit = { at: clock.now(), actor: by, action: 'keywords-changed', subject: 'settings' };
    await store.appendAudit({ ...audit, detail: { ...detail, revision } });
    return list();
  };

  return {
    list,
    async tryOut(asked) {
      const tried = tidied(asked, await files(), types);
      return tryLexicon({ ...parts, files: await files() }, tried);
    },
    async change({ before, own: asked }, { name }) {
      const tried = tidied(asked, await files(), types);
      const at = new Date(clock.now()).toISOString();
      const stamped = (now: Own): Own => {
        if (!isDeepStrictEqual(now.map(plain), before.map(plain))) {
          throw new Conflict('Somebody changed the keywords in the meantime. Look at them again, then change them.');
        }
        const was = new Map(now.map((one) => [nameOf(one), one]));
        return tried.map((one) => {
          const known = was.get(nameOf(one));
          return known && isDeepStrictEqual(plain(known), one) ? known : { ...one, by: name, at };
        });
      };
      const changed = changesOf(before, tried).map(({ phrase }) => phrase);
      return save(name, 'changed the keyword list', stamped, { keywords: changed });
    },
    async history() {
      const touched = (await workspace.versions())
        .filter(({ difference }) => difference.some(({ path }) => /^lexicon(\.|$)/.test(path)))
        .slice(0, MOST_VERSIONS);
      const lists = await Promise.all(touched.map(({ revision }) => lexiconOf(workspace, revision)));
      const oldest = touched.at(-1);
      // Between two of them nobody touched a keyword: the one before is as the next older left it.
      const first = oldest && (await lexiconOf(workspace, oldest.revision - 1));
      return touched.map(
        ({ revision, by, at }, place): KeywordVersion => ({
          ...{ revision, by, at },
          changes: changesOf(lists[place + 1] ?? first ?? [], lists[place] ?? []),
        }),
      );
    },
    async back(revision, { name }) {
      const then = await lexiconOf(workspace, revision);
      if (then) return save(name, `took the keyword list back to version ${revision}`, () => then, { revision });
      throw new Refused('unknown-version', `Version ${revision} of the settings is not kept. Look at the list again.`);
    },
  };
}

async function lexiconOf(workspace: WorkspaceHandle, revision: number): Promise<Own | undefined> {
  const kept = await workspace.version(revision);
  // One that was saved before there were own keywords has none.
  return kept && (kept.lexicon ?? []);
}

const plain = ({ phrase, problemType, weight, off }: OwnKeywordAsked): OwnKeywordAsked => ({
  ...{ phrase, problemType, weight, off },
});

const nameOf = ({ problemType, phrase }: Pick<OwnKeywordAsked, 'problemType' | 'phrase'>) =>
  `${problemType} ${phraseKey(phrase)}`;

/**
 * As the settings hold them: once each, spelled as they came along, and without those that change nothing.
 * @throws Refused `invalid-keyword`
 */
function tidied(
  asked: readonly OwnKeywordAsked[],
  files: readonly LexiconFile[],
  types: ReadonlySet<string>,
): OwnKeywordAsked[] {
  const came = new Map(shippedPhrases(files).map((one) => [nameOf(one), one]));
  const kept = new Map<string, OwnKeywordAsked>();
  for (const one of asked) {
    if (!types.has(one.problemType)) {
      throw new Refused('invalid-keyword', `There is no problem type "${one.problemType}". Choose one of the list.`);
    }
    const phrase = one.phrase.replace(/\s+/g, ' ').trim();
    if (phraseKey(phrase) === '' || !phrase.split('..').every((part) => /[\p{L}\p{N}]/u.test(part))) {
      throw new Refused('invalid-keyword', `"${phrase}" cannot be found in a text: write letters or digits.`);
    }
    const name = nameOf({ ...one, phrase });
    const shipped = came.get(name);
    kept.delete(name);
    const says = shipped ? one.off || one.weight !== shipped.weight : !one.off;
    if (says) kept.set(name, plain({ ...one, phrase: shipped?.phrase ?? phrase }));
  }
  return [...kept.values()];
}

function changesOf(before: readonly OwnKeywordAsked[], after: readonly OwnKeywordAsked[]): KeywordChange[] {
  const [old, now] = [before, after].map((list) => new Map(list.map((one) => [nameOf(one), one])));
  const names = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...names].flatMap((name) => {
    const [was, is] = [old?.get(name), now?.get(name)];
    const either = is ?? was;
    if (!either || (was && is && isDeepStrictEqual(plain(was), plain(is)))) return [];
    const { phrase, problemType } = either;
    const said = ({ weight, off }: OwnKeywordAsked) => ({ weight, off });
    return [{ phrase, problemType, ...(was && { before: said(was) }), ...(is && { after: said(is) }) }];
  });
}
