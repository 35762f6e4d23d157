import type { Source } from '../../../src/core/ports.ts';
import type { Mishap } from './line.ts';

/** A local platform that people write on, and that counts. */
export interface Running {
  url: string;
  /** So many people write, each something that asks for an answer. */
  say(count: number): void;
  /** Every reply that stands there: the mention it answers and its own id, both as the connector at `address` names them. */
  answers(address: string): { mention: string; reply: string }[];
  close(): Promise<void>;
}

/** The way to a platform, on which the answers to replies get lost. */
export interface ReplyLine {
  /** The platform's address, at this end of the line. Asked for anew for each life. */
  readonly url: string;
  /** What happens to the answers of the next replies, in turn. */
  readonly mishaps: Mishap[];
  /** Called, and waited for, when a reply comes along, and again once the platform has it. */
  onReply: (moment: 'received' | 'stored') => unknown;
  close(): Promise<void>;
}

/** A platform as the crash runs need it. */
export interface CrashPlatform {
  /** Over HTTP: what posts a reply, as "POST /path?query". Or a line of its own. */
  line: RegExp | ((running: Running) => ReplyLine);
  start(): Promise<Running>;
  /** The real connector on the platform at this address. */
  open(address: string, timeoutMs: number): Source;
}

/** One file each, in `platforms/`; a new one is named here. */
export const PLATFORMS = [
  'twitter',
  'reddit',
  'discord',
  'telegram',
  'facebook',
  'discourse',
  'nodebb',
  'email',
  'app-feedback',
] as const;
export type PlatformName = (typeof PLATFORMS)[number];

/** A life loads only what it needs. */
export async function load(name: string): Promise<CrashPlatform> {
  const { platform } = (await import(`./platforms/${name}.ts`)) as { platform: CrashPlatform };
  return platform;
}
