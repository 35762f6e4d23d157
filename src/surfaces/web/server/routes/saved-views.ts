import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { CallRefused, Refused } from '../../../../core/failures.ts';
import { isAtLeast, may } from '../../../../core/rights.ts';
import type { SavedView } from '../../../../core/saved-views.ts';
import {
  SavedQueryShape,
  type SavedViewInfo,
  type SavedViews,
  SavedViewsShape,
  SaveViewBody,
  StartViewBody,
  VIEWS,
  ViewCountsShape,
} from '../../api.ts';
import type { Session } from '../access/sessions.ts';
import { type App, type Served, whoAsks } from '../app.ts';
import { queueQuery } from '../views.ts';

const tags = ['views'];
const ViewParams = z.object({ id: z.string().min(1).max(60) });

/** Views that people save under a name, for themselves or for the team. */
export function addSavedViews(app: App, served: Served): void {
  const { store, clock, viewCounts } = served;
  const audit = ({ name: actor }: Session, action: string, id: string, team: boolean) => ({
    ...{ at: clock.now(), actor, action, subject: `view:${id}`, detail: { team } },
  });
  const list = async (me: Session): Promise<SavedViews> => {
    const [views, start] = await Promise.all([store.savedViews(me.person.id), store.startView(me.person.id)]);
    return { views: views.flatMap((view) => shown(view, me) ?? []), ...(start !== undefined && { start }) };
  };
  /** @throws Refused `unknown-view`; CallRefused `no-right`, `not-yours` */
  const changeable = async (id: string, me: Session): Promise<SavedView> => {
    const view = await store.savedView(id);
    if (!view || !(view.team || view.person === me.person.id)) throw unknownView();
    mustWrite(me, view.team);
    if (mayChange(view, me)) return view;
    throw new CallRefused(403, 'not-yours', `${view.by} made this view. They, or a lead, change it or take it away.`);
  };

  app.route({
    method: 'GET',
    url: '/views',
    schema: { summary: 'The views of the team, and mine', tags, response: { 200: SavedViewsShape } },
    handler: async (request) => list(whoAsks(request)),
  });

  app.route({
    method: 'GET',
    url: '/views/counts',
    schema: { summary: 'How many mentions each of them holds', tags, response: { 200: ViewCountsShape } },
    handler: async (request) => {
      const me = whoAsks(request);
      const counted = (await list(me)).views.map(async ({ id, query }) => {
        const {
          limit: _,
          order: __,
          ...asked
        } = queueQuery({ ...manyOf(query), limit: 1 }, me.name, served.problemTypes());
        return [id, await viewCounts.count(asked)] as const;
      });
      return Object.fromEntries(await Promise.all(counted));
    },
  });

  app.route({
    method: 'POST',
    url: '/views',
    schema: { summary: 'Save a view', tags, body: SaveViewBody, response: { 200: SavedViewsShape } },
    handler: async (request) => {
      const me = whoAsks(request);
      mustWrite(me, request.body.team);
      const view = viewOf(randomUUID(), request.body, me, clock.now());
      await store.saveView(view, audit(me, 'view-saved', view.id, view.team));
      return list(me);
    },
  });

  app.route({
    method: 'PUT',
    url: '/views/:id',
    schema: {
      summary: 'Rename a view, change what it shows, or give it to the team',
      tags,
      params: ViewParams,
      body: SaveViewBody,
      response: { 200: SavedViewsShape },
    },
    handler: async (request) => {
      const me = whoAsks(request);
      const before = await changeable(request.params.id, me);
      mustWrite(me, request.body.team);
      // Whose it is stays; that a lead mended it, the log knows.
      const { person, by } = before;
      const view = { ...viewOf(before.id, request.body, me, clock.now()), ...(before.team && { person, by }) };
      await store.saveView(view, audit(me, 'view-saved', view.id, view.team));
      return list(me);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/views/:id',
    schema: { summary: 'Take a view away', tags, params: ViewParams, response: { 200: SavedViewsShape } },
    handler: async (request) => {
      const me = whoAsks(request);
      const view = await changeable(request.params.id, me);
      await store.removeView(view.id, audit(me, 'view-removed', view.id, view.team));
      return list(me);
    },
  });

  app.route({
    method: 'PUT',
    url: '/views/start',
    schema: {
      summary: 'Choose what the inbox opens with for me: a saved view, a view, or with null neither',
      tags,
      body: StartViewBody,
      response: { 200: SavedViewsShape },
    },
    handler: async (request) => {
      const me = whoAsks(request);
      const { view } = request.body;
      const known = view === null || VIEWS.some((one) => one === view) || (await visible(served, view, me));
      if (!known) throw unknownView();
      await store.setStartView(me.person.id, view ?? undefined);
      return list(me);
    },
  });
}

const unknownView = () => new Refused('unknown-view', 'This view is not there any more.');

async function visible({ store }: Served, id: string, me: Session): Promise<SavedView | undefined> {
  const view = await store.savedView(id);
  return view && (view.team || view.person === me.person.id) ? view : undefined;
}

/** What the inbox opens with for a person, where they chose something that is still there. */
export async function startOf(served: Served, me: Session) {
  const start = await served.store.startView(me.person.id);
  if (start === undefined) return undefined;
  const view = VIEWS.find((one) => one === start);
  return view ? { view } : shown(await visible(served, start, me), me)?.query;
}

/** A view that an older or newer version of the page saved in words that this one does not know is left out. */
function shown(view: SavedView | undefined, me: Session): SavedViewInfo | undefined {
  const query = SavedQueryShape.safeParse(view?.query);
  if (!view || !query.success) return undefined;
  const { id, name, team, by, at } = view;
  return { id, name, team, by, at, mayChange: mayChange(view, me), query: query.data };
}

function mayChange({ team, person }: SavedView, me: Session): boolean {
  return person === me.person.id || (team && isAtLeast(me.person.role, 'lead'));
}

/** @throws CallRefused `no-right`: what everybody sees is not for those who only read, nor for a token that only reads. */
function mustWrite({ actor, byToken }: Session, team: boolean): void {
  if ((!team && !byToken) || may(actor, 'triage')) return;
  throw new CallRefused(403, 'no-right', 'A view for the team needs the right "triage". Ask an admin.');
}

function viewOf(id: string, { name, team, query }: z.output<typeof SaveViewBody>, me: Session, at: number): SavedView {
  return { id, name, team, query: { ...query }, person: me.person.id, by: me.name, at };
}

/** A saved filter has one value; a query may have several. */
function manyOf({ problemType, source, lang, ...query }: z.output<typeof SavedQueryShape>) {
  return {
    ...query,
    ...(problemType !== undefined && { problemType: [problemType] }),
    ...(source !== undefined && { source: [source] }),
    ...(lang !== undefined && { lang: [lang] }),
  };
}
