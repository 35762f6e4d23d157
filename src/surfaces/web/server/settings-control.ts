import type { Actor } from '../../../core/rights.ts';
import type {
  KeywordTry,
  NoticePreview,
  SettingsAnswer,
  SettingsChange,
  SettingsDifference,
  SettingsVersion,
} from '../settings-api.ts';

/** The settings as people read and change them. The main program builds it from the workspace. */
export interface SettingsControl {
  get(): SettingsAnswer;
  /**
   * @param lang in which what is wrong is said, where we speak it
   * @throws Refused `unknown-section`, `invalid-settings`, or `no-right` where the section needs more than `settings`;
   *   Conflict when somebody else changed this section meanwhile
   */
  set(section: string, change: SettingsChange, by: Actor, lang?: string): Promise<SettingsAnswer>;
  /** Newest first. */
  versions(): Promise<SettingsVersion[]>;
  /** What going back to a version would change. @throws Refused `unknown-version` */
  wayBack(revision: number): Promise<SettingsDifference[]>;
  /** @throws Refused `unknown-version`, `invalid-settings`, or `no-right` where what changes needs more than `settings` */
  restore(revision: number, by: Actor): Promise<SettingsAnswer>;
  /** A status notice as it would read below a draft, in each script. Changes nothing. */
  previewNotice(notice: { en: string; zh: string }): NoticePreview;
  /** Which of the last mentions contain these words. Changes nothing. */
  tryKeywords(words: readonly string[]): Promise<KeywordTry>;
}
