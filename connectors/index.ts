/** All connectors, a line each. The contract suite compares this list with the folders beside it. */
import type { AnyConnector } from '#kit';
import { appFeedback } from './app-feedback/index.ts';
import { archive } from './archive/index.ts';
import { discord } from './discord/index.ts';
import { email } from './email/index.ts';
import { facebook } from './facebook/index.ts';
import { feed } from './feed/index.ts';
import { forum } from './forum/index.ts';
import { reddit } from './reddit/index.ts';
import { sample } from './sample/index.ts';
import { telegram } from './telegram/index.ts';
import { twitter } from './twitter/index.ts';

export const connectors: readonly AnyConnector[] = [
  discord,
  feed,
  forum,
  reddit,
  archive,
  sample,
  twitter,
  telegram,
  facebook,
  email,
  appFeedback,
];
