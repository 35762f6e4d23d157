/** What is looked at of a mail. */
export interface MailHead {
  subject: string;
  /** The address in From, in small letters. */
  sender: string;
  /** The text of each header of this name, which is in small letters, the topmost first. */
  header(name: string): string[];
}

/** Mail that nobody waits for an answer to: what it is, and what an answer to it would do. */
export interface Automatic {
  kind: 'report' | 'list' | 'machine';
  /** To go on a sentence with: "a delivery report of a mail server". */
  what: string;
  /** A sentence. */
  so: string;
}

const NEVER = 'It is never answered.';

/**
 * Whether a machine wrote this, as RFC 3834 and custom have it. Answering such mail makes loops, and speaks to nobody.
 * Undefined: a person wrote it. `ownLists` are List-Ids of our own groups, `contactForms` addresses that forms of ours send
 * from: people write through both.
 */
export function automaticMail(
  mail: MailHead,
  { ownLists = [], contactForms = [] }: { ownLists?: readonly string[]; contactForms?: readonly string[] } = {},
): Automatic | undefined {
  const first = (name: string) => mail.header(name)[0] ?? '';
  const { sender } = mail;
  if (isReport(mail)) {
    return { kind: 'report', what: 'a delivery report of a mail server', so: 'There is nobody to answer.' };
  }
  // A form is a machine, but a person filled it in.
  if (contactForms.includes(sender)) return undefined;

  const submitted = first('auto-submitted');
  const machine = (what: string, so = NEVER): Automatic => ({ kind: 'machine', what, so });
  if (submitted && !/^no\b/i.test(submitted)) return machine('written by a machine (Auto-Submitted)');
  for (const name of ['x-autoreply', 'x-autorespond', 'x-autoresponder']) {
    const value = first(name);
    if (value && !/^no\b/i.test(value)) return machine('an automatic reply', 'Two of them would answer each other.');
  }
  if (/\b(?:all|oof|autoreply)\b/i.test(first('x-auto-response-suppress'))) {
    return machine('one whose sender wants no replies of this kind (X-Auto-Response-Suppress)');
  }
  if (AWAY.test(mail.subject)) return machine('a note of absence');

  const list = (/<([^<>]+)>/.exec(first('list-id'))?.[1] ?? first('list-id')).trim().toLowerCase();
  if (list && ownLists.includes(list)) return undefined;
  if (list || first('list-unsubscribe') || first('list-post')) {
    const so = 'An answer would go to many, or to nobody.';
    return { kind: 'list', what: 'from a mailing list or a newsletter', so };
  }
  const precedence = first('precedence');
  if (/^(?:bulk|list|junk|auto_reply)\b/i.test(precedence)) {
    return { kind: 'list', what: `bulk mail (Precedence: ${precedence.slice(0, 20)})`, so: NEVER };
  }
  if (/^(?:no-?_?reply|do-?_?not-?_?reply)\b/i.test(sender)) {
    return machine('one whose sender reads no answers (no-reply)');
  }
  return undefined;
}

const AWAY =
  /^\s*(?:automatic reply|auto-?\s?reply|auto(?:mated)? response|out of (?:the )?office|自动回复|自動回覆|自動回復|休假通知|外出通知|缺席通知)\s*(?:[:：]|$)/i;

function isReport(mail: MailHead): boolean {
  const type = mail.header('content-type')[0] ?? '';
  if (/^multipart\/report\b/i.test(type)) return true;
  if (mail.header('return-path')[0] === '<>' || mail.header('x-failed-recipients').length > 0) return true;
  return /^(?:mailer-daemon|postmaster)@/i.test(mail.sender);
}

/**
 * What our own mail server found about the sender (RFC 8601). Only what it says against one is used, since a header that
 * speaks for a sender could be the sender's own.
 */
export function looksForged(mail: MailHead, authServer: string): boolean {
  const results = mail.header('authentication-results').map((line) => line.toLowerCase());
  const ours = authServer ? results.find((line) => line.startsWith(authServer)) : results[0];
  if (!ours) return false;
  const said = (method: string) => new RegExp(`\\b${method}\\s*=\\s*(\\w+)`).exec(ours)?.[1];
  const dmarc = said('dmarc');
  if (dmarc && dmarc !== 'none') return dmarc === 'fail';
  return /^(?:fail|softfail)$/.test(said('spf') ?? '') && said('dkim') !== 'pass';
}
