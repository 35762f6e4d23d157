import type { PageLanguage } from '../../i18n/index.tsx';
import { readable } from '../../sources/option-field.tsx';
import { EN_LABELS } from './labels-en.ts';
import { ZH_HANS_FAULTS, ZH_HANS_HINTS, ZH_HANS_LABELS } from './labels-zh-hans.ts';
import { ZH_HANT_FAULTS, ZH_HANT_HINTS, ZH_HANT_LABELS } from './labels-zh-hant.ts';

type Words = Readonly<Record<string, string>>;
const LABELS: Record<PageLanguage, Words> = { en: EN_LABELS, 'zh-Hans': ZH_HANS_LABELS, 'zh-Hant': ZH_HANT_LABELS };
const HINTS: Record<PageLanguage, Words> = { en: {}, 'zh-Hans': ZH_HANS_HINTS, 'zh-Hant': ZH_HANT_HINTS };
const FAULTS: Record<PageLanguage, Words> = { en: {}, 'zh-Hans': ZH_HANS_FAULTS, 'zh-Hant': ZH_HANT_FAULTS };

/**
 * The name of a setting and what it is for. A label stands under the name of the setting, or under its parent's and its
 * own where the same name means two things; a hint under the English sentence of the schema. A setting that nobody has
 * named yet is shown as the schema has it.
 */
export function labelOf(lang: PageLanguage, path: string, description = ''): { label: string; description: string } {
  return { label: nameOf(lang, path) ?? readable(lastOf(path)), description: HINTS[lang][description] ?? description };
}

/** Whether this language has words of its own for a setting. */
export function isNamed(lang: PageLanguage, path: string, description: string): boolean {
  return nameOf(lang, path) !== undefined && (description === '' || HINTS[lang][description] !== undefined);
}

export const faultWords = (lang: PageLanguage, message: string): string => FAULTS[lang][message] ?? message;

const lastOf = (path: string): string => path.split('.').at(-1) ?? '';

function nameOf(lang: PageLanguage, path: string): string | undefined {
  const steps = path.split('.').filter((step) => !/^\d+$/.test(step));
  return LABELS[lang][steps.slice(-2).join('.')] ?? LABELS[lang][steps.at(-1) ?? ''];
}
