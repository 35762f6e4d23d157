import type { Source } from '../../../src/core/ports.ts';

/** A local platform that people write on, and that counts. */
export interface Running {
  url: string;
  /** So many people write, each something that asks for an answer. */
  say(count: number): void;
  /** Every reply that stands there: the mention it answers and its own id, both as the connector at `address` names them. */
  answers(address: string): { mention: string; reply: string }[];
  close(): Promise<void>;
}

/** A platform as the crash runs need it. */
export interface CrashPlatform {
  /** What posts a reply, as "POST /path?query". */
  isReply: RegExp;
  start(): Promise<Running>;
  /** The real connector on the platform at this address. */
  open(address: string, timeoutMs: number): Source;
}

/** One file each, in `platforms/`; a new one is named here. */
export const PLATFORMS = ['twitter', 'reddit', 'discord', 'telegram', 'facebook', 'discourse', 'nodebb'] as const;
export type PlatformName = (typeof PLATFORMS)[number];

/** A life loads only what it needs. */
export async function load(name: string): Promise<CrashPlatform> {
  const { platform } = (await import(`./platforms/${name}.ts`)) as { platform: CrashPlatform };
  return platform;
}
