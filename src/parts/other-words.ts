import { KIT_SAID } from '#kit';
import { connectors } from '../../connectors/index.ts';
import { inOtherWords, type Said, type Translated } from '../core/said.ts';
import { COLLECT_SAID } from '../stages/collect/index.ts';
import { POST_SAID } from '../stages/post/index.ts';
import type { OtherWords } from '../surfaces/web/api.ts';
import { inboxTraditional } from './inbox-traditional.ts';

/** What is said of every source, whatever connector it is of. */
const SHARED: Said = { ...KIT_SAID, ...COLLECT_SAID, ...POST_SAID };

type Words = Readonly<Record<keyof OtherWords, Translated>>;
const known = new Map<string, Words>();

/**
 * What a connector said of a mention or of itself, or was said of it while hearing and posting: in its own words, else in
 * those that all share.
 */
export function otherWords(said: string, connector: string): OtherWords {
  const words = wordsOf(connector);
  const [hans, hant] = [inOtherWords(said, words['zh-Hans']), inOtherWords(said, words['zh-Hant'])];
  return { ...(hans !== undefined && { 'zh-Hans': hans }), ...(hant !== undefined && { 'zh-Hant': hant }) };
}

/** Made when they are first needed: Traditional costs its tables. */
function wordsOf(connector: string): Words {
  const ready = known.get(connector);
  if (ready) return ready;
  const own = connectors.find(({ about }) => about.id === connector)?.about.said;
  const said = Object.entries({ ...SHARED, ...own });
  const words: Words = {
    'zh-Hans': Object.fromEntries(said.map(([english, so]) => [english, typeof so === 'string' ? so : so['zh-Hans']])),
    'zh-Hant': Object.fromEntries(
      said.map(([english, so]) => [english, typeof so === 'string' ? inboxTraditional(so) : so['zh-Hant']]),
    ),
  };
  // One entry for each connector there is; a name that is none has the shared words, and is not kept.
  if (own) known.set(connector, words);
  return words;
}
