import { type ParsedMail, simpleParser } from 'mailparser';
import { cleanText, htmlToText } from '#kit';
import { instant } from './dates.ts';
import type { Outcome } from './formats/format.ts';
import type { Said } from './schema.ts';
import { compact } from './values.ts';

/** Longer HTML is cut: nobody writes that much by hand, and turning it into text takes time. */
const MAX_HTML = 1_000_000;

/** One message (RFC 5322, MIME) as an outcome. `where` names it for a person. Never throws. */
export async function readMail(bytes: Buffer, where: string): Promise<Outcome> {
  let mail: ParsedMail;
  try {
    mail = await simpleParser(bytes, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  } catch (error) {
    return { skip: `${where}: no readable e-mail (${(error as Error).message.slice(0, 100)})` };
  }
  const nativeId = bare(mail.messageId);
  const id = compact<{ nativeId?: string }>({ nativeId });
  const automatic = automaticReason(mail);
  if (automatic) return { skip: `${where}: ${automatic}`, ...id };
  const said = saidOf(mail);
  return cleanText(said.title ?? said.text) ? { said } : { skip: `${where}: no text in it`, ...id };
}

function saidOf(mail: ParsedMail): Said {
  const from = mail.from?.value[0];
  const address = from?.address?.toLowerCase() || undefined;
  const references = [mail.references ?? []]
    .flat()
    .flatMap((line) => line.split(/\s+/))
    .map(bare)
    .filter((id) => id !== undefined);
  const parentId = bare(mail.inReplyTo?.split(/\s+/)[0]) ?? references.at(-1);
  return compact<Said>({
    id: bare(mail.messageId),
    author: compact({ id: address, handle: address, name: from?.name || undefined }),
    title: mail.subject?.trim() || undefined,
    text: mail.text?.trim() ? mail.text : htmlToText((mail.html || '').slice(0, MAX_HTML)),
    // The parser puts today in the place of a date that it cannot read, so the line itself is read.
    saidAt: instant(headerText(mail, 'date')),
    conversationId: references[0] ?? parentId ?? bare(mail.messageId),
    parentId,
    platform: 'email',
  });
}

/** Why nobody waits for an answer to this message, or nothing when a person wrote it. */
function automaticReason(mail: ParsedMail): string | undefined {
  const submitted = headerText(mail, 'auto-submitted');
  if (submitted && !/^no\b/i.test(submitted)) return 'written by a machine (Auto-Submitted)';
  if (headerText(mail, 'x-autoreply') || headerText(mail, 'x-autorespond')) return 'an automatic reply';
  if (headerText(mail, 'list-id') || headerText(mail, 'list-unsubscribe')) return 'from a mailing list or newsletter';
  if (/^(bulk|list|junk|auto_reply)\b/i.test(headerText(mail, 'precedence') ?? '')) return 'bulk mail (Precedence)';
  const sender = mail.from?.value[0]?.address ?? '';
  const bounced = headerText(mail, 'return-path') === '<>' || /^(mailer-daemon|postmaster)@/i.test(sender);
  return bounced ? 'a delivery report' : undefined;
}

/** The text behind the name of a header as it stands, unfolded. */
function headerText(mail: ParsedMail, key: string): string | undefined {
  const line = mail.headerLines?.find((header) => header.key === key)?.line;
  return line
    ?.slice(line.indexOf(':') + 1)
    .replace(/\s+/g, ' ')
    .trim();
}

/** A message id without its angle brackets. */
function bare(id: string | undefined): string | undefined {
  return id?.trim().replace(/^<|>$/g, '') || undefined;
}
