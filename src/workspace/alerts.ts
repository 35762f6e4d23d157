import * as z from 'zod';
import { TimeOfDay, TimeZone, Weekday } from './times.ts';

const Name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'Use small letters, digits and hyphens, such as "security-team".');
const Variable = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{2,80}$/, 'Write the name of an environment variable, such as EARSHOT_WEBHOOK_SECRET.');
const Minutes = z.number().min(1).max(100_000);
const Target = z.discriminatedUnion('kind', [
  z.strictObject({
    id: Name.describe('What lanes call it.'),
    kind: z.literal('webhook'),
    url: z
      .url({ protocol: /^https?$/ })
      .describe('Where alerts are posted to, signed. A private host must be allowed.'),
    secretVariable: Variable.default('EARSHOT_WEBHOOK_SECRET').describe('The environment variable with the secret.'),
  }),
  z.strictObject({
    id: Name,
    kind: z.literal('email'),
    to: z.array(z.email('Write an e-mail address.')).min(1).describe('Who gets the mail.'),
  }),
  z.strictObject({
    id: Name,
    kind: z.literal('discord'),
    channelId: z
      .string()
      .regex(/^\d{5,20}$/, 'Copy the id in Discord: a long number, in quotes.')
      .describe('A channel that only staff can read.'),
  }),
]);

const Lane = z.strictObject({
  targets: z.array(Name).default([]).describe('Who is told within seconds.'),
  escalateTo: z.array(Name).default([]).describe('Who is told when nobody of them acknowledged in time.'),
  answerWithinMinutes: Minutes.default(240).describe('Working minutes until somebody should have decided.'),
  remindBeforeMinutes: z.array(Minutes).default([30]).describe('Reminders before that time is over.'),
  remindAfterMinutes: z.array(Minutes).default([60]).describe('Reminders after it was over, beside the one at once.'),
  acknowledgeWithinMinutes: Minutes.default(15).describe('An alert that nobody acknowledged is sent again after it.'),
});

const WorkingHours = z.strictObject({
  timeZone: TimeZone.describe('The place whose clock counts.'),
  from: TimeOfDay.default('09:00').describe('When the working day begins.'),
  to: TimeOfDay.default('18:00').describe('When it ends, on the same day.'),
  days: z.array(Weekday).min(1).default([1, 2, 3, 4, 5]).describe('1 is Monday, 7 is Sunday.'),
  holidays: z.array(z.iso.date('Write days as "2026-10-01".')).default([]).describe('Days off, as "2026-10-01".'),
});

/** People who must know at once. Secrets come from the environment. */
export const Alerts = z
  .strictObject({
    targets: z.array(Target).default([]).describe('Where alerts can go: signed webhooks, e-mail, Discord channels.'),
    lanes: z
      .strictObject({ security: Lane.prefault({}), legal: Lane.prefault({}) })
      .prefault({})
      .describe('Who is told about what, and when somebody should have answered.'),
    incidents: z.array(Name).default([]).describe('Who is told about a new incident.'),
    answerWithinMinutes: Minutes.default(480).describe(
      'Working minutes until a mention in no regulated lane should be answered. Reports are held against it.',
    ),
    workingHours: WorkingHours.exactOptional().describe('When somebody is there. Left out: around the clock.'),
    digest: z
      .strictObject({
        to: z.array(Name).default([]).describe('Which targets get the numbers of the last seven days.'),
        weekday: Weekday.default(1).describe('1 is Monday, 7 is Sunday.'),
        at: TimeOfDay.default('09:00').describe('When it is sent.'),
        timeZone: TimeZone.default('UTC').describe('The place whose clock counts.'),
      })
      .prefault({})
      .describe('The weekly digest.'),
    language: z.enum(['en', 'zh-Hans', 'zh-Hant']).default('en').describe('The language of alerts.'),
    smtp: z
      .strictObject({
        host: z.string().min(1).describe('The mail server.'),
        port: z.int().min(1).max(65_535).default(587).describe('587 with STARTTLS, 465 with TLS from the start.'),
        secure: z.boolean().default(false).describe('TLS from the start.'),
        from: z.string().min(3).describe('The address that alerts come from.'),
        user: z.string().exactOptional().describe('Who signs in; the password is EARSHOT_SMTP_PASSWORD.'),
      })
      .exactOptional()
      .describe('The server that sends alerts by e-mail.'),
  })
  .superRefine(({ targets, lanes, incidents, digest }, context) => {
    const known = new Set(targets.map(({ id }) => id));
    const ofLanes = Object.values(lanes).flatMap((lane) => [...lane.targets, ...lane.escalateTo]);
    const named = [...ofLanes, ...incidents, ...digest.to];
    const missing = named.find((id) => !known.has(id));
    if (missing) context.addIssue({ code: 'custom', path: ['targets'], message: `There is no target "${missing}".` });
  });
