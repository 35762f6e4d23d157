/** The words about approving by two, holding, sending times and people. */
export const enPeopleActions = {
  'approved-first': 'gave the first of two approvals',
  'read-back': 'found the reply at the source',
};
