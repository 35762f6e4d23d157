import { Refused } from '../../core/failures.ts';

/** The conditions of PostgreSQL that we act on, by the codes of its manual (appendix A). */
const CONDITIONS = {
  '23505': 'unique_violation',
  '23514': 'check_violation',
  '28000': 'not_allowed',
  '28P01': 'not_allowed',
  '3D000': 'no_such_database',
  '40001': 'serialization_failure',
  '40P01': 'deadlock_detected',
  '42501': 'no_privilege',
  '53100': 'disk_full',
  '53300': 'too_many_connections',
  '55P03': 'lock_not_available',
  '57014': 'query_canceled',
} as const;

export function codeOf(thrown: unknown): (typeof CONDITIONS)[keyof typeof CONDITIONS] | undefined {
  return CONDITIONS[(thrown as { code?: unknown } | null)?.code as keyof typeof CONDITIONS];
}

/** True where doing the same again from the start may succeed: somebody else was there first. Nothing was changed. */
export function mayPass(thrown: unknown): boolean {
  return ['unique_violation', 'serialization_failure', 'deadlock_detected'].includes(codeOf(thrown) ?? '');
}

/** What happened in the words of the driver; Node says nothing when several addresses failed. Never the address itself. */
function wordsOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.message === '') return thrown.errors.map(wordsOf).join('; ');
  return thrown instanceof Error ? thrown.message : String(thrown);
}

const ADVICE: Partial<Record<NonNullable<ReturnType<typeof codeOf>>, string>> = {
  not_allowed: 'Check user and password in EARSHOT_DATABASE_URL.',
  no_such_database: 'Create it with createdb, or correct the name in EARSHOT_DATABASE_URL.',
  no_privilege: 'Make this user the owner of the database.',
  too_many_connections: 'Raise max_connections of the server, or start fewer processes: each takes up to 9.',
};

/** @param where the database in words, without the password */
export function notOpened(where: string, thrown: unknown): unknown {
  if (thrown instanceof Refused) return thrown;
  const advice =
    ADVICE[codeOf(thrown) ?? 'query_canceled'] ?? 'Check that the server runs and can be reached from here.';
  return new Refused('store-not-opened', `The ${where} could not be opened (${wordsOf(thrown)}). ${advice}`);
}

export function notReached(where: string, thrown: unknown): Refused {
  const advice = 'Earshot goes on as soon as it answers again; nothing was changed by this request.';
  return new Refused('store-unreachable', `The ${where} does not answer (${wordsOf(thrown)}). ${advice}`);
}

/** No answer came in time. The driver has no code for it. */
export const isSilence = (thrown: unknown) => thrown instanceof Error && thrown.message === 'Query read timeout';

/** The connection broke while something was asked: the server stopped, or the network did. Undefined for anything else. */
export function brokenOff(where: string, thrown: unknown): Refused | undefined {
  const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
  const broken =
    isSilence(thrown) ||
    (typeof code === 'string' && BROKEN.test(code)) ||
    (typeof message === 'string' && /^Connection terminated|not queryable/.test(message));
  if (!broken) return undefined;
  const advice = 'Earshot goes on as soon as it answers again. Look again whether what you did was kept.';
  return new Refused('store-unreachable', `The ${where} broke off in the middle (${wordsOf(thrown)}). ${advice}`);
}

/** Node's codes for a broken connection, and PostgreSQL's for one that it ends or cannot take. */
const BROKEN = /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|08\w{3}|57P0[123])$/;

export const BUSY = new Refused(
  'store-busy',
  'Another process has kept these records locked for 15 seconds. Nothing was changed. Look for a long transaction in ' +
    'pg_stat_activity, then try again.',
);
