import {
  ConnectorError,
  type FailureKind,
  failureOf,
  type HttpResponse,
  type Instant,
  looksLikeHtml,
  skewOf,
  z,
} from '#kit';

/** A failure with what else is worth knowing of an answer by X. */
export class XFailure extends ConnectorError {
  readonly status: number;
  /** Parameters of the request that X names as wrong. */
  readonly parameters: readonly string[];

  constructor(failure: ConnectorError, status: number, parameters: readonly string[] = []) {
    const { kind, message, until, blocked, raw } = failure;
    super(kind, message, { blocked, ...(until !== undefined && { until }), ...(raw !== undefined && { raw }) });
    this.status = status;
    this.parameters = parameters;
  }
}

const Problem = z.object({
  title: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
  type: z.string().optional().catch(undefined),
  /** The token endpoint says it this way. */
  error_description: z.string().optional().catch(undefined),
  errors: z
    .array(
      z.object({
        message: z.string().optional().catch(undefined),
        parameters: z.record(z.string(), z.unknown()).optional().catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
});
export type Problem = z.output<typeof Problem>;

export interface Asked {
  what: string;
  now: Instant;
  sending: boolean;
}

/** What an answer that is not a success means. X says more in its body and its headers than in the status. */
export function failureOfX(response: HttpResponse, body: unknown, asked: Asked): XFailure | undefined {
  const known = failureOf(response, asked);
  if (!known) return undefined;
  const { status } = response;
  const problem = Problem.safeParse(body).data ?? {};
  const parameters = (problem.errors ?? []).flatMap((error) => Object.keys(error.parameters ?? {}));
  const better = looksLikeHtml(response) ? undefined : readProblem(response, problem, asked);
  if (!better) return new XFailure(known, status, parameters);
  const raw = new TextDecoder().decode(response.bytes.subarray(0, 2000));
  return new XFailure(new ConnectorError(better.kind, better.message, { raw, ...better.details }), status, parameters);
}

interface Reading {
  kind: FailureKind;
  message: string;
  details?: { until: Instant };
}

function readProblem(response: HttpResponse, problem: Problem, asked: Asked): Reading | undefined {
  const { status } = response;
  const said = `${asked.what}: X says "${wordsOf(problem)}" (${status}).`;
  if (status === 401) return readUnsigned(response, asked);
  // Neither heals when a rate limit is reset, so waiting would hide it.
  if (status === 402) {
    return {
      kind: 'unauthorized',
      message: `The credits at X are used up (${asked.what}). Buy more at developer.x.com, then pull this source once.`,
    };
  }
  if (isUsageCap(problem)) {
    return {
      kind: 'unauthorized',
      message: `The monthly usage cap at X is reached (${asked.what}). Raise it or wait for the next month, then pull this source once.`,
    };
  }
  if (status === 429) {
    const until = resetOf(response.headers, asked.now);
    return until === undefined
      ? undefined
      : { kind: 'rate-limited', message: `${said} Earshot waits as told and goes on by itself.`, details: { until } };
  }
  if (status === 400) return { kind: 'rejected', message: `${said} Check the options of this source.` };
  if (status === 403) return readForbidden(problem, said, asked.sending);
  if (status === 404) return { kind: 'rejected', message: `${said} It may have been deleted.` };
  return undefined;
}

/** X refuses a signature whose time is further off than this. */
const CLOCKS_MS = 5 * 60_000;

/** A wrong clock makes every signature wrong, and X says no more than it does to a wrong key. */
function readUnsigned(response: HttpResponse, { what, now }: Asked): Reading {
  const skew = skewOf(response.headers, now) ?? 0;
  if (Math.abs(skew) > CLOCKS_MS) {
    const minutes = `${Math.round(Math.abs(skew) / 60_000)} minutes ${skew > 0 ? 'ahead' : 'behind'}`;
    const message = `${what}: X refuses the signature, since the clock of this machine is ${minutes}. Set it right, then pull this source once.`;
    return { kind: 'unauthorized', message };
  }
  const message = `${what}: X does not accept the keys. Compare the X_… variables with "Keys and tokens" at developer.x.com, or make new ones there; then start again.`;
  return { kind: 'unauthorized', message };
}

const RIGHTS = /client-forbidden|client-not-enrolled|oauth1-permissions|unsupported-authentication/;
const ACCOUNT = /suspended|locked|permission|not enrolled|access level/i;

/** On a send most refusals are about this one post; what concerns the key or the account stops the source. */
function readForbidden(problem: Problem, said: string, sending: boolean): Reading | undefined {
  const rights = RIGHTS.test(problem.type ?? '') || ACCOUNT.test(wordsOf(problem));
  if (!sending || rights)
    return { kind: 'unauthorized', message: `${said} Check the rights of the app and the account.` };
  return {
    kind: 'rejected',
    message: `${said} X takes replies by program only where the author mentioned or quoted us. Post it by hand.`,
  };
}

export function isUsageCap({ title, type }: Problem): boolean {
  return title === 'UsageCapExceeded' || /usage-capped/.test(type ?? '');
}

function wordsOf({ detail, title, error_description, errors }: Problem): string {
  const first = errors?.find(({ message }) => message)?.message;
  return (detail ?? first ?? error_description ?? title ?? 'no').slice(0, 300).replace(/\.$/, '');
}

/**
 * When the limit that is used up is reset: `Retry-After` if it is there, else the latest of those with nothing left. The
 * app and the account have limits for 24 hours besides the one of 15 minutes. Undefined when X does not tell.
 */
function resetOf(headers: Headers, now: Instant): Instant | undefined {
  if (headers.has('retry-after')) return undefined;
  const names = ['x-rate-limit', 'x-app-limit-24hour', 'x-user-limit-24hour'];
  const limits = names.flatMap((name) => {
    const reset = Number(headers.get(`${name}-reset`) ?? Number.NaN) * 1000;
    return Number.isFinite(reset) ? [{ reset, left: headers.get(`${name}-remaining`) }] : [];
  });
  const empty = limits.filter(({ left }) => left === '0');
  const resets = (empty.length > 0 ? empty : limits).map(({ reset }) => reset);
  if (resets.length === 0) return undefined;
  // Not at once, should our clocks differ, and not later than the longest limit lasts.
  return Math.min(Math.max(...resets, now + 1000), now + 24 * 3_600_000);
}

/** X refuses a text that the account has said just before. */
export function isDuplicate(thrown: unknown): boolean {
  return thrown instanceof XFailure && thrown.status === 403 && /duplicate content/i.test(thrown.message);
}

export const RENEWING = 'Renewing the sign-in';

/** A refusal needs a person; everything else may pass. */
export function whyNotRenewed(thrown: unknown): ConnectorError {
  const what = RENEWING;
  if (!(thrown instanceof ConnectorError)) {
    return new ConnectorError('bad-shape', `${what}: X answered otherwise than documented.`);
  }
  const { kind, message } = thrown;
  if (kind === 'rejected' || (kind === 'unauthorized' && !thrown.blocked)) {
    const advice = 'Sign in again, put the new token into X_REFRESH_TOKEN and start again.';
    return new ConnectorError('unauthorized', `The sign-in at X has ended. ${advice} (${message})`);
  }
  return kind === 'unknown-outcome' ? new ConnectorError('unavailable', `${what}: ${message}`) : thrown;
}
