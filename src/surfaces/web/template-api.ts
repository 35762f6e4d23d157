/** The part of the API that is about templates, as schemas. */
import * as z from 'zod';
import { LengthShape, named, ReplyLanguageShape } from './shapes.ts';

export const TemplateUseShape = named(
  'TemplateUse',
  z.object({
    template: z.object({ id: z.string(), version: z.string() }),
    approved: z.number().describe('Replies that were let out and began as a draft of it.'),
    unedited: z.number().describe('Those of them that nobody had to edit.'),
  }),
);
export type TemplateUseInfo = z.output<typeof TemplateUseShape>;

export const TemplateShape = named(
  'Template',
  z.object({
    id: z.string(),
    title: z.string(),
    version: z.string(),
    problemTypes: z.array(z.string()),
    platforms: z.array(z.string()).describe('Written for these, or `any`.'),
    neverFor: z.array(z.string()),
    owner: z.string(),
    stale: z.string().exactOptional().describe('Its twin has changed since somebody compared them: what to do.'),
    missing: z.array(z.string()).describe('Facts it needs that the workspace does not have: it is not chosen.'),
    previews: z.array(z.object({ lang: ReplyLanguageShape, text: z.string(), length: LengthShape })),
  }),
);
export type TemplateInfo = z.output<typeof TemplateShape>;

export const TemplatesQuery = z.object({ platform: z.string().max(60).default('') });
export const TemplatesShape = z.object({
  platforms: z.array(z.object({ id: z.string(), name: z.string() })).describe('Where replies can be previewed.'),
  templates: z.array(TemplateShape).describe('Those that are used on the asked platform.'),
});
export type TemplatesAnswer = z.output<typeof TemplatesShape>;
