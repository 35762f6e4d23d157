/** The lanes in which what we say can be held against us: replies need two people. */
const REGULATED: readonly string[] = ['security', 'legal'];

export function isRegulated(lane: string | undefined): boolean {
  return lane !== undefined && REGULATED.includes(lane);
}
