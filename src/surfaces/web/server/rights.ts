import type { Right } from '../../../core/rights.ts';
import { BASE } from '../api.ts';

/** `open`: to strangers. `self`: to everybody who is signed in, about themselves; not to programs with a token. */
export type Needs = Right | 'open' | 'self';

/** What each route of the API needs. One that is not here does not start: nobody forgets to say it. */
const ROUTES: Record<string, Needs> = {
  'GET /openapi.json': 'read',
  'POST /session': 'open',
  'GET /session/ways': 'open',
  'DELETE /session': 'self',
  'POST /invitations/look': 'open',
  'POST /invitations/accept': 'open',

  'GET /me': 'read',
  'PATCH /me': 'self',
  'PUT /me/password': 'self',
  'GET /me/sessions': 'self',
  'DELETE /me/sessions': 'self',
  'DELETE /me/sessions/:id': 'self',
  'GET /me/tokens': 'self',
  'POST /me/tokens': 'self',
  'DELETE /me/tokens/:id': 'self',
  'GET /me/devices': 'self',
  'POST /me/devices': 'self',
  'PUT /me/devices/:id': 'self',
  'DELETE /me/devices/:id': 'self',
  'POST /me/devices/:id/test': 'self',

  'GET /people': 'people',
  'PATCH /people/:id': 'people',
  'DELETE /people/:id/sessions': 'people',
  'DELETE /people/:id/tokens/:token': 'people',
  'POST /invitations': 'people',
  'DELETE /invitations/:id': 'people',

  'GET /queue': 'read',
  'GET /counts': 'read',
  'GET /views': 'read',
  'GET /views/counts': 'read',
  'POST /views': 'read',
  'PUT /views/start': 'self',
  'PUT /views/:id': 'read',
  'DELETE /views/:id': 'read',
  'GET /events': 'read',
  'POST /presence': 'read',
  'GET /report': 'read',
  'GET /report/csv': 'read',
  'GET /uncertain': 'read',
  'GET /sources': 'read',
  'GET /connectors': 'read',
  'POST /sources': 'settings',
  'POST /sources/try': 'settings',
  'GET /sources/:id': 'settings',
  'PUT /sources/:id': 'settings',
  'POST /sources/:id/test': 'settings',
  'POST /sources/:id/pull': 'settings',
  'DELETE /sources/:id': 'settings',
  'POST /sample/remove': 'settings',

  'GET /answers': 'read',
  'GET /answers/history': 'read',
  'POST /answers/try': 'draft',
  'POST /answers/propose': 'draft',
  'POST /answers/discard': 'draft',
  'POST /answers/approve': 'approve',
  'POST /answers/withdraw': 'approve',
  'POST /answers/back': 'approve',
  'POST /answers/checked': 'draft',

  'GET /templates': 'read',
  'GET /templates/use': 'read',
  'GET /templates/history': 'settings',
  'GET /templates/proposals': 'settings',
  'POST /templates/try': 'settings',
  'POST /templates': 'settings',
  'PUT /templates': 'settings',
  'POST /templates/back': 'settings',
  'POST /templates/decline': 'settings',

  'GET /learning': 'settings',
  'GET /learning/job': 'settings',
  'POST /learning/job': 'settings',
  'DELETE /learning/job': 'settings',
  'POST /learning/rollback': 'settings',
  'GET /learning/replay': 'settings',

  'GET /lexicon': 'settings',
  'GET /lexicon/history': 'settings',
  'POST /lexicon/try': 'settings',
  'PUT /lexicon': 'settings',
  'POST /lexicon/back': 'settings',

  'GET /settings': 'settings',
  'PUT /settings/:section': 'settings',
  'POST /settings/keywords/try': 'settings',
  'POST /settings/notice/preview': 'settings',
  'GET /settings/versions': 'settings',
  'GET /settings/versions/:revision': 'settings',
  'POST /settings/versions/:revision/restore': 'settings',

  'GET /clocks': 'read',
  'POST /mentions/:id/acknowledge': 'triage',
  'GET /mentions/:id/evidence': 'approve',

  'GET /suspects': 'read',
  'GET /suspects/file': 'read',
  'POST /suspects/judge': 'triage',
  'POST /suspects/takedown': 'triage',
  'POST /suspects/warn': 'draft',

  'GET /incidents': 'read',
  'GET /incidents/:id': 'read',
  'GET /incidents/:id/plan': 'read',
  'POST /incidents': 'triage',
  'POST /incidents/:id/join': 'triage',
  'POST /incidents/:id/leave': 'triage',
  'POST /incidents/:id/reply': 'draft',
  'POST /incidents/:id/close': 'approve',
  'POST /incidents/:id/reopen': 'approve',
  'POST /incidents/:id/approve': 'approve',

  'GET /mentions/:id': 'read',
  'GET /mentions/:id/attachments/:file': 'read',
  'GET /mentions/:id/author': 'read',
  'GET /mentions/:id/templates': 'read',
  'POST /mentions/:id/notes': 'triage',
  'PUT /mentions/:id/notes/:note': 'triage',
  'DELETE /mentions/:id/notes/:note': 'triage',
  'POST /mentions/:id/notes/:note/restore': 'triage',
  'POST /mentions/:id/notes/:note/reveal': 'triage',
  'POST /mentions/:id/check': 'read',
  'POST /mentions/:id/reveal': 'triage',
  'POST /mentions/:id/hold': 'draft',
  'DELETE /mentions/:id/hold': 'draft',
  'POST /mentions/:id/assign': 'triage',
  'POST /mentions/:id/snooze': 'triage',
  'POST /mentions/:id/escalate': 'triage',
  'POST /mentions/:id/dismiss': 'triage',
  'POST /mentions/:id/correct': 'triage',
  'POST /mentions/:id/undo': 'triage',
  'POST /mentions/:id/edit': 'draft',
  'POST /mentions/:id/template': 'draft',
  'POST /mentions/:id/approve': 'approve',
  'POST /mentions/:id/retry': 'approve',
  'POST /mentions/:id/posted': 'approve',
  'POST /mentions/:id/settle': 'approve',
};

/** Every route of the API, as `METHOD /path` below its base. */
export const LISTED_ROUTES: readonly string[] = Object.keys(ROUTES);

/** @param route as the router knows it, such as `/api/v1/mentions/:id` */
export function needsOf(method: string, route: string): Needs | undefined {
  return ROUTES[`${method === 'HEAD' ? 'GET' : method} ${route.slice(BASE.length)}`];
}

/** @throws Error at the start, for whoever added a route. */
export function mustBeListed(method: string, route: string): void {
  if (needsOf(method, route)) return;
  throw new Error(`The route ${method} ${route} is not in the table of rights (src/surfaces/web/server/rights.ts).`);
}
