import { useQueryClient } from '@tanstack/react-query';
import type { Detail } from '../../api.ts';
import { KEYS } from '../hooks/queries.ts';
import type { Arrivals } from '../hooks/use-arrivals.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { safeHref } from '../mention/author.ts';
import { currentRoute, go, VIEWS } from '../router.ts';
import type { Inbox, MenuName } from './context.ts';

interface Moves extends Pick<Inbox, 'undo' | 'setMenu' | 'setEditing' | 'setNoting'> {
  id: string | undefined;
  step(by: number): void;
  arrivals: Arrivals;
}

/** The keys that need no answer from the server first. All others stand with the parts that know what they do. */
export function useInboxKeys({ id, step, arrivals, undo, setMenu, setEditing, setNoting }: Moves): void {
  const client = useQueryClient();
  const ofMention = (run: () => void) => (id === undefined ? undefined : run);
  const menuKey = (menu: MenuName) => ofMention(() => setMenu(menu));
  const openSource = () => {
    const detail = id === undefined ? undefined : client.getQueryData<Detail>(KEYS.mention(id));
    const href = safeHref(detail?.mention.url);
    if (href) open(href, '_blank', 'noopener,noreferrer');
  };
  const toView = ({ key }: KeyboardEvent) => {
    const view = VIEWS[Number(key) - 1];
    const route = currentRoute();
    if (view) go({ page: 'inbox', view, filters: route.page === 'inbox' ? route.filters : {} });
  };
  useKeys({
    next: () => step(1),
    previous: () => step(-1),
    open: () => document.getElementById('mention')?.focus(),
    edit: ofMention(() => setEditing(true)),
    note: ofMention(() => setNoting(true)),
    templates: menuKey('templates'),
    correct: menuKey('correct'),
    dismiss: menuKey('dismiss'),
    snooze: menuKey('snooze'),
    sendLater: menuKey('sendLater'),
    assign: menuKey('assign'),
    escalate: menuKey('escalate'),
    incident: menuKey('incident'),
    filters: () => setMenu('filters'),
    savedViews: () => setMenu('savedViews'),
    saveView: () => setMenu('saveView'),
    clearFilters: () => {
      const route = currentRoute();
      if (route.page === 'inbox') go({ ...route, filters: {} }, 'replace');
    },
    undo: () => void undo(),
    showNew: arrivals.waiting.length > 0 ? arrivals.show : undefined,
    page: openSource,
    views: toView,
  });
}
