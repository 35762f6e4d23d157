import type { Actor } from '../../../core/rights.ts';
import type {
  KeywordList,
  KeywordListChange,
  KeywordListTry,
  KeywordVersion,
  OwnKeywordAsked,
} from '../lexicon-api.ts';

/** The keywords that mentions are sorted by, as people read and change them. The main program builds it from the workspace. */
export interface LexiconControl {
  list(): Promise<KeywordList>;
  /** What these would change about the last mentions. Changes nothing. @throws Refused `invalid-keyword` */
  tryOut(own: readonly OwnKeywordAsked[]): Promise<KeywordListTry>;
  /** @throws Refused `invalid-keyword`; Conflict when somebody else changed the list meanwhile */
  change(change: KeywordListChange, by: Actor): Promise<KeywordList>;
  /** Who changed which keyword when, newest first. */
  history(): Promise<KeywordVersion[]>;
  /** The list of an older version in place of the one in force. @throws Refused `unknown-version` */
  back(revision: number, by: Actor): Promise<KeywordList>;
}
