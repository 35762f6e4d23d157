/** The words of standing answers. */
export const enAnswers = {
  intro:
    'What members read on Discord by /faq without a person in between: only what a named person approved, as it was approved. The help site is made of the same articles.',
  count: (approved: string, all: string) => `${approved} of ${all} approved`,
  write: 'Write an answer',
  read: 'As members read it',
  approvedBy: (name: string, when: string) => `approved by ${name}, ${when}`,
  waiting: 'waits for approval',
  changed: 'changed since it was approved',
  proposedTag: 'Proposed',
  proposedBy: (name: string, when: string) => `Proposed by ${name}, ${when}`,
  approve: 'Approve',
  approveThis: 'Approve this text',
  edit: 'Edit',
  withdraw: 'Withdraw',
  discard: 'Drop it',
  propose: 'Propose',
  howTo:
    'Headings start with ##, steps with 1. and points with -, each paragraph on one line. {{product}}, {{helpUrl}} and {{supportEmail}} are filled in. Members read the old text until this one is approved.',
  proposed: 'Proposed. Somebody who may approve lets members read it.',
  approved: 'Approved. Members may read it.',
  withdrawn: 'Withdrawn. Members read it no more.',
  discarded: 'Dropped.',
  whose: 'Who answers for it',
  everybody: 'Everybody',
  owner: (owner: string) => `Owner: ${owner}`,
  checked: (day: string) => `compared with the product on ${day}`,
  checkedBy: (name: string, day: string) => `compared with the product by ${name} on ${day}`,
  due: (day: string) => `next time by ${day}`,
  overdue: (day: string) => `was due on ${day}`,
  overdueCount: (n: number, text: string) =>
    n === 1
      ? '1 article is past the day of its check: read it beside the product, mend what is not so any more, then say so.'
      : `${text} articles are past the day of their check: read them beside the product, mend what is not so any more, then say so.`,
  overdueTag: (n: string) => `${n} due`,
  checkedToday: 'Checked today',
  checkedDone: 'Noted, with your name. Drafts and the help site rest on it.',
};
