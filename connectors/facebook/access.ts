/** What Facebook's refusals mean: in its own words first, then by status. */
import { type Asked, ConnectorError, failureOf, type HttpResponse, type Instant, parseJson } from '#kit';
import { Refusal, usageIn } from './messages.ts';

/** How long reading pauses where Facebook does not say it. */
export const REST_MS = 5 * 60_000;

/** What is not there, or not for us: Facebook does not tell these apart. The rest may go on. */
export class Gone extends ConnectorError {}

const WAIT = new Set([4, 17, 32, 613]);
const isWait = (code: number) => WAIT.has(code) || (code >= 80_000 && code <= 80_014);
const isRight = (code: number) => code === 3 || code === 10 || (code >= 200 && code <= 299);
const ENDED: Record<number, string> = {
  458: 'The app was taken off the account. Connect it again, and make a new token.',
  460: 'The password was changed, which ends all tokens. Make a new one.',
  463: 'The token has expired. Make one that does not; the README says how.',
  467: 'The token was made invalid. Make a new one.',
};

/** What Facebook's own words mean; https://developers.facebook.com/docs/graph-api/guides/error-handling */
export function refusalIn(
  response: HttpResponse,
  raw: string,
  { what, now, sending = false }: Asked,
): ConnectorError | undefined {
  const said = Refusal.safeParse(parseJson(raw)).data?.error;
  // A refusal may come with any status.
  if (!said) return failureOf(response, { what: `Facebook (${what.toLowerCase()})`, now, sending });
  const { code, error_subcode: sub = 0, message } = said;
  const fail = (kind: ConnectorError['kind'], advice: string, blocked = false) =>
    new ConnectorError(kind, `${what}: ${advice}`, { raw, blocked });
  if (isWait(code)) return tired(what, now + Math.max(usageIn(response.headers).regainMs, REST_MS), now);
  if (code === 190 || code === 102) {
    return fail('unauthorized', ENDED[sub] ?? 'Facebook does not accept the token. Make a new one.');
  }
  if (isRight(code)) {
    const rights = sending ? 'pages_manage_engagement' : 'pages_read_engagement and pages_read_user_content';
    return fail('unauthorized', `The token lacks a right (${code}). It needs ${rights}, approved in App Review.`);
  }
  if (code === 368) {
    const advice = 'Facebook blocks our Page from doing this for now, by its rules. See the Support Inbox of the Page.';
    return fail('unauthorized', advice, true);
  }
  // What was sent before with a lost answer may be why it is there: it is looked for.
  if (code === 506) return fail(sending ? 'unknown-outcome' : 'rejected', 'Facebook says that the same text is there.');
  if (code === 803 || (code === 100 && sub === 33)) {
    return new Gone('rejected', `${what}: it is not there any more, or not for us.`, { raw });
  }
  if (code === 1 || code === 2 || code === -1 || response.status >= 500) {
    return fail(sending ? 'unknown-outcome' : 'unavailable', `Facebook is in trouble (${code}).`);
  }
  return fail('rejected', `Facebook refuses it (${code}): ${message.slice(0, 300).replace(/\.?$/, '.')}`);
}

export function tired(what: string, until: Instant, now: Instant): ConnectorError {
  const minutes = Math.ceil((until - now) / 60_000);
  const message = `${what}: the allowance of our Page is used up. Earshot goes on by itself in ${minutes} min.`;
  return new ConnectorError('rate-limited', message, { until });
}
