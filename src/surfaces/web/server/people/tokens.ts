import * as z from 'zod';
import type { Token } from '../../../../core/access.ts';
import { CallRefused } from '../../../../core/failures.ts';
import { may } from '../../../../core/rights.ts';
import { NewTokenBody, NewTokenShape, type TokenInfo, TokenShape } from '../../api.ts';
import { hashOf, newId, newKey } from '../access/keys.ts';
import { type App, type Served, whoAsks } from '../app.ts';

const IdParams = z.object({ id: z.string().min(1).max(40) });
const tags = ['account'];

/** Keys for programs of one's own. */
export function addTokens(app: App, { sessions, store, clock }: Served): void {
  app.route({
    method: 'GET',
    url: '/me/tokens',
    schema: { summary: 'My tokens, without their keys', tags, response: { 200: z.array(TokenShape) } },
    handler: async (request) => (await store.access.tokens(whoAsks(request).person.id)).map(tokenInfo),
  });

  app.route({
    method: 'POST',
    url: '/me/tokens',
    schema: {
      summary: 'A token for a program, with some of my rights. Its key is shown once',
      tags,
      body: NewTokenBody,
      response: { 201: NewTokenShape },
    },
    handler: async (request, answer) => {
      const me = whoAsks(request);
      const { name, scopes, days } = request.body;
      const missing = scopes.find((scope) => !may(me.actor, scope));
      if (missing) throw new CallRefused(403, 'no-right', `You do not have the right "${missing}" yourself.`);
      const at = clock.now();
      const token: Token = {
        id: newId(),
        personId: me.person.id,
        name,
        scopes: [...new Set(scopes)],
        at,
        ...(days !== undefined && { until: at + days * 86_400_000 }),
      };
      const key = newKey();
      await store.access.addToken(token, hashOf(key), sessions.event(me.name, 'token-made', { name, scopes }));
      answer.code(201);
      return { ...tokenInfo(token), key };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/me/tokens/:id',
    schema: { summary: 'End a token of mine', tags, params: IdParams, response: { 204: z.null() } },
    handler: async (request, answer) => {
      const me = whoAsks(request);
      const found = (await store.access.tokens(me.person.id)).find(({ id }) => id === request.params.id);
      if (found)
        await store.access.removeToken(found.id, sessions.event(me.name, 'token-removed', { name: found.name }));
      answer.code(204);
      return null;
    },
  });
}

export function tokenInfo({ id, name, scopes, at, usedAt, until }: Token): TokenInfo {
  return { id, name, scopes, at, ...(usedAt !== undefined && { usedAt }), ...(until !== undefined && { until }) };
}
