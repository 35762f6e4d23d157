import type { Mail } from './message.ts';
import type { Options } from './options.ts';

/** Mail that nobody waits for an answer to, and why. */
export interface Automatic {
  kind: 'report' | 'list' | 'machine';
  why: string;
}

/**
 * Whether a machine wrote this, as RFC 3834 and custom have it. Answering such mail makes loops, and speaks to nobody.
 * Undefined: a person wrote it.
 */
export function automaticKind(mail: Mail, { ownLists, contactForms }: Options): Automatic | undefined {
  const first = (name: string) => mail.header(name)[0] ?? '';
  const sender = mail.from[0]?.address ?? '';
  if (isReport(mail, sender))
    return { kind: 'report', why: 'A delivery report of a mail server. There is nobody to answer.' };
  // A form is a machine, but a person filled it in.
  if (contactForms.includes(sender)) return undefined;

  const submitted = first('auto-submitted');
  const machine = (why: string): Automatic => ({ kind: 'machine', why });
  if (submitted && !/^no\b/i.test(submitted))
    return machine('Written by a machine (Auto-Submitted). It is never answered.');
  for (const name of ['x-autoreply', 'x-autorespond', 'x-autoresponder']) {
    const value = first(name);
    if (value && !/^no\b/i.test(value)) return machine('An automatic reply. Two of them would answer each other.');
  }
  if (/\b(?:all|oof|autoreply)\b/i.test(first('x-auto-response-suppress'))) {
    return machine('Its sender wants no replies of this kind (X-Auto-Response-Suppress).');
  }
  if (AWAY.test(mail.subject)) return machine('A note of absence. It is never answered.');

  const list = (/<([^<>]+)>/.exec(first('list-id'))?.[1] ?? first('list-id')).trim().toLowerCase();
  if (list && ownLists.includes(list)) return undefined;
  if (list || first('list-unsubscribe') || first('list-post')) {
    return { kind: 'list', why: 'From a mailing list or a newsletter. An answer would go to many, or to nobody.' };
  }
  const precedence = first('precedence');
  if (/^(?:bulk|list|junk|auto_reply)\b/i.test(precedence)) {
    return { kind: 'list', why: `Bulk mail (Precedence: ${precedence.slice(0, 20)}). It is never answered.` };
  }
  if (/^(?:no-?_?reply|do-?_?not-?_?reply)\b/i.test(sender)) return machine('Its sender reads no answers (no-reply).');
  return undefined;
}

const AWAY =
  /^\s*(?:automatic reply|auto-?\s?reply|auto(?:mated)? response|out of (?:the )?office|自动回复|自動回覆|自動回復|休假通知|外出通知|缺席通知)\s*(?:[:：]|$)/i;

function isReport(mail: Mail, sender: string): boolean {
  const type = mail.header('content-type')[0] ?? '';
  if (/^multipart\/report\b/i.test(type)) return true;
  if (mail.header('return-path')[0] === '<>' || mail.header('x-failed-recipients').length > 0) return true;
  return /^(?:mailer-daemon|postmaster)@/i.test(sender);
}

/**
 * What our own mail server found about the sender (RFC 8601). Only what it says against one is used, since a header that
 * speaks for a sender could be the sender's own.
 */
export function looksForged(mail: Mail, { authServer }: Options): boolean {
  const results = mail.header('authentication-results').map((line) => line.toLowerCase());
  const ours = authServer ? results.find((line) => line.startsWith(authServer)) : results[0];
  if (!ours) return false;
  const said = (method: string) => new RegExp(`\\b${method}\\s*=\\s*(\\w+)`).exec(ours)?.[1];
  const dmarc = said('dmarc');
  if (dmarc && dmarc !== 'none') return dmarc === 'fail';
  return /^(?:fail|softfail)$/.test(said('spf') ?? '') && said('dkim') !== 'pass';
}
