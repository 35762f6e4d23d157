import { useSyncExternalStore } from 'react';
import type { View } from '../api.ts';

/** What the queue shows beside its view. Part of the address, so that a filtered queue can be kept or passed on. */
export interface Filters {
  search?: string;
  problemType?: string;
  source?: string;
  lang?: string;
  /** `false`: only what the sorting is sure of. */
  unsure?: 'true' | 'false';
  /** `me`, `nobody`, or `@` and a name. */
  assignee?: string;
  lane?: string;
  cameBack?: 'true';
  removed?: 'true';
}

export type Route =
  | { page: 'inbox'; view: View; id?: string; filters: Filters }
  | { page: 'sources'; add?: string; edit?: string }
  | { page: 'incidents'; id?: string }
  | { page: 'scams'; account?: { connector: string; authorId: string } }
  | { page: 'label' }
  | { page: 'learning' }
  | { page: 'report' }
  | { page: 'settings'; section?: string }
  | { page: 'people' }
  | { page: 'account' };

/** In the order of their keys, 1 to 8. */
export const VIEWS: readonly View[] = ['urgent', 'waiting', 'mine', 'by-hand', 'scam', 'later', 'done', 'all'];
export const FILTERS = [
  'search',
  'problemType',
  'source',
  'lang',
  'unsure',
  'assignee',
  'lane',
  'cameBack',
  'removed',
] as const;

/** Pages that show one thing alone. */
const PLAIN = ['report', 'label', 'learning', 'people', 'account'] as const;
const isPlain = (route: Route): route is Extract<Route, { page: (typeof PLAIN)[number] }> =>
  PLAIN.some((page) => page === route.page);

/** Reads an address after its `#`; whatever is not understood is the waiting queue. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [first = '', second] = path.split('/').map(decode);
  if (first === 'sources') {
    const third = decode(path.split('/')[2] ?? '');
    if (second === 'add') return { page: 'sources', add: third };
    return { page: 'sources', ...(second === 'edit' && third && { edit: third }) };
  }
  const plain = PLAIN.find((page) => page === first);
  if (plain) return { page: plain };
  if (first === 'settings') return { page: 'settings', ...(second && { section: second }) };
  if (first === 'scams') {
    const authorId = decode(path.split('/')[2] ?? '');
    return { page: 'scams', ...(second && authorId && { account: { connector: second, authorId } }) };
  }
  if (first === 'incidents') return { page: 'incidents', ...(second && { id: second }) };
  const parameters = new URLSearchParams(query);
  const filters: Record<string, string> = {};
  for (const name of FILTERS) {
    const value = parameters.get(name);
    if (value) filters[name] = value;
  }
  const view = VIEWS.find((one) => one === first) ?? 'waiting';
  return { page: 'inbox', view, filters: filters as Filters, ...(second && { id: second }) };
}

/** The address of a route, `#` included. */
export function hrefOf(route: Route): string {
  if (isPlain(route)) return `#/${route.page}`;
  if (route.page === 'settings')
    return route.section ? `#/settings/${encodeURIComponent(route.section)}` : '#/settings';
  if (route.page === 'scams') {
    const { connector, authorId } = route.account ?? {};
    return connector && authorId
      ? `#/scams/${encodeURIComponent(connector)}/${encodeURIComponent(authorId)}`
      : '#/scams';
  }
  if (route.page === 'incidents') return route.id ? `#/incidents/${encodeURIComponent(route.id)}` : '#/incidents';
  if (route.page === 'sources') {
    if (route.edit) return `#/sources/edit/${encodeURIComponent(route.edit)}`;
    return route.add === undefined ? '#/sources' : `#/sources/add/${encodeURIComponent(route.add)}`;
  }
  const query = new URLSearchParams(route.filters as Record<string, string>).toString();
  return `#/${route.view}${route.id ? `/${encodeURIComponent(route.id)}` : ''}${query ? `?${query}` : ''}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** `replace` leaves no step for the back button: moving along the queue is not a journey. */
export function go(route: Route, how: 'push' | 'replace' = 'push'): void {
  const href = hrefOf(route);
  if (href === location.hash) return;
  if (how === 'push') history.pushState(null, '', href);
  else history.replaceState(null, '', href);
  dispatchEvent(new Event('hashchange'));
}

let last = { hash: '', route: parseRoute('') };

/** Where we are now, outside of React. */
export function currentRoute(): Route {
  if (location.hash !== last.hash) last = { hash: location.hash, route: parseRoute(location.hash) };
  return last.route;
}

function subscribe(onChange: () => void): () => void {
  addEventListener('hashchange', onChange);
  addEventListener('popstate', onChange);
  return () => {
    removeEventListener('hashchange', onChange);
    removeEventListener('popstate', onChange);
  };
}

/** Where we are now. */
export const useRoute = (): Route => useSyncExternalStore(subscribe, currentRoute);
