import { type ParsedMail, simpleParser } from 'mailparser';
import { automaticMail, cleanText, htmlToText, type MailHead } from '#kit';
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
  const automatic = automaticMail(headOf(mail));
  if (automatic) return { skip: `${where}: ${automatic.what}`, ...id };
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
    saidAt: instant(headerTexts(mail, 'date')[0]),
    conversationId: references[0] ?? parentId ?? bare(mail.messageId),
    parentId,
    platform: 'email',
  });
}

function headOf(mail: ParsedMail): MailHead {
  const sender = mail.from?.value[0]?.address?.toLowerCase() ?? '';
  return { subject: mail.subject ?? '', sender, header: (name) => headerTexts(mail, name) };
}

/** The text behind the name of each such header as it stands, unfolded. */
function headerTexts(mail: ParsedMail, name: string): string[] {
  const lines = mail.headerLines?.filter(({ key }) => key === name) ?? [];
  return lines.map(({ line }) =>
    line
      .slice(line.indexOf(':') + 1)
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

/** A message id without its angle brackets. */
function bare(id: string | undefined): string | undefined {
  return id?.trim().replace(/^<|>$/g, '') || undefined;
}
