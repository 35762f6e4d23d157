/** The words of the status notice. */
export const enNotice = {
  intro:
    'Something known to be wrong, such as maintenance since 14:00. Drafts, /status and /faq mention it until it ends.',
  none: 'Nothing is announced.',
  holds: 'Announced',
  over: 'Ended by itself',
  since: (when: string, name: string) => `since ${when}, by ${name}`,
  until: (when: string) => `until ${when}`,
  announce: 'Announce it',
  announced: 'Announced. Drafts that nobody touched are written anew within seconds.',
  end: 'End it now',
  ended: 'It has ended. Drafts that nobody touched are written anew within seconds.',
  en: 'In English',
  zh: 'In Simplified Chinese',
  example: 'Top-ups are under maintenance since 14:00.',
  exampleZh: '充值自 14:00 起维护中。',
  endsAt: 'Ends at',
  endsHint: 'In your own time. Left empty, somebody ends it by hand.',
  about: 'Mentioned in drafts about',
  aboutAll: 'Everything that is neither regulated nor quiet',
  reads: 'How it reads',
};
