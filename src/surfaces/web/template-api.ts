/** The part of the API that is about templates, as schemas. */
import * as z from 'zod';
import { CheckShape, LengthShape, named, ReplyLanguageShape } from './shapes.ts';

export const TemplateUseShape = named(
  'TemplateUse',
  z.object({
    template: z.string().describe('Its id.'),
    problemType: z.string(),
    lang: z.string().describe('Of the reply.'),
    platform: z.string(),
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
    text: z.string().describe('As it is written, with {{names}}.'),
    twin: z.string().describe('The same words in the other language.'),
    own: z
      .object({ by: z.string(), at: z.string() })
      .exactOptional()
      .describe('Whoever changed or wrote it here last, and when.'),
    came: z.string().exactOptional().describe('The text that came along, where the team has another.'),
    off: z.boolean().describe('Never used.'),
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

export const TemplateTryBody = z.object({
  id: z.string().min(1).max(120),
  text: z.string().max(20_000),
  platform: z.string().max(60).default(''),
});
export const TemplateTryShape = z.object({
  fault: z.string().exactOptional().describe('Why it cannot be read, such as an unknown {{name}}.'),
  previews: z.array(
    z.object({ lang: ReplyLanguageShape, text: z.string(), length: LengthShape, checks: z.array(CheckShape) }),
  ),
});
export type TemplateTry = z.output<typeof TemplateTryShape>;

const words = z.object({ title: z.string().trim().min(1).max(120), text: z.string().trim().min(1).max(20_000) });
export const TemplateChangeBody = words.partial().extend({
  id: z.string().min(1).max(120),
  before: z.string().max(40).describe('The version that was read: another one there now is a conflict.'),
  off: z.boolean().optional().describe('Never used, or used again.'),
  read: z.boolean().optional().describe('Somebody read it beside its twin: both say the same.'),
});
export type TemplateChange = z.input<typeof TemplateChangeBody>;

export const NewTemplateBody = z.object({
  problemType: z.string().min(1).max(60),
  platform: z.string().max(60).default('').describe('Empty: everywhere.'),
  en: words,
  'zh-Hans': words,
});
export type NewTemplate = z.input<typeof NewTemplateBody>;

export const TemplateIdBody = z.object({ id: z.string().min(1).max(120) });
export const DeclineBody = z.object({ id: z.string().min(1).max(120), key: z.string().min(1).max(40) });
export const DoneShape = z.object({ id: z.string() });

export const TemplateVersionShape = z.object({
  revision: z.number().describe('Of the settings.'),
  by: z.string(),
  at: z.string().describe('ISO 8601, UTC.'),
  title: z.string(),
  text: z.string(),
  off: z.boolean(),
});
export type TemplateVersionInfo = z.output<typeof TemplateVersionShape>;

export const ProposalShape = named(
  'TemplateProposal',
  z.object({
    id: z.string(),
    version: z.string(),
    key: z.string(),
    title: z.string(),
    text: z.string(),
    proposed: z.string(),
    edited: z.number().describe('Replies of this version that somebody edited.'),
    changes: z.array(z.object({ gone: z.string(), come: z.string(), n: z.number(), mentions: z.array(z.string()) })),
  }),
);
export type Proposal = z.output<typeof ProposalShape>;
