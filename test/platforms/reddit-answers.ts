/** How the local Reddit words its answers, good and bad. */
import type { ServerResponse } from 'node:http';
import { sendJson } from './local-server.ts';

/** What somebody wrote, as the platform holds it. Times in seconds, as on Reddit. */
export interface Thing {
  kind: 't1' | 't3';
  name: string;
  author: string;
  subreddit: string;
  title?: string;
  text: string;
  created: number;
  edited: number | false;
  link: string;
  parent?: string;
  /** In the inbox of our account. */
  mentionsUs: boolean;
  deleted?: 'author' | 'moderator' | 'account';
  locked: boolean;
  archived: boolean;
}

export interface Subreddit {
  name: string;
  id: string;
  type: string;
  banned: boolean;
  restricted: boolean;
  closed?: 'private' | 'quarantined' | 'banned';
}

/** How the platform behaves towards the next request of its kind. */
export type Behaviour =
  | { as: 'error'; code: string; text: string; ratelimit?: number }
  | { as: 'answer'; status: number; headers?: Record<string, string>; body?: string; stored?: boolean }
  | { as: 'reset' | 'never' | 'half'; stored?: boolean };

export function errors(code: string, text: string, ratelimit?: number) {
  return { json: { errors: [[code, text, code.toLowerCase()]], ...(ratelimit !== undefined && { ratelimit }) } };
}

/** Newest first, without what was deleted, never more than the newest 1,000. */
export function page(things: Thing[], query: URLSearchParams, show: (thing: Thing) => object) {
  const limit = Math.min(Math.max(Number(query.get('limit') ?? 25), 1), 100);
  const shown = things
    .filter(({ deleted }) => !deleted)
    .sort(
      (a, b) => b.created - a.created || Number.parseInt(b.name.slice(3), 36) - Number.parseInt(a.name.slice(3), 36),
    )
    .slice(0, 1000);
  const anchor = query.get('after');
  const start = anchor ? shown.findIndex(({ name }) => name === anchor) + 1 : 0;
  const some = anchor && start === 0 ? [] : shown.slice(start, start + limit);
  const more = some.length > 0 && start + limit < shown.length;
  return { kind: 'Listing', data: { after: more ? some.at(-1)?.name : null, before: null, children: some.map(show) } };
}

export function showSubreddit({ id, name, type, banned, restricted }: Subreddit) {
  const data = {
    name: id,
    display_name: name,
    subreddit_type: type,
    user_is_banned: banned,
    restrict_commenting: restricted,
  };
  return { kind: 't5', data: { ...data, user_is_contributor: false, user_is_moderator: false } };
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function blockPage(response: ServerResponse, status = 403): void {
  const page =
    "<!doctype html><html><head><title>Blocked</title></head><body>You've been blocked by network security.</body></html>";
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(page);
}

export function behave(response: ServerResponse, behaviour: Behaviour, good: { status: number; body: unknown }): void {
  switch (behaviour.as) {
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'never':
      return;
    case 'half': {
      const whole = JSON.stringify(good.body);
      response.writeHead(good.status, { 'content-type': 'application/json', 'content-length': whole.length + 40 });
      response.write(whole.slice(0, whole.length / 2), () => response.destroy());
      return;
    }
    case 'answer':
      response.writeHead(behaviour.status, { 'content-type': 'application/json', ...behaviour.headers });
      response.end(behaviour.body ?? JSON.stringify(good.body));
      return;
    case 'error':
      sendJson(response, 200, errors(behaviour.code, behaviour.text, behaviour.ratelimit));
  }
}
