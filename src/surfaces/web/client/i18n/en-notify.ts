/** The words of notifications. */
export const enNotify = {
  title: 'Notifications on this device',
  hint: 'Also while Earshot is closed. They say the problem type and a case number, never a name, a place or the author’s words.',
  turnOn: 'Turn on notifications',
  turnOff: 'Turn off',
  on: 'On',
  whenClosed: 'This device is told, also while Earshot is closed.',
  whileOpen: 'For now only of urgent mentions, and only while Earshot is open in a tab or as an app.',
  again: 'Try again for when it is closed',
  noService:
    'This browser reaches no push service, so that nothing comes while Earshot is closed. Another browser may.',
  of: 'Tell me of',
  ofNothing: 'Choose at least one, or turn notifications off.',
  kinds: {
    urgent: 'Urgent mentions',
    assigned: 'Mentions that a colleague assigns to me',
    regulated: 'Regulated lanes: fraud and legal matters, and when their time to answer is over',
  },
  quiet: 'Quiet hours',
  from: 'From',
  to: 'To',
  clockOf: (place: string) => `By the clock of ${place}`,
  urgentAtOnce: 'Urgent mentions and regulated lanes come in quiet hours, too',
  saved: 'Saved.',
  test: 'Send a test',
  tested: 'A test is on its way to this device.',
  others: 'Your other devices',
  remove: 'Remove',
  denied: 'Your browser was told not to show notifications from here. Allow them in its settings for this page.',
  insecure:
    'Browsers show notifications only where the address begins with https. Open Earshot by such an address, or ask whoever runs it for one.',
  unable:
    'This browser shows no notifications. On an iPhone or iPad, add Earshot to the home screen first and open it from there.',
  install: 'To have Earshot as an app on a phone, choose “Add to home screen” in the menu of its browser.',
};
