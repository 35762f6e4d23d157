/** Data: what this connector says, in Chinese. */
import type { Said } from '#kit';

/** By the English sentence, with names in braces for what differs each time. A test finds every one in the code that is not here. */
export const SAID: Said = {
  'The platform': '平台',
  'the platform': '平台',
};
