/** The part of the API that is about the settings and their versions, as schemas. */
import * as z from 'zod';
import { RightShape } from './api.ts';
import { CheckShape, named, ReplyLanguageShape } from './shapes.ts';

export const SettingsSectionShape = named(
  'SettingsSection',
  z.object({
    id: z.string().describe('As in the workspace file, such as `brand`.'),
    schema: z.record(z.string(), z.unknown()).describe('JSON Schema of its value: the form is made from it.'),
    value: z.unknown().optional().describe('Left out where it is not set.'),
    optional: z.boolean().describe('It may be left out.'),
    needs: RightShape.describe('The right to change it.'),
  }),
);
export type SettingsSection = z.output<typeof SettingsSectionShape>;

export const SettingsShape = named(
  'Settings',
  z.object({
    revision: z.number(),
    problem: z.string().exactOptional().describe('Why the workspace file cannot be used at this moment.'),
    sections: z.array(SettingsSectionShape),
  }),
);
export type SettingsAnswer = z.output<typeof SettingsShape>;

export const SettingsBody = z.object({
  before: z.unknown().optional().describe('The value as it was read: another one there now is a conflict.'),
  value: z.unknown().optional().describe('Left out: the section is not set any more.'),
});
export type SettingsChange = z.output<typeof SettingsBody>;

export const DifferenceShape = z.object({
  path: z.string().describe('Joined with dots; members of a list that have an id go by it.'),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type SettingsDifference = z.output<typeof DifferenceShape>;

export const SettingsVersionShape = named(
  'SettingsVersion',
  z.object({
    revision: z.number(),
    by: z.string(),
    at: z.string().describe('ISO 8601, UTC.'),
    what: z.string(),
    difference: z.array(DifferenceShape).describe('To the version before.'),
  }),
);
export type SettingsVersion = z.output<typeof SettingsVersionShape>;

export const KeywordTryBody = z.object({ words: z.array(z.string().max(200)).max(200) });
export const KeywordTryShape = named(
  'KeywordTry',
  z.object({
    looked: z.number().describe('So many mentions were looked at, the last heard.'),
    found: z.number().describe('So many of them contain at least one of the words.'),
    words: z.array(z.object({ word: z.string(), found: z.number() })),
    examples: z
      .array(
        z.object({ id: z.string(), text: z.string(), place: z.string().exactOptional(), words: z.array(z.string()) }),
      )
      .describe('The last heard of those, in part and with personal data covered.'),
  }),
);
export type KeywordTry = z.output<typeof KeywordTryShape>;

const noticeText = z.string().max(2000);
export const NoticeBody = z.object({ en: noticeText, zh: noticeText });
export const NoticePreviewShape = z.array(
  z.object({
    lang: ReplyLanguageShape,
    said: z.string(),
    draft: z.string().describe('A draft that would mention it.'),
    failed: z.array(CheckShape).describe('Guard rails that stand against it.'),
  }),
);
export type NoticePreview = z.output<typeof NoticePreviewShape>;
