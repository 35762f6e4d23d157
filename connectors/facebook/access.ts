/** What Facebook lets us do: what its refusals mean, in its own words first, and how much of the allowance is used. */
import { type Asked, ConnectorError, failureOf, type HttpResponse, type Instant, parseJson, z } from '#kit';

/** How long reading pauses where Facebook does not say it. */
export const REST_MS = 5 * 60_000;

/** What is not there, or not for us: Facebook does not tell these apart. The rest may go on. */
export class Gone extends ConnectorError {}

const Refusal = z.object({
  error: z.object({ code: z.int(), error_subcode: z.int().optional(), message: z.string().default('') }),
});

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

/** A post that went away while it was read takes its comments with it. */
export async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  return call.catch((thrown: unknown) => {
    if (thrown instanceof Gone) return undefined;
    throw thrown;
  });
}

/** The most that is used of any allowance, in per cent, and how long Facebook wants to be left alone. */
export function usageIn(headers: Headers): { percent: number; regainMs: number } {
  let [percent, minutes] = [0, 0];
  const look = (value: unknown, name = ''): void => {
    if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) look(inner, key);
    else if (typeof value !== 'number') return;
    else if (/^(?:call_count|total_time|total_cputime)$/.test(name)) percent = Math.max(percent, value);
    else if (name === 'estimated_time_to_regain_access') minutes = Math.max(minutes, Math.min(value, 1440));
  };
  for (const name of ['x-app-usage', 'x-page-usage', 'x-business-use-case-usage'])
    look(parseJson(headers.get(name) ?? ''));
  return { percent, regainMs: minutes * 60_000 };
}
