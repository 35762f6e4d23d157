import { createContext, useContext } from 'react';
import type { PageLanguage } from '../../i18n/index.tsx';
import type { SettingFault } from './faults.ts';
import { labelOf } from './labels.ts';

interface FormContext {
  faults: readonly SettingFault[];
  /** The person may look and not change. */
  disabled: boolean;
  lang: PageLanguage;
}

export const SettingsFormContext = createContext<FormContext>({ faults: [], disabled: false, lang: 'en' });

/** What the parts of a form know: the faults of the last try, and the words of each setting. */
export function useForm() {
  const context = useContext(SettingsFormContext);
  return { ...context, words: (path: string, description = '') => labelOf(context.lang, path, description) };
}
