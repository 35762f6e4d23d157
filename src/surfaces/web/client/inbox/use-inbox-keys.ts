import { useQueryClient } from '@tanstack/react-query';
import type { Detail } from '../../api.ts';
import { KEYS } from '../hooks/queries.ts';
import type { Arrivals } from '../hooks/use-arrivals.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { safeHref } from '../mention/author.ts';
import { currentRoute, go, VIEWS } from '../router.ts';
import type { Inbox, MenuName } from './context.ts';

interface Moves extends Pick<Inbox, 'undo' | 'setMenu' | 'setEditing'> {
  id: string | undefined;
  step(by: number): void;
  arrivals: Arrivals;
}

/** The keys that need no answer from the server first. `a` and `y` stand with the parts that know what they do. */
export function useInboxKeys({ id, step, arrivals, undo, setMenu, setEditing }: Moves): void {
  const client = useQueryClient();
  const menuKey = (menu: MenuName) => (id === undefined ? undefined : () => setMenu(menu));
  const openSource = () => {
    const detail = id === undefined ? undefined : client.getQueryData<Detail>(KEYS.mention(id));
    const href = safeHref(detail?.mention.url);
    if (href) open(href, '_blank', 'noopener,noreferrer');
  };
  const toView = (index: number) => () => {
    const view = VIEWS[index];
    const route = currentRoute();
    if (view) go({ page: 'inbox', view, filters: route.page === 'inbox' ? route.filters : {} });
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    // biome-ignore lint/correctness/noComponentHookFactories: the name of a key
    Enter: () => document.getElementById('mention')?.focus(),
    e: id === undefined ? undefined : () => setEditing(true),
    t: menuKey('templates'),
    c: menuKey('correct'),
    x: menuKey('dismiss'),
    s: menuKey('snooze'),
    g: menuKey('assign'),
    '!': menuKey('escalate'),
    i: menuKey('incident'),
    z: () => void undo(),
    u: arrivals.waiting.length > 0 ? arrivals.show : undefined,
    o: openSource,
    ...Object.fromEntries(VIEWS.map((_, index) => [String(index + 1), toView(index)])),
  });
}
