/** Phones and browsers that people are told on while the inbox is closed there: what is kept of them. Data only. */
import type { Instant } from './nouns.ts';
import type { SendingRules } from './quiet-hours.ts';
import type { NewAuditEvent } from './records.ts';

/** What a person may be told of: urgent mentions, what a colleague gives them, and mentions in regulated lanes. */
export const DEVICE_KINDS = ['urgent', 'assigned', 'regulated'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** The words it is told in. */
export const DEVICE_LANGUAGES = ['en', 'zh-Hans', 'zh-Hant'] as const;
export type DeviceLanguage = (typeof DEVICE_LANGUAGES)[number];

/** One browser of one person, as its push service knows it. Told for as long as it is signed in. */
export interface Device {
  /** Made of the endpoint, so that the same browser is never there twice. */
  id: string;
  personId: string;
  /** The sign-in that it belongs to: when that ends, nothing is sent there any more. */
  sessionId: string;
  /** Where its push service takes messages for it. Whoever knows it may try to send there, so it is shown to nobody. */
  endpoint: string;
  /** The browser's public key and its secret, base64url: what is sent is encrypted for it alone. */
  p256dh: string;
  auth: string;
  kinds: readonly DeviceKind[];
  /** When it stays silent, by the clock where it is. With `urgentAtOnce` only what is assigned waits. */
  quiet: SendingRules;
  lang: DeviceLanguage;
  /** The program, as it calls itself. */
  agent: string;
  at: Instant;
}

export interface DeviceStore {
  /** Those of people who may still sign in and are still signed in there, oldest first: of one person, or of all. */
  devices(now: Instant, personId?: string): Promise<Device[]>;
  /** Adds a device, or puts it in the place of what is known under its id. Those whose sign-in ended are forgotten. */
  saveDevice(device: Device, audit: NewAuditEvent): Promise<void>;
  /** False when it was not there. */
  removeDevice(id: string, audit: NewAuditEvent): Promise<boolean>;
}
