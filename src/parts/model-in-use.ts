import { join } from 'node:path';
import type { Classifier } from '../core/ports.ts';
import type { Settings } from '../settings.ts';
import { type Lexicon, loadClassifier, loadLexicon, ModelLibrary } from '../stages/classify/index.ts';
import type { Workspace, WorkspaceHandle } from '../workspace/index.ts';
import { loadTaxonomy, SHIPPED, type Taxonomy } from './taxonomy.ts';

/** The models of the data directory beside the shipped one. */
export function openLibrary({ dataDir }: Pick<Settings, 'dataDir'>): ModelLibrary {
  return new ModelLibrary(join(dataDir, 'models'), join(SHIPPED, 'model'));
}

/**
 * A classifier that knows the brand's names and accounts and the team's keywords as the settings give them, and the
 * workspace's problem types.
 * @param lexicon another than the shipped one, to try it
 */
export async function classifierWith(
  modelDir: string,
  { brand, lexicon: own }: Workspace,
  { types }: Taxonomy,
  lexicon?: Lexicon,
): Promise<Classifier> {
  return loadClassifier(
    SHIPPED,
    {
      names: brand.names,
      officialHandles: brand.officialHandles.map((written) => written.replace(/^[a-z0-9-]+:/, '').replace(/^@/, '')),
    },
    { modelDir, problemTypes: types, lexicon: lexicon ?? (await loadLexicon(SHIPPED, own)) },
  );
}

/** The classifier with the model in use. */
export async function classifierFor(settings: Pick<Settings, 'dataDir'>, workspace: Workspace): Promise<Classifier> {
  const [{ dir }, taxonomy] = await Promise.all([openLibrary(settings).inUse(), loadTaxonomy(settings)]);
  return classifierWith(dir, workspace, taxonomy);
}

/** A mark of everything in the settings that sorting goes by: the same as long as none of it changes. */
export function sortingMark(workspace: Pick<WorkspaceHandle, 'current'>): () => string {
  let held: { of: Workspace; mark: string } | undefined;
  return () => {
    const of = workspace.current();
    if (held?.of !== of) held = { of, mark: JSON.stringify([of.brand, of.lexicon]) };
    return held.mark;
  };
}

export interface FollowOptions {
  load: () => Promise<Classifier>;
  /** Told why a new one could not be loaded. */
  failed: (thrown: unknown) => void;
  /** Of what else a classifier is made, as `sortingMark` gives it. */
  settings?: () => string;
}

/**
 * Gives the classifier of the model in use, and another one as soon as a model was promoted or rolled back or the settings
 * changed, by whatever process: a running server takes it up with its next mention. One that cannot be loaded leaves the
 * old one at work.
 */
export function followModelInUse(
  library: ModelLibrary,
  { load, failed, settings = () => '' }: FollowOptions,
): () => Promise<Classifier> {
  let held: { mark: string; classifier: Promise<Classifier> } | undefined;
  return async () => {
    const mark = `${await library.mark()} ${settings()}`;
    if (held?.mark === mark) return held.classifier;
    const before = held?.classifier;
    const fresh = load();
    held = { mark, classifier: fresh };
    if (!before) {
      // Another try with the next call: somebody may have mended what was wrong.
      fresh.catch(() => {
        held = undefined;
      });
      return fresh;
    }
    held.classifier = fresh.catch((thrown) => {
      failed(thrown);
      return before;
    });
    return held.classifier;
  };
}
