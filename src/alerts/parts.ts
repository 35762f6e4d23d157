import type { FindPersonal } from '../core/cover.ts';
import type { Device } from '../core/devices.ts';
import type { Clock, Store } from '../core/ports.ts';
import type { AssignedLog } from './assigned.ts';
import type { DeviceMessage } from './devices.ts';
import type { AlertMessage } from './message.ts';
import type { AlertSettings, Target } from './settings.ts';

/** What writing down and sending alerts needs. */
export interface AlertParts {
  store: Store;
  clock: Clock;
  settings(): AlertSettings | undefined;
  /** The lane of a problem type. */
  laneOf(problemType: string): string;
  problemTypes: readonly { id: string; lane: string }[];
  findPersonal: FindPersonal;
  /** Sends one message, and gives up when `signal` is aborted. The answer may acknowledge it at once, by a name. @throws Error in a sentence */
  deliver(target: Target, message: AlertMessage, signal: AbortSignal): Promise<{ acknowledgedBy?: string }>;
  /** The numbers of a time in a few lines. */
  digest(from: number, to: number): Promise<{ title: string; body: string }>;
  devices: DeviceParts;
  log: { info(message: string, fields?: object): void; warn(message: string, fields?: object): void };
}

/** Of devices: what the round needs beside the rest. */
export interface DeviceParts {
  assigned: AssignedLog;
  /** What a problem type is called in a language. */
  titleOf(problemType: string, lang: Device['lang']): string;
  /** Sends one message. `gone`: its push service knows the device no more. @throws Error in a sentence */
  push(device: Device, message: DeviceMessage, signal: AbortSignal): Promise<'sent' | 'gone'>;
}
