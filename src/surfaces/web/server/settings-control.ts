import type { Actor } from '../../../core/rights.ts';
import type {
  KeywordTry,
  SettingsAnswer,
  SettingsChange,
  SettingsDifference,
  SettingsVersion,
} from '../settings-api.ts';

/** The settings as people read and change them. The main program builds it from the workspace. */
export interface SettingsControl {
  get(): SettingsAnswer;
  /**
   * @throws Refused `unknown-section`, `invalid-settings`, or `no-right` where the section needs more than `settings`;
   *   Conflict when somebody else changed this section meanwhile
   */
  set(section: string, change: SettingsChange, by: Actor): Promise<SettingsAnswer>;
  /** Newest first. */
  versions(): Promise<SettingsVersion[]>;
  /** What going back to a version would change. @throws Refused `unknown-version` */
  wayBack(revision: number): Promise<SettingsDifference[]>;
  /** @throws Refused `unknown-version`, `invalid-settings`, or `no-right` where what changes needs more than `settings` */
  restore(revision: number, by: Actor): Promise<SettingsAnswer>;
  /** Which of the last mentions contain these words. Changes nothing. */
  tryKeywords(words: readonly string[]): Promise<KeywordTry>;
}
