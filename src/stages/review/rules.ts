import type { SendingRules } from '../../core/quiet-hours.ts';

/** What a workspace decides about approving and sending. */
export interface ReviewRules {
  /** Replies in regulated lanes need two people. Off only where one person works alone. */
  secondApprover: boolean;
  /** The least role that may give the second approval. */
  secondApproverRole: 'approver' | 'lead';
  sending: SendingRules;
}

export const DEFAULT_RULES: ReviewRules = {
  secondApprover: true,
  secondApproverRole: 'approver',
  sending: { timeZone: 'UTC', urgentAtOnce: true },
};

export function rulesOf({ rules }: { rules?: () => ReviewRules }): ReviewRules {
  return rules?.() ?? DEFAULT_RULES;
}
