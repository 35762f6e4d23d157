import { z } from '#kit';

const Address = z.email().toLowerCase();
const Security = z.enum(['tls', 'starttls', 'none']);
const LOCAL = /^(?:localhost|127(?:\.\d+){3}|::1)$/;

export const Options = z
  .object({
    address: Address.describe('The address of the mailbox, such as help@example.com. Replies come from it.'),
    senderName: z
      .string()
      .trim()
      .max(100)
      .default('')
      .describe('The name beside the address in replies, such as "OKPay Help". Empty: the address alone.'),
    aliases: z
      .array(Address)
      .default([])
      .describe('Other addresses that are ours. Mail from them is known as our own, and never answered.'),
    imapHost: z.string().trim().min(1).describe('The IMAP server, such as imap.example.com.'),
    imapPort: z.int().min(1).max(65_535).default(993).describe('Its port: 993 for TLS, 143 for STARTTLS.'),
    imapSecurity: Security.default('tls').describe(
      '"tls" from the start, "starttls" and never without, "none" only for a server on this machine.',
    ),
    smtpHost: z
      .string()
      .trim()
      .default('')
      .describe('The SMTP server for replies, such as smtp.example.com. Empty: replies are sent by hand.'),
    smtpPort: z.int().min(1).max(65_535).default(465).describe('Its port: 465 for TLS, 587 for STARTTLS.'),
    smtpSecurity: Security.default('tls').describe('The same choice for SMTP.'),
    user: z.string().trim().default('').describe('The name to sign in with. Empty: the address.'),
    smtpUser: z.string().trim().default('').describe('The name to sign in to SMTP with, where it is another one.'),
    folders: z
      .array(z.string().trim().min(1))
      .min(1)
      .default(['INBOX'])
      .describe('Folders to hear, by their whole name. "*" alone: all but drafts, sent mail, junk and trash.'),
    sentFolder: z
      .string()
      .trim()
      .default('')
      .describe('The folder of sent mail. Empty: the one that the server names as such.'),
    sentCopy: z
      .enum(['auto', 'server', 'append', 'blind-copy'])
      .default('auto')
      .describe(
        'How a reply gets into the folder of sent mail, where a reply of unknown outcome is looked for. "server": the mail server puts it there. "append": Earshot does, after the server has taken it. "auto": Earshot does where it does not turn up by itself. "blind-copy": the server delivers a copy to the mailbox, and Earshot moves it there; the surest way where the server puts nothing there.',
      ),
    automatic: z
      .enum(['leave-out', 'hear'])
      .default('leave-out')
      .describe('Automatic mail, newsletters and lists: "leave-out", or "hear" without ever answering.'),
    ownLists: z
      .array(z.string().trim().toLowerCase().min(1))
      .default([])
      .describe(
        'List-Ids of your own groups, such as help.example.com: what comes through them was written by people.',
      ),
    contactForms: z
      .array(Address)
      .default([])
      .describe('Addresses that your contact forms send from. Whoever Reply-To names is then taken as the author.'),
    authServer: z
      .string()
      .trim()
      .toLowerCase()
      .default('')
      .describe(
        'The name with which your mail server signs its Authentication-Results, to tell a forged sender. Empty: the topmost one counts.',
      ),
    tokenAddress: z
      .string()
      .trim()
      .regex(/^(?:https?:\/\/\S+)?$/)
      .default('')
      .describe('Where a refresh token is exchanged, such as https://oauth2.googleapis.com/token. Only for OAuth 2.'),
    patienceSeconds: z
      .number()
      .min(0.1)
      .max(600)
      .default(60)
      .describe('How long the mail server may be silent before a request counts as lost.'),
  })
  .superRefine(({ imapHost, imapSecurity, smtpHost, smtpSecurity }, context) => {
    const open = {
      imapSecurity: imapSecurity === 'none' && imapHost,
      smtpSecurity: smtpSecurity === 'none' && smtpHost,
    };
    for (const [option, host] of Object.entries(open)) {
      if (!host || LOCAL.test(host)) continue;
      context.addIssue({
        code: 'custom',
        path: [option],
        message: `"none" would show the password to the network on the way to ${host}.`,
      });
    }
  });
export type Options = z.output<typeof Options>;

/** What is remembered of one folder. */
export const Folder = z.object({
  /** Under another one, all UIDs of the folder mean something else. A number beyond what JSON holds, so a text. */
  uidValidity: z.string(),
  /** Everything up to this UID is stored. */
  last: z.int().min(0),
  /** Message-IDs of the newest that are stored, by which the place is found again after the folder was numbered anew. */
  known: z.array(z.string()).max(10),
});
export type Folder = z.output<typeof Folder>;

export const Cursor = z.object({
  /** By their names. */
  folders: z.record(z.string(), Folder),
  /** Nothing older is heard. */
  since: z.int(),
  /** When everything there was had been read. 0 before the first time. */
  readAt: z.int().min(0),
  /** A round over the folders that is not over. */
  round: z
    .object({
      began: z.int(),
      /** The folder that comes next. */
      folder: z.string(),
      /** Folders that were numbered anew since the last round, with where reading began again. */
      anew: z.array(z.string()),
    })
    .optional(),
});
export type Cursor = z.output<typeof Cursor>;
