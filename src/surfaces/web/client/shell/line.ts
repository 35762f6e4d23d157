import type { ReactNode } from 'react';
import type { IconName } from '../ui/icon.tsx';

/** Something that everybody should know, on whatever page they are. */
export interface Line {
  key: string;
  tone: 'incident' | 'amber' | 'sample';
  icon: IconName;
  /** What it is, in a few words: all that is read of it while the lines are folded. */
  brief: string;
  /** The whole of it, with where to go. */
  whole: ReactNode;
}
