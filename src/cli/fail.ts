import { Conflict, Refused } from '../core/failures.ts';
import { EXIT, plain, red } from './output.ts';

/** What the system says in capitals, as a sentence with what to do. */
const SYSTEM: Record<string, (path: string) => string> = {
  ENOENT: (path) => `There is no file ${path}. Check how it is written.`,
  EACCES: (path) => `Earshot may not use ${path}. Check who owns it, or choose another place.`,
  EPERM: (path) => `Earshot may not use ${path}. Check who owns it, or choose another place.`,
  EROFS: (path) => `${path} cannot be written: its disk is read-only. Choose another place.`,
  ENOSPC: (path) => `The disk of ${path} is full. Make room, then try again.`,
  EISDIR: (path) => `${path} is a folder. Name a file.`,
  ENOTDIR: (path) => `${path} cannot be used: part of it is a file and no folder. Choose another place.`,
  EEXIST: (path) => `${path} is a file where a folder is needed. Choose another place.`,
};

/** Mistakes of ours, not of whoever called the command or of the world: they keep their stack. */
const FAULTS = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError];

/** Prints what went wrong as a sentence and sets the exit code; a programming fault keeps its stack. */
export function fail(thrown: unknown): void {
  const refused = thrown instanceof Refused || thrown instanceof Conflict;
  process.exitCode = refused ? EXIT.refused : EXIT.failed;
  process.stderr.write(`${red('✗')} ${plain(explain(thrown))}\n`);
}

export function explain(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { code, path } = thrown as NodeJS.ErrnoException;
  const sentence = SYSTEM[code ?? '']?.(path ?? 'What was named');
  if (sentence !== undefined) return sentence;
  const fault = code === undefined && FAULTS.some((kind) => thrown instanceof kind);
  return fault ? (thrown.stack ?? thrown.message) : thrown.message;
}
