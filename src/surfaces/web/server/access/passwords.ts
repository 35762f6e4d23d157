import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { CallRefused } from '../../../../core/failures.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** 32 MB and three passes, as the OWASP sheet on storing passwords gives it for scrypt. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const MEMORY = 64 * 1024 * 1024;
const BYTES = 32;

const MIN = 10;
const MAX = 200;

/** At once; more wait, so that a flood of tries takes no memory. */
const AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

/** As `scrypt$N$r$p$salt$hash`, so that it can be checked when the cost has gone up since. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const { N, r, p } = COST;
  const hash = await inTurn(() => derive(plain(password), salt, BYTES, { ...COST, maxmem: MEMORY }));
  return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Without a kept hash the same work is done, so that the time taken does not tell who has an account. */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const [kind, N, r, p, salt = '', hash = ''] = (kept ?? (await decoy())).split('$');
  if (kind !== 'scrypt') return false;
  const options = { N: Number(N), r: Number(r), p: Number(p), maxmem: 2 * MEMORY };
  const made = await inTurn(() => derive(plain(password), Buffer.from(salt, 'base64url'), BYTES, options));
  const expected = Buffer.from(hash, 'base64url');
  return made.length === expected.length && timingSafeEqual(made, expected) && kept !== undefined;
}

let decoyHash: Promise<string> | undefined;
function decoy(): Promise<string> {
  decoyHash ??= hashPassword(randomBytes(16).toString('hex'));
  return decoyHash;
}

/** One password whatever keyboard and system it is typed on. */
function plain(password: string): string {
  return password.normalize('NFKC');
}

/** @throws CallRefused `weak-password`, with what to do. Length is what counts; rules about signs help nobody. */
export function mustBeStrong(password: string, name: string): void {
  const { length } = [...plain(password)];
  const weak = (why: string) => new CallRefused(400, 'weak-password', why);
  if (length < MIN) throw weak(`A password has at least ${MIN} characters. Four words in a row are a good one.`);
  if (length > MAX) throw weak(`A password has at most ${MAX} characters.`);
  if (new Set(plain(password)).size < 4) throw weak('This password is one character over and over. Take another.');
  if (plain(password).toLowerCase().includes(plain(name).toLowerCase()) && [...name].length > 3)
    throw weak('This password holds your name. Take another.');
}
