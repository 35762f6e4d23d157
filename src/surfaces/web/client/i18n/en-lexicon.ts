/** The words of the keyword list, by which mentions are sorted. */
export const enLexicon = {
  intro:
    'Words that speak for a problem type, beside what the trained model reads. refund* also finds refunded; sent .. not arrived allows a few words between.',
  search: 'Search the list',
  add: 'New keywords',
  addHint: 'Separated by commas. They speak for the problem type chosen above.',
  weight: 'Strength',
  weights: { 3: 'Names the problem outright', 2: 'Points to it strongly', 1: 'Leans towards it' } as Record<
    number,
    string
  >,
  none: 'There is no such keyword.',
  ours: 'ours',
  changed: 'changed',
  off: 'not used',
  turnOff: 'Do not use it',
  tryHint: 'Before anything is saved: how the mentions heard last would be sorted with these keywords.',
  wouldChange: (n: string, of: string) => `${n} of the last ${of} mentions would have another problem type`,
  stays: (type: string) => `stays: ${type}`,
  saved: 'Saved. It counts for what is heard from now on.',
  asCame: 'as it came',
};
