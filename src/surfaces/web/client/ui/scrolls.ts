/** For whatever scrolls and may hold nothing else that takes the focus: the keyboard must be able to get there. */
export const SCROLLS = { tabIndex: 0 } as const;
