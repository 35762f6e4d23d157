import * as z from 'zod';
import { Refused } from '../../../../core/failures.ts';
import { DetailShape, NoteBody, RevealBody, RevealedShape } from '../../api.ts';
import { type App, type Served, whoAsks } from '../app.ts';
import { caseOf, detailOf } from '../detail.ts';
import { MentionParams } from './mentions.ts';

const NoteParams = MentionParams.extend({ note: z.string().min(1).max(60) });
const tags = ['notes'];

/** What colleagues write to each other about a mention. */
export function addNotes(app: App, served: Served): void {
  const { review, store, clock, findPersonal } = served;
  /** @throws Refused `unknown-note` for one of another mention. */
  const noteOf = async ({ id, note: noteId }: z.output<typeof NoteParams>) => {
    const note = await store.note(noteId);
    if (note?.mentionId === id) return note;
    throw new Refused('unknown-note', 'This note is not there any more.');
  };

  app.route({
    method: 'POST',
    url: '/mentions/:id/notes',
    schema: {
      summary: 'Write a note for colleagues. It is never posted',
      tags,
      params: MentionParams,
      body: NoteBody,
      response: { 200: DetailShape },
    },
    handler: async (request) => {
      const me = whoAsks(request);
      const { mentionId } = await review.note({ mentionId: request.params.id, by: me.actor, text: request.body.text });
      return detailOf(await caseOf(served, mentionId), served, me);
    },
  });

  app.route({
    method: 'PUT',
    url: '/mentions/:id/notes/:note',
    schema: {
      summary: 'Change a note of mine',
      tags,
      params: NoteParams,
      body: NoteBody,
      response: { 200: DetailShape },
    },
    handler: async (request) => {
      const me = whoAsks(request);
      const { id: noteId, mentionId } = await noteOf(request.params);
      await review.editNote({ noteId, by: me.actor, text: request.body.text });
      return detailOf(await caseOf(served, mentionId), served, me);
    },
  });

  for (const [method, url, summary] of [
    ['DELETE', '/mentions/:id/notes/:note', 'Take a note of mine away. For some minutes it can be brought back'],
    ['POST', '/mentions/:id/notes/:note/restore', 'Bring a note of mine back that I have just taken away'],
  ] as const) {
    app.route({
      method,
      url,
      schema: { summary, tags, params: NoteParams, response: { 200: DetailShape } },
      handler: async (request) => {
        const me = whoAsks(request);
        const { id: noteId, mentionId } = await noteOf(request.params);
        await review.removeNote({ noteId, by: me.actor, back: method === 'POST' });
        return detailOf(await caseOf(served, mentionId), served, me);
      },
    });
  }

  app.route({
    method: 'POST',
    url: '/mentions/:id/notes/:note/reveal',
    schema: {
      summary: 'One piece of personal data in a note, as it was written. That you saw it is recorded',
      tags,
      params: NoteParams,
      body: RevealBody,
      response: { 200: RevealedShape },
    },
    handler: async (request) => {
      const note = await noteOf(request.params);
      const span =
        note.removedAt === undefined && findPersonal(note.text).find(({ start }) => start === request.body.start);
      if (!span) throw new Refused('not-there', 'This note was changed meanwhile. Look at it once more.');
      await store.appendAudit({
        at: clock.now(),
        actor: whoAsks(request).name,
        action: 'personal-data-seen',
        subject: note.mentionId,
        detail: { kind: span.kind, noteId: note.id },
      });
      return { text: note.text.slice(span.start, span.end) };
    },
  });
}
