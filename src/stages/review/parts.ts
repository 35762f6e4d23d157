import type { Mention, Priority } from '../../core/nouns.ts';
import type { Clock, Store, TemplateBook } from '../../core/ports.ts';
import type { ReviewRules } from './rules.ts';

/** What review needs. The same for the inbox, the command line and a chat card: the rules live here, not there. */
export interface ReviewParts {
  store: Store;
  templates: TemplateBook;
  clock: Clock;
  /** Who we would answer this mention as, such as "@brand". Part of what an approval is bound to. */
  accountOf(mention: Mention): string;
  /** The types a mention may be corrected to, with their lane and the priority they start at. */
  problemTypes: readonly { id: string; lane: string; priority: Priority }[];
  /** How long an approved reply waits before it is sent, in milliseconds, so that `undo` can be in time. Default 0. */
  undoMs?: number;
  /** What the workspace decides about approving and sending, as it is now. Default: two people, no quiet hours. */
  rules?: () => ReviewRules;
}
