/** What became of so many mentions, as the platform counts. */
export interface FaultsReport {
  platform: string;
  sent: number;
  stored: number;
  missed: number;
  doubled: number;
  requests: number;
  /** What it takes had nothing gone wrong: each platform's file says how it is counted. */
  leastRequests: number;
  /** How many requests went wrong in each way. */
  injected: Record<Kind, number>;
}

/** The ways in which a request goes wrong, on every platform. */
export const KINDS = [
  '429 with a waiting time',
  '429 without',
  '500',
  'reset',
  'time-out',
  'HTML',
  'half a body',
] as const;
export type Kind = (typeof KINDS)[number];

/** One request in twenty, unless a test wants more. */
export const RATE = 0.05;

export function noneYet(): Record<Kind, number> {
  return Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
}
