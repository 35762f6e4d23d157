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
};
