import { ConnectorError, failureOf, type HttpResponse, type Instant, looksLikeHtml, retryAfter } from '#kit';
import type { Commented } from './schema.ts';

/** A clear no about one listing, message or subreddit: the key itself is good, and everything else may go on. */
export class Closed extends ConnectorError {}

export interface Asked {
  /** Begins a sentence: "r/wallets, comments". */
  what: string;
  now: Instant;
  sending?: boolean;
}

/** What Reddit's answer means where it is not a success, by status and by the words in its body. */
export function refusalOf(response: HttpResponse, asked: Asked): ConnectorError | undefined {
  const { status, headers } = response;
  const { what, now } = asked;
  const page = looksLikeHtml(response);
  if (page && (status === 403 || (status < 300 && !asked.sending))) return blockPage(response, what);
  if (status === 429) return tooMany(response, asked);
  if (status === 403) return forbidden(response, what, asked.sending ?? false);
  if (status === 404) {
    const advice = asked.sending
      ? 'The message is not there any more.'
      : 'Check the name: it is not there, or it was banned.';
    return new Closed('rejected', `${what}: Reddit does not know it. ${advice}`, { raw: textOf(response) });
  }
  if (status === 401 && /insufficient_scope/.test(headers.get('www-authenticate') ?? '')) return withoutRight(what);
  return failureOf(response, { ...asked, now, what: `Reddit (${what})` });
}

function blockPage(response: HttpResponse, what: string): ConnectorError {
  return new ConnectorError(
    'unauthorized',
    `${what}: Reddit shows a block page instead of data. Check that the app is approved, that the user agent is its own, and that this machine's network is allowed.`,
    { blocked: true, raw: textOf(response) },
  );
}

function tooMany({ headers }: HttpResponse, { what, now }: Asked): ConnectorError {
  const until = retryAfter(headers, now) ?? resetOf(headers, now) ?? now + 60_000;
  return new ConnectorError(
    'rate-limited',
    `${what}: too many requests for Reddit. Earshot waits as told and goes on by itself.`,
    { until },
  );
}

function forbidden(response: HttpResponse, what: string, sending: boolean): ConnectorError {
  const raw = textOf(response);
  if (/insufficient_scope/.test(response.headers.get('www-authenticate') ?? '')) return withoutRight(what);
  const reason = /"reason":\s*"([\w-]+)"/.exec(raw)?.[1];
  if (sending) {
    const why = 'Reddit does not let our account answer there: it may be banned, or the subreddit is closed to it.';
    return new Closed('rejected', `${why} Look at it, and answer by hand if that is allowed.`, { raw });
  }
  const closed =
    reason && `${what}: Reddit keeps it closed to our account (${reason}). Ask its moderators, or take it out.`;
  if (closed) return new Closed('rejected', closed, { raw });
  return new Closed('unauthorized', `${what}: the account or its key may not read it. Check the rights of the key.`, {
    raw,
  });
}

function withoutRight(what: string): ConnectorError {
  return new Closed(
    'unauthorized',
    `${what}: the key lacks a right for this. Make a new one with the rights that the README names.`,
  );
}

/** Why there is no access token. Nothing was posted, so this is never a matter of doubt. */
export function tokenRefused(response: HttpResponse, said: unknown, now: Instant): ConnectorError {
  const { status } = response;
  const error = typeof said === 'object' && said !== null && 'error' in said;
  if (status === 400 || status === 401 || (status === 200 && error)) {
    return new ConnectorError(
      'unauthorized',
      'Reddit does not accept the app or the account. Check REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET, and make a new refresh token.',
    );
  }
  const what = 'Access token';
  const known = refusalOf(response, { what, now });
  return (
    known ?? new ConnectorError('unavailable', `${what}: Reddit answered in a shape nobody knows. It is tried again.`)
  );
}

/** What the words of a refused comment mean. Reddit sends them with status 200. */
export function refusedComment({ json }: Commented, now: Instant): ConnectorError | undefined {
  const [first] = json.errors;
  if (!first) return undefined;
  const [code, said] = first.map(String);
  if (code === 'RATELIMIT') {
    const until = now + Math.ceil(waitIn(said ?? '', json.ratelimit ?? undefined));
    return new ConnectorError(
      'rate-limited',
      'Reddit wants our account to pause between comments. The reply goes out after that.',
      { until },
    );
  }
  if (code === 'USER_REQUIRED') {
    return new ConnectorError(
      'unauthorized',
      'Reddit does not see an account behind the key. Make a new refresh token.',
    );
  }
  const why =
    REFUSALS[code ?? ''] ?? `Reddit refuses this comment: ${said || code}. Change it, or dismiss the mention.`;
  return new ConnectorError('rejected', why);
}

const REFUSALS: Record<string, string> = {
  THREAD_LOCKED: 'The thread was locked: only moderators can answer there now.',
  COMMENT_LOCKED: 'The comment was locked: only moderators can answer it now.',
  TOO_OLD: 'The thread is archived: it is too old to be answered.',
  DELETED_COMMENT: 'The comment was deleted, so there is nothing to answer any more.',
  DELETED_LINK: 'The post was deleted, so there is nothing to answer any more.',
  NO_TEXT: 'Reddit takes no empty comment. Write a text.',
  TOO_LONG: 'The reply is too long for Reddit. Shorten it.',
  USER_BLOCKED: 'The author has blocked our account, so it cannot answer.',
  BANNED_FROM_SUBREDDIT: 'Our account is banned from this subreddit.',
};

const UNIT_MS: Record<string, number> = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000 };

/** "Take a break for 9 minutes before trying again": one second more, since the number is rounded. */
function waitIn(said: string, seconds: number | undefined): number {
  const [, count, unit] = /(\d+)\s+(millisecond|second|minute|hour)s?/i.exec(said) ?? [];
  const named = count ? Number(count) * (UNIT_MS[unit?.toLowerCase() ?? ''] ?? 60_000) : 0;
  return Math.max(named, (seconds ?? 0) * 1000, count || seconds ? 0 : 60_000) + 1000;
}

/** `X-Ratelimit-Reset` is the number of seconds until the allowance is full again, not a time. */
export function resetOf(headers: Headers, now: Instant): Instant | undefined {
  const seconds = Number.parseFloat(headers.get('x-ratelimit-reset') ?? '');
  return seconds >= 0 ? now + Math.ceil(Math.min(seconds, 3600) * 1000) : undefined;
}

/** How many requests are left for how long, where Reddit says so. */
export function allowanceIn(headers: Headers): { left: number; resetMs: number } | undefined {
  const left = Number.parseFloat(headers.get('x-ratelimit-remaining') ?? '');
  const resetMs = Number.parseFloat(headers.get('x-ratelimit-reset') ?? '') * 1000;
  return left >= 0 && resetMs >= 0 ? { left, resetMs } : undefined;
}

/** When we may ask again, if these headers say that the allowance is used up. The remaining number may be a fraction. */
export function restAfter(headers: Headers, now: Instant): Instant | undefined {
  const remaining = Number.parseFloat(headers.get('x-ratelimit-remaining') ?? '');
  return remaining < 1 ? (resetOf(headers, now) ?? now + 60_000) : undefined;
}

function textOf({ bytes }: HttpResponse): string {
  return new TextDecoder().decode(bytes.subarray(0, 2000));
}
