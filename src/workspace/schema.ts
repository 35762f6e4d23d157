import * as z from 'zod';
import { Alerts } from './alerts.ts';
import { TimeOfDay, TimeZone } from './times.ts';

const FIVE_FIELDS = 'Write a cron expression of five fields in UTC, such as "*/5 * * * *" for every five minutes.';
const Cron = z
  .string()
  .trim()
  .regex(/^\S+(\s+\S+){4,5}$/, FIVE_FIELDS)
  .meta({ format: 'cron' });
const Text = z.string().trim().min(1, 'Write something here, or leave the setting out.');
const WebAddress = z.url({ protocol: /^https?$/, error: 'Write a full web address that starts with https://.' });

const BrandFields = z.strictObject({
  product: Text.describe('What the product is called in a reply: {{product}} in a template.'),
  names: z.array(Text).default([]).describe('All spellings people use for it, the product name included.'),
  officialHandles: z
    .array(Text)
    .default([])
    .describe('Our accounts. "platform:handle" holds on that platform only, a bare handle everywhere.'),
  helpUrl: WebAddress.exactOptional().describe('The help centre.'),
  faqUrl: WebAddress.exactOptional().describe(
    'Where the site of "earshot knowledge site" stands. Replies may link to its articles; allowedLinks must hold it.',
  ),
  supportEmail: z.email('Write an e-mail address.').exactOptional().describe('Where customers write to.'),
  appFeedbackPath: Text.exactOptional().describe('Where in the app feedback is given: "Me > Help > Feedback".'),
  signature: Text.exactOptional().describe('Ends every reply, if set.'),
  allowedLinks: z.array(WebAddress).default([]).describe('A reply links here and nowhere else.'),
});

const Brand = BrandFields.superRefine(({ faqUrl, allowedLinks }, context) => {
  const below = (root: string) => `${faqUrl}/`.startsWith(root.endsWith('/') ? root : `${root}/`);
  if (faqUrl === undefined || allowedLinks.some(below)) return;
  const message = 'Add this address to brand.allowedLinks, too: replies link nowhere else.';
  context.addIssue({ code: 'custom', path: ['faqUrl'], message });
});

export const SourceEntry = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'Use small letters, digits and hyphens, such as "brand-forum".')
    .describe('Never changes: the place to read on from is kept under it.'),
  connector: Text.describe('Which connector hears it.'),
  name: Text.exactOptional().describe('What people call it.'),
  enabled: z.boolean().default(true).describe('False pauses it.'),
  sample: z.boolean().default(false).describe('Invented mentions, marked everywhere.'),
  schedule: Cron.exactOptional().describe('When it is pulled, in UTC, where that is not schedules.pull.'),
  lookBackDays: z.number().min(0).max(3650).default(7).describe('How far the first pull reads back.'),
  options: z.record(z.string(), z.unknown()).default({}).describe('As the connector describes them. Never secrets.'),
});

const Id = z.string().regex(/^\d{5,20}$/, 'Copy the id in Discord: a long number, in quotes.');

const Discord = z.strictObject({
  staffChannelId: Id.describe('The channel in which staff see a card per draft. Only staff should be able to read it.'),
  staffRoleIds: z.array(Id).min(1).describe('Whoever has one of these roles decides, and is confirmed by /staff.'),
  guildIds: z.array(Id).default([]).describe('Our servers. Empty: all that the bot is in.'),
  language: z.enum(['en', 'zh-Hans', 'zh-Hant']).default('en').describe('The language of the cards.'),
  receipts: z
    .boolean()
    .default(true)
    .describe(
      'Whoever pings the bot, answers it or writes to it gets a short receipt with a case number. Read at once.',
    ),
  warnPersonal: z
    .boolean()
    .default(true)
    .describe('Whoever shows personal data in public is told so in private. Read at once.'),
  removeSecrets: z
    .boolean()
    .default(false)
    .describe(
      'Public messages that show a card or identity number, a password, a code or a recovery phrase are removed. The bot needs the right Manage Messages. Read at once.',
    ),
  notice: Text.exactOptional().describe('What /status tells members now: a known problem, a date. Read at once.'),
  address: WebAddress.exactOptional().describe('Where the API lives. Only for a local platform.'),
});

const Notice = z.strictObject({
  en: Text.describe('What is said in English: "Top-ups are under maintenance since 14:00."'),
  zh: Text.describe('The same in Simplified Chinese.'),
  until: z.iso.datetime({ offset: true }).exactOptional().describe('When it ends by itself; without it, by hand.'),
  problemTypes: z
    .array(Text)
    .exactOptional()
    .describe('Drafts about these mention it. Left out: all that are neither regulated nor quiet.'),
});

const Incidents = z.strictObject({
  paceSeconds: z
    .number()
    .min(1)
    .max(3600)
    .default(10)
    .describe('Between two replies of a bulk approval on the same platform: a burst of ours would look like spam.'),
  closeAfterQuietHours: z
    .number()
    .min(1)
    .max(720)
    .default(24)
    .describe('An incident of which nothing new was heard for so long is closed by itself.'),
});

const Review = z.strictObject({
  secondApprover: z
    .boolean()
    .default(true)
    .describe('Replies about fraud and legal matters need two people. False only where one person works alone.'),
  secondApproverRole: z.enum(['approver', 'lead']).default('approver').describe('Who may give the second approval.'),
});

const GuardRails = z.strictObject({
  neverSay: z
    .array(Text)
    .max(200, 'Write 200 at most.')
    .default([])
    .describe('Words and phrases that no reply may hold, in either language and any script.'),
});

const Sending = z.strictObject({
  timeZone: TimeZone.default('UTC').describe('The place whose clock the quiet hours follow.'),
  quietHours: z
    .strictObject({ from: TimeOfDay, to: TimeOfDay })
    .exactOptional()
    .describe('No reply goes out from `from` to `to`; over midnight where `from` is the later one.'),
  urgentAtOnce: z.boolean().default(true).describe('Urgent mentions are answered in quiet hours too.'),
});

const StandingAnswer = z.strictObject({
  id: Text.describe('The article of the knowledge base.'),
  version: z.string().describe('Hash of the text in all languages, as it was read by whoever approved it.'),
  by: Text,
  at: z.iso.datetime(),
});

const OwnTemplate = z.strictObject({
  id: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]*\/(zh-Hans|en)(\.\d+)?(\.[a-z][a-z0-9-]*)?$/,
      'Name it as templates are named, such as "fees/en.5" or "fees/zh-Hans.5.twitter".',
    )
    .describe('The template that came along, or a new one.'),
  title: Text.exactOptional().describe('Left out, as the rest: as it came.'),
  text: Text.exactOptional(),
  neverFor: z.array(Text).exactOptional(),
  twin: z.string().exactOptional().describe('Version of the other language that somebody read beside it.'),
  off: z.boolean().default(false).describe('Never used.'),
  declined: z.array(z.string()).default([]).describe('Proposed changes that somebody turned down.'),
  by: Text,
  at: z.iso.datetime(),
});

const OwnKeyword = z.strictObject({
  phrase: Text.describe(
    'As in data/lexicon: "refund*" also finds "refunded", "sent .. not arrived" allows words between.',
  ).refine(
    (phrase) => phrase.split('..').every((part) => /[\p{L}\p{N}]/u.test(part)),
    'Write letters or digits; on both sides of "..", too.',
  ),
  problemType: Text.describe('The problem type it speaks for.'),
  weight: z
    .int()
    .min(1)
    .max(3)
    .default(2)
    .describe('3 names the problem outright, 2 points to it strongly, 1 leans towards it.'),
  off: z.boolean().default(false).describe('Not used, also where it came along.'),
  by: Text.exactOptional().describe('Whoever changed it last on screen.'),
  at: z.iso.datetime().exactOptional(),
});

const Canary = z.strictObject({
  source: Text.describe('The source that must hear it.'),
  under: Text.describe('The mention of that source, in a quiet place, whose conversation takes the canaries.'),
  everyMinutes: z.int().min(5).max(10_080).default(60).describe('So often one is posted.'),
  withinMinutes: z.int().min(1).max(1_440).default(15).describe('In this time it must be heard.'),
  options: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("What of the source's options is another for the test account, such as its name."),
  by: Text.describe('Who switched it on.'),
  at: z.iso.datetime(),
});

const Words = z.strictObject({ title: Text, text: Text });

const OwnArticle = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'Use small letters, digits and hyphens, such as "top-up-limits".'),
  en: Words.exactOptional().describe('In force. Left out while it is only proposed.'),
  'zh-Hans': Words.exactOptional(),
  proposal: z
    .strictObject({ en: Words, 'zh-Hans': Words, by: Text, at: z.iso.datetime() })
    .exactOptional()
    .describe('Waits for somebody to approve it. Until then the text in force stays.'),
  by: Text.default('unknown'),
  at: z.iso.datetime().default('2000-01-01T00:00:00Z'),
});

const ArticleCheck = z.strictObject({
  id: Text.describe('The article of the knowledge base.'),
  by: Text,
  at: z.iso.datetime(),
});

const Knowledge = z.strictObject({
  checkEveryDays: z
    .int()
    .min(1)
    .max(3650)
    .default(180)
    .describe('So many days after its last check, an article of the knowledge base is shown to its owner again.'),
});

const Retention = z.strictObject({
  closedDays: z
    .number()
    .min(1)
    .max(3650)
    .exactOptional()
    .describe(
      'Answered and dismissed mentions are erased so many days after they were heard. Left out: they are kept.',
    ),
});

const Change = z.strictObject({
  by: z.string(),
  at: z.iso.datetime(),
  what: z.string(),
});

/** Everything that people set up, in one document they may read and edit by hand. Each setting is described once, here. */
export const Workspace = z.strictObject({
  version: z.literal(
    1,
    'This file was written for another version of Earshot. Update Earshot, or restore an older copy.',
  ),
  revision: z.int().min(0).default(0).describe('Counted by Earshot: goes up with every change it saves.'),
  changed: Change.exactOptional().describe('The last change that Earshot saved.'),
  brand: Brand,
  keywords: z
    .array(Text)
    .default([])
    .describe('Words to search for: offered when a source is added that can be searched at no cost.'),
  lexicon: z
    .array(OwnKeyword)
    .default([])
    .describe(
      'Keywords that mentions are sorted by: what the team added to those that came along, and changed about them.',
    ),
  sources: z
    .array(SourceEntry)
    .default([])
    .superRefine((sources, context) => {
      sources.forEach(({ id }, at) => {
        if (sources.findIndex((other) => other.id === id) < at) {
          context.addIssue({ code: 'custom', path: [at, 'id'], message: `Two sources are called "${id}".` });
        }
      });
    }),
  schedules: z
    .strictObject({ pull: Cron.default('*/5 * * * *').describe('When sources are pulled that say nothing else.') })
    .prefault({}),
  team: z
    .array(z.strictObject({ name: Text }))
    .default([])
    .describe('Who may be assigned a mention.'),
  notice: Notice.exactOptional().describe('A status notice: drafts and standing answers mention it until it ends.'),
  incidents: Incidents.prefault({}).describe('Many mentions of one problem in a short time.'),
  alerts: Alerts.prefault({}).describe('People who must know at once, and the clocks of regulated lanes.'),
  review: Review.prefault({}),
  guardRails: GuardRails.prefault({}).describe(
    'What no reply may say, beside what is always checked: secrets, personal data, promises, foreign links.',
  ),
  sending: Sending.prefault({}),
  retention: Retention.prefault({}),
  standingAnswers: z
    .array(StandingAnswer)
    .default([])
    .describe('What /faq may answer: approved by "earshot faq approve", void as soon as the text changes.'),
  articles: z
    .array(OwnArticle)
    .default([])
    .describe('Help articles that the team wrote, and what it changed about those that came along.'),
  templates: z
    .array(OwnTemplate)
    .default([])
    .superRefine((templates, context) => {
      templates.forEach(({ id }, at) => {
        if (templates.findIndex((other) => other.id === id) < at)
          context.addIssue({ code: 'custom', path: [at, 'id'], message: `Two templates are called "${id}".` });
      });
    })
    .describe('What the team changed about the templates that came along, and templates of its own.'),
  articleChecks: z
    .array(ArticleCheck)
    .default([])
    .describe('Who compared which article with the product last, where that was said here and not in the file.'),
  canaries: z
    .array(Canary)
    .default([])
    .describe('Marked posts of a test account that must be heard again: switched on by "earshot canary on".'),
  knowledge: Knowledge.prefault({}).describe('The articles that drafts rest on and the help site is made of.'),
  discord: Discord.exactOptional().describe('Cards for staff and commands for members, on our Discord server.'),
});

export type Workspace = z.output<typeof Workspace>;
export type WorkspaceInput = z.input<typeof Workspace>;
export type SourceEntry = z.output<typeof SourceEntry>;
export type CanaryEntry = z.output<typeof Canary>;

/** Our handles on one platform, without the "@" and the platform's name. */
export function officialHandles(workspace: Workspace, platform: string): string[] {
  return workspace.brand.officialHandles.flatMap((written) => {
    const [, where, handle] = /^(?:([a-z0-9-]+):)?@?(.+)$/.exec(written) ?? [];
    return handle && (where === undefined || where === platform) ? [handle] : [];
  });
}
