import { z } from '#kit';

export const Options = z.object({
  app: z
    .string()
    .min(1)
    .max(60)
    .default('our app')
    .describe('What the app or website is called, on the form and where a message was heard.'),
  replyTo: z
    .string()
    .max(2000)
    .regex(/^(?:https?:\/\/\S+)?$/, 'must begin with https://, or be empty')
    .default('')
    .describe(
      'Where replies go that are to appear in the app: an address of your own server, which gets them as signed webhooks. Empty: answers in the app are by hand.',
    ),
  mailHost: z
    .string()
    .default('')
    .describe('SMTP server for replies by e-mail. Empty: nobody is offered an answer by e-mail.'),
  mailPort: z.int().min(1).max(65_535).default(587).describe('465 speaks TLS from the start, others switch to it.'),
  mailFrom: z.string().default('').describe('Sender of the replies, such as "Acorn Wallet <help@example.com>".'),
  mailUser: z
    .string()
    .default('')
    .describe('Sign-in name at the mail server. Its password is APP_FEEDBACK_MAIL_PASSWORD.'),
  form: z.boolean().default(true).describe('Show the public form. Without it only signed calls are taken.'),
  embedOn: z
    .array(z.url({ protocol: /^https?$/ }))
    .default([])
    .describe('Websites that may show the form inside a page of theirs, such as "https://www.example.com".'),
});
export type Options = z.output<typeof Options>;

/** Nothing is asked for, so there is no place to go on from. */
export const Cursor = z.null();
