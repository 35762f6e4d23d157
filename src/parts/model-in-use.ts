import { join } from 'node:path';
import type { Classifier } from '../core/ports.ts';
import type { Settings } from '../settings.ts';
import { type Lexicon, loadClassifier, ModelLibrary } from '../stages/classify/index.ts';
import type { Workspace } from '../workspace/index.ts';
import { loadTaxonomy, SHIPPED, type Taxonomy } from './taxonomy.ts';

/** The models of the data directory beside the shipped one. */
export function openLibrary({ dataDir }: Pick<Settings, 'dataDir'>): ModelLibrary {
  return new ModelLibrary(join(dataDir, 'models'), join(SHIPPED, 'model'));
}

/**
 * A classifier that knows the brand's names and accounts as the settings give them, and the workspace's problem types.
 * @param lexicon another than the shipped one, to try it
 */
export function classifierWith(
  modelDir: string,
  { brand }: Workspace,
  { types }: Taxonomy,
  lexicon?: Lexicon,
): Promise<Classifier> {
  return loadClassifier(
    SHIPPED,
    {
      names: brand.names,
      officialHandles: brand.officialHandles.map((written) => written.replace(/^[a-z0-9-]+:/, '').replace(/^@/, '')),
    },
    { modelDir, problemTypes: types, ...(lexicon && { lexicon }) },
  );
}

/** The classifier with the model in use. */
export async function classifierFor(settings: Pick<Settings, 'dataDir'>, workspace: Workspace): Promise<Classifier> {
  const [{ dir }, taxonomy] = await Promise.all([openLibrary(settings).inUse(), loadTaxonomy(settings)]);
  return classifierWith(dir, workspace, taxonomy);
}

/**
 * Gives the classifier of the model in use, and another one as soon as a model was promoted or rolled back, by whatever
 * process: a running server takes it up with its next mention. One that cannot be loaded leaves the old one at work.
 *
 * @param failed told why a new one could not be loaded
 */
export function followModelInUse(
  library: ModelLibrary,
  load: () => Promise<Classifier>,
  failed: (thrown: unknown) => void,
): () => Promise<Classifier> {
  let held: { mark: string; classifier: Promise<Classifier> } | undefined;
  return async () => {
    const mark = await library.mark();
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
