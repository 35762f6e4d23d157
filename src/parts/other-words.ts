import { KIT_WORDS } from '#kit';
import { connectors } from '../../connectors/index.ts';
import { inOtherWords } from '../core/said.ts';
import type { OtherWords } from '../surfaces/web/api.ts';

/** What a connector said of a mention or of itself: in its own words, else in those that all connectors share. */
export function otherWords(said: string, connector: string): OtherWords {
  const own = connectors.find(({ about }) => about.id === connector)?.about.words;
  const read = (lang: keyof OtherWords) => inOtherWords(said, { ...own?.[lang].reasons, ...KIT_WORDS[lang] });
  const [hans, hant] = [read('zh-Hans'), read('zh-Hant')];
  return { ...(hans !== undefined && { 'zh-Hans': hans }), ...(hant !== undefined && { 'zh-Hant': hant }) };
}
