import * as z from 'zod';
import { coverSeen } from '../../../../core/cover.ts';
import type { Case } from '../../../../core/ports.ts';
import { AuthorShape, type TemplateOffer, TemplateOfferShape } from '../../api.ts';
import type { App, Served } from '../app.ts';
import { caseOf, choicesFor, priceOfText } from '../detail.ts';
import { MentionParams } from './mentions.ts';

const tags = ['mentions'];
/** Whoever wrote more than this is known well enough by the newest. */
const AUTHOR_MOST = 20;

/** What stands beside a mention, and is asked for when somebody wants to see it. */
export function addBeside(app: App, served: Served): void {
  app.route({
    method: 'GET',
    url: '/mentions/:id/author',
    schema: {
      summary: 'What else its author wrote on the same platform, and what we answered them',
      tags,
      params: MentionParams,
      response: { 200: AuthorShape },
    },
    handler: async (request) => {
      const { mention } = await caseOf(served, request.params.id);
      const { connector, platform, author, id: but } = mention;
      const found = await served.store.authorContext({
        ...{ connector, platform, authorId: author.id, but, limit: AUTHOR_MOST },
      });
      return { ...found, rows: found.rows.map((row) => coverSeen(row, served.findPersonal)) };
    },
  });

  app.route({
    method: 'GET',
    url: '/mentions/:id/templates',
    schema: {
      summary: 'The templates that fit, filled in and checked as they would be posted here, best first',
      tags,
      params: MentionParams,
      response: { 200: z.array(TemplateOfferShape) },
    },
    handler: async (request) => offersFor(await caseOf(served, request.params.id), served),
  });
}

async function offersFor(found: Case, served: Served): Promise<TemplateOffer[]> {
  const { mention, assessment, said } = found;
  if (!assessment) return [];
  const { templates, clock } = served;
  return (await choicesFor(found, served)).flatMap(({ id, title }) => {
    const draft = templates.draft(mention, assessment, clock.now(), { templateId: id, said });
    if ('none' in draft || !draft.template) return [];
    const { text, lang, checks, length } = draft;
    const { version } = draft.template;
    return [{ id, title, version, text, lang, checks, length, ...priceOfText(mention, text, served) }];
  });
}
