/** One setting that changed. `before` or `after` is left out where there was or is none. */
export interface Difference {
  /** Joined with dots; members of a list that have an id, or keywords, go by it ("sources.brand-forum.enabled"). */
  path: string;
  before?: unknown;
  after?: unknown;
}

/** What changed between two JSON values, setting by setting. */
export function difference(before: unknown, after: unknown, path = ''): Difference[] {
  if (Object.is(before, after)) return [];
  if (!isBranch(before) || !isBranch(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
  }
  const [old, now] = [membersOf(before), membersOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) =>
    difference(old.get(name), now.get(name), path === '' ? name : `${path}.${name}`),
  );
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function membersOf(branch: object): Map<string, unknown> {
  if (!Array.isArray(branch)) return new Map(Object.entries(branch));
  return new Map(branch.map((member, at) => [nameOf(member) ?? String(at), member]));
}

function nameOf(member: unknown): string | undefined {
  if (!isBranch(member)) return undefined;
  if ('id' in member && typeof member.id === 'string') return member.id;
  // A keyword: what it is about is its name. The dots of a gap would look like steps of the path.
  if (!('phrase' in member && 'problemType' in member)) return undefined;
  return `${member.problemType}: ${String(member.phrase).replaceAll('.', '·')}`;
}
