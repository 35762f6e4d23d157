import type * as z from 'zod';
import { locate, placeOf } from './locate.ts';
import { Workspace } from './schema.ts';

/** A fault that nobody but the caller can see, such as a cron expression that no calendar fits. */
export interface Fault {
  path: readonly (string | number)[];
  message: string;
}

/** Looks at a document whose shape is right already. */
export type FurtherChecks = (workspace: Workspace) => readonly Fault[];

/** The document cannot be used. The message names each fault with its line, in words for the person who edited it. */
export class BrokenWorkspace extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BrokenWorkspace';
  }
}

/** @throws BrokenWorkspace */
export function readWorkspace(text: string, file: string, check: FurtherChecks = () => []): Workspace {
  const places = locate(text);
  if (places.brokenAt !== undefined) throw new BrokenWorkspace(explainSyntax(text, file, places.brokenAt));

  const parsed = Workspace.safeParse(JSON.parse(text));
  const faults = parsed.success ? check(parsed.data) : faultsOf(parsed.error);
  if (faults.length > 0 || !parsed.success) {
    const lines = faults.map((fault) => {
      const offset = nearest(places.offsets, fault.path);
      return `${file}, line ${placeOf(text, offset).line}, ${fault.path.join('.') || 'document'}: ${fault.message}`;
    });
    throw new BrokenWorkspace(lines.join('\n'));
  }
  return parsed.data;
}

/** Checks a document that was made in memory. @throws BrokenWorkspace */
export function checkWorkspace(document: unknown, check: FurtherChecks = () => []): Workspace {
  const parsed = Workspace.safeParse(document);
  const faults = parsed.success ? check(parsed.data) : faultsOf(parsed.error);
  if (faults.length > 0 || !parsed.success) {
    throw new BrokenWorkspace(faults.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  }
  return parsed.data;
}

function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.map(({ path, message }) => ({ path: path.map((step) => step.toString()), message }));
}

/** All that is left is nothing, or the beginning of a value: the end of the file is missing. */
const UNFINISHED = /^("[^"\n]*|[\w.+-]*)\s*$/;

function explainSyntax(text: string, file: string, offset: number): string {
  if (text.trim() === '') return `${file} is empty.`;
  const { line, column } = placeOf(text, offset);
  if (UNFINISHED.test(text.slice(offset)))
    return `${file} ends too early, in line ${line}: a bracket or quote is not closed.`;
  const here = JSON.stringify(String.fromCodePoint(text.codePointAt(offset) ?? 0));
  return `${file}, line ${line}, column ${column}: ${here} cannot stand here. Often a comma or quote before it is missing or too many.`;
}

/** The line of a value in settings as they are written, from 1; undefined where it does not stand there. */
export function lineIn(text: string, path: readonly (string | number)[]): number | undefined {
  const offset = locate(text).offsets.get(path.join('.'));
  return offset === undefined ? undefined : placeOf(text, offset).line;
}

/** Offset of the value, or of the closest thing around it where the value itself is missing. */
function nearest(offsets: Map<string, number>, path: readonly (string | number)[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const offset = offsets.get(path.slice(0, depth).join('.'));
    if (offset !== undefined) return offset;
  }
  return 0;
}
