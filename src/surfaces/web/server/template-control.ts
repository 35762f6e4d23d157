import type { Actor } from '../../../core/rights.ts';
import type {
  NewTemplate,
  Proposal,
  TemplateChange,
  TemplatesAnswer,
  TemplateTry,
  TemplateVersionInfo,
} from '../template-api.ts';

/**
 * The templates as a team reads and changes them. The main program builds it from drafting and the workspace. Methods that
 * name a template throw Refused `unknown-template`.
 */
export interface TemplateControl {
  /** Those that are used on a platform, each as it reads there. @param platform empty: where nobody wrote anything special */
  list(platform: string): TemplatesAnswer;
  /** Words that nobody saved yet, as they would read and be checked. Changes nothing. */
  tryOut(asked: { id: string; text: string; platform: string }): TemplateTry;
  /**
   * @throws Refused `invalid-template` with what is wrong, `check-failed` where a guard rail stands against it; Conflict when
   *   somebody else changed it meanwhile
   */
  change(change: TemplateChange, by: Actor): Promise<void>;
  /** A new pair in both languages. Returns the id of the English one. @throws as `change` */
  add(template: NewTemplate, by: Actor): Promise<string>;
  /** As it came along; one of the team's own is removed with its twin. */
  back(id: string, by: Actor): Promise<void>;
  /** How it read after each change that is kept, newest first. */
  history(id: string): Promise<TemplateVersionInfo[]>;
  /** What people's repeated edits propose. */
  proposals(): Promise<Proposal[]>;
  /** A proposal that is not wanted stays away. */
  decline(asked: { id: string; key: string }, by: Actor): Promise<void>;
  /** The templates section of the settings as it would be after a change, to try it on the last days. */
  wouldBe(change: TemplateChange): unknown;
}
