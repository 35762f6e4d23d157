import { createContext, useContext } from 'react';
import type { DecisionName, Detail } from '../../api.ts';
import type { Body } from '../hooks/use-decide.ts';

/** The lists that open over the actions. */
export type MenuName = 'templates' | 'correct' | 'dismiss' | 'snooze' | 'assign' | 'escalate' | 'incident' | 'send';

export interface Inbox {
  /** `editedText` is approved instead of the draft on screen. */
  decide<Name extends DecisionName>(detail: Detail, name: Name, body: Body<Name>, editedText?: string): Promise<void>;
  undo(): Promise<void>;
  menu: MenuName | undefined;
  setMenu(menu: MenuName | undefined): void;
  editing: boolean;
  setEditing(editing: boolean): void;
}

export const InboxContext = createContext<Inbox | undefined>(undefined);

export function useInbox(): Inbox {
  const inbox = useContext(InboxContext);
  if (!inbox) throw new Error('useInbox is used outside of the inbox.');
  return inbox;
}
