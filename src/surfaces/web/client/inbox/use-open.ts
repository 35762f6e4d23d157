import { useCallback, useState } from 'react';
import { LIST_MENUS, type ListMenu, type MenuName } from './context.ts';

/** Something that is open for one mention, and closed when another comes on screen, whichever way it came. */
export function useOpenFor<T>(id: string | undefined, closed: T): [T, (value: T) => void] {
  const [held, setHeld] = useState({ id, value: closed });
  // Forgotten with the mention: whoever comes back to it finds it closed.
  if (held.id !== id) setHeld({ id, value: closed });
  const set = useCallback((value: T) => setHeld({ id, value }), [id]);
  return [held.id === id ? held.value : closed, set];
}

/** The menu that is open: over the list, where it stays while the list changes under it, or over a mention. */
export function useMenu(id: string | undefined): [MenuName | undefined, (menu: MenuName | undefined) => void] {
  const [ofList, setOfList] = useState<ListMenu>();
  const [ofMention, setOfMention] = useOpenFor<MenuName | undefined>(id, undefined);
  const set = useCallback(
    (menu: MenuName | undefined) => {
      const list = LIST_MENUS.find((one) => one === menu);
      setOfList(list);
      setOfMention(list ? undefined : menu);
    },
    [setOfMention],
  );
  return [ofList ?? ofMention, set];
}
