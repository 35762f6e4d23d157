import * as z from 'zod';
import { personalOf } from '../../../../core/cover.ts';
import { Refused } from '../../../../core/failures.ts';
import type { Case } from '../../../../core/ports.ts';
import type { Asked, Review } from '../../../../stages/review/index.ts';
import {
  CheckAnswer,
  CheckBody,
  DECISIONS,
  type DecisionName,
  DetailShape,
  HoldBody,
  HoldShape,
  RevealBody,
  RevealedShape,
} from '../../api.ts';
import { type App, type Served, whoAsks } from '../app.ts';
import { caseOf, detailOf, priceOfText } from '../detail.ts';

export const MentionParams = z.object({ id: z.string().min(4).max(40) });

type Who = Pick<Asked, 'mentionId' | 'by'>;

interface DecisionRoute {
  summary: string;
  body: z.ZodType;
  /** `body` has passed the schema. */
  decide(review: Review, who: Who, body: unknown): Promise<Case>;
}

/** Which rule of review each decision is. */
const ROUTES: Record<DecisionName, DecisionRoute> = {
  approve: decision('Let the latest draft out', DECISIONS.approve, (review, asked) => review.approve(asked)),
  edit: decision('Replace the draft by your own text', DECISIONS.edit, (review, asked) => review.edit(asked)),
  template: decision('Draft from another template', DECISIONS.template, (review, asked) => review.useTemplate(asked)),
  dismiss: decision('No reply needed', DECISIONS.dismiss, (review, asked) => review.dismiss(asked)),
  snooze: decision('Put it off until a time', DECISIONS.snooze, (review, asked) => review.snooze(asked)),
  assign: decision('Give it to somebody, or to nobody', DECISIONS.assign, (review, asked) => review.assign(asked)),
  escalate: decision('Hand it on beyond the inbox', DECISIONS.escalate, (review, asked) => review.escalate(asked)),
  correct: decision('Say what it is really about', DECISIONS.correct, (review, asked) => review.correct(asked)),
  undo: decision('Take the last decision back', DECISIONS.undo, (review, asked) => review.undo(asked)),
  posted: decision('It is posted by hand', DECISIONS.posted, (review, asked) => review.confirmPosted(asked)),
  settle: decision('Say whether an unsure reply is out', DECISIONS.settle, (review, asked) => review.settle(asked)),
  retry: decision('Try a failed reply once more', DECISIONS.retry, (review, asked) => review.retry(asked)),
};

function decision<Body extends z.ZodType<object>>(
  summary: string,
  body: Body,
  decide: (review: Review, asked: z.output<Body> & Who) => Promise<Case>,
): DecisionRoute {
  return { summary, body, decide: (review, who, given) => decide(review, { ...(given as z.output<Body>), ...who }) };
}

export function addMentions(app: App, served: Served): void {
  app.route({
    method: 'GET',
    url: '/mentions/:id',
    schema: {
      summary: 'Everything about one mention',
      tags: ['mentions'],
      params: MentionParams,
      response: { 200: DetailShape },
    },
    handler: async (request) => detailOf(await caseOf(served, request.params.id), served, whoAsks(request)),
  });

  app.route({
    method: 'POST',
    url: '/mentions/:id/check',
    schema: {
      summary: 'Guard rails and length over a text that is being typed',
      tags: ['mentions'],
      params: MentionParams,
      body: CheckBody,
      response: { 200: CheckAnswer },
    },
    handler: async (request) => {
      const { text } = request.body;
      const { mention } = await caseOf(served, request.params.id);
      const checked = await served.review.check({ mentionId: mention.id, text });
      return { ...checked, ...priceOfText(mention, text, served) };
    },
  });

  app.route({
    method: 'POST',
    url: '/mentions/:id/reveal',
    schema: {
      summary: 'One piece of personal data as it was written. That you saw it is recorded',
      tags: ['mentions'],
      params: MentionParams,
      body: RevealBody,
      response: { 200: RevealedShape },
    },
    handler: async (request) => {
      const found = await caseOf(served, request.params.id);
      const { start } = request.body;
      const span = personalOf(found, served.findPersonal).find((one) => one.start === start);
      if (!span) throw new Refused('not-there', 'This mention was changed meanwhile. Open it once more.');
      await served.store.appendAudit({
        at: served.clock.now(),
        actor: whoAsks(request).name,
        action: 'personal-data-seen',
        subject: found.mention.id,
        detail: { kind: span.kind },
      });
      return { text: found.mention.text.slice(span.start, span.end) };
    },
  });

  app.route({
    method: 'POST',
    url: '/mentions/:id/hold',
    schema: {
      summary: 'I am writing here: nobody else decides meanwhile. Renew it within 90 seconds',
      tags: ['mentions'],
      params: MentionParams,
      body: HoldBody,
      response: { 200: HoldShape },
    },
    handler: async (request) =>
      served.review.hold({ mentionId: request.params.id, by: whoAsks(request).actor, takeOver: request.body.takeOver }),
  });
  app.route({
    method: 'DELETE',
    url: '/mentions/:id/hold',
    schema: { summary: 'I am done writing', tags: ['mentions'], params: MentionParams, response: { 204: z.null() } },
    handler: async (request, answer) => {
      await served.review.release({ mentionId: request.params.id, by: whoAsks(request).actor });
      answer.code(204);
      return null;
    },
  });

  for (const [name, { summary, body, decide }] of Object.entries(ROUTES)) {
    app.route({
      method: 'POST',
      url: `/mentions/:id/${name}`,
      schema: { summary, tags: ['decisions'], params: MentionParams, body, response: { 200: DetailShape } },
      handler: async (request) => {
        const me = whoAsks(request);
        const found = await decide(served.review, { mentionId: request.params.id, by: me.actor }, request.body);
        // The change itself is told a moment later; who decided may ask for the counts before.
        served.counts.outdated();
        return detailOf(found, served, me);
      },
    });
  }
}
