import { createContext, useContext } from 'react';
import type { DecisionName, Detail } from '../../api.ts';
import type { Body, WayBack } from '../hooks/use-decide.ts';
import type { Action } from '../keys/key-table.ts';

/** What opens over the list. */
export const LIST_MENUS = ['filters', 'savedViews', 'saveView'] as const satisfies Action[];
export type ListMenu = (typeof LIST_MENUS)[number];

/** What opens by a key, by the name of the key. */
export type MenuName =
  | ListMenu
  | Extract<Action, 'templates' | 'correct' | 'dismiss' | 'snooze' | 'sendLater' | 'assign' | 'escalate' | 'incident'>;

export interface Inbox {
  /** `editedText` is approved instead of the draft on screen. */
  decide<Name extends DecisionName>(detail: Detail, name: Name, body: Body<Name>, editedText?: string): Promise<void>;
  undo(): Promise<void>;
  /** The next undo is this: of something beside the decisions. */
  setWayBack(way: WayBack): void;
  menu: MenuName | undefined;
  setMenu(menu: MenuName | undefined): void;
  editing: boolean;
  setEditing(editing: boolean): void;
  /** Somebody writes a note. */
  noting: boolean;
  setNoting(noting: boolean): void;
}

export const InboxContext = createContext<Inbox | undefined>(undefined);

export function useInbox(): Inbox {
  const inbox = useContext(InboxContext);
  if (!inbox) throw new Error('useInbox is used outside of the inbox.');
  return inbox;
}
