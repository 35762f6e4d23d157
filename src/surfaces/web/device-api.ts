/** The part of the API that is about notifications while the inbox is closed, as schemas. */
import * as z from 'zod';
import { DEVICE_KINDS, DEVICE_LANGUAGES } from '../../core/devices.ts';
import { InstantShape, named } from './shapes.ts';

const TimeShape = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'give hours and minutes, such as 22:00');

const TimeZoneShape = z
  .string()
  .max(60)
  .refine((name) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      return true;
    } catch {
      return false;
    }
  }, 'is no time zone that is known here, such as Asia/Shanghai');

export const DeviceWishShape = named(
  'DeviceWish',
  z.object({
    kinds: z.array(z.enum(DEVICE_KINDS)).min(1).max(DEVICE_KINDS.length).describe('What it is told of.'),
    lang: z.enum(DEVICE_LANGUAGES),
    quiet: z.object({
      timeZone: TimeZoneShape.describe('The clock that the quiet hours follow: that of the device.'),
      quietHours: z.object({ from: TimeShape, to: TimeShape }).exactOptional(),
      urgentAtOnce: z.boolean().describe('Only what is assigned waits for the end of the quiet hours.'),
    }),
  }),
);
export type DeviceWish = z.output<typeof DeviceWishShape>;

const KeyShape = (bytes: number) =>
  z
    .string()
    .max(120)
    .refine((text) => {
      return /^[\w-]+$/.test(text) && Buffer.from(text, 'base64url').byteLength === bytes;
    }, `must be ${bytes} bytes in base64url`);

export const NewDeviceBody = DeviceWishShape.extend({
  endpoint: z
    .url({ protocol: /^https$/ })
    .max(1_000)
    .describe('Where the push service takes messages for this browser.'),
  keys: z.object({ p256dh: KeyShape(65), auth: KeyShape(16) }),
});
export type NewDevice = z.output<typeof NewDeviceBody>;

export const DeviceShape = named(
  'Device',
  DeviceWishShape.extend({
    id: z.string(),
    agent: z.string(),
    at: InstantShape.describe('Since when it is told.'),
    here: z.boolean().describe('It is signed in by the session that asks.'),
  }),
);
export type DeviceInfo = z.output<typeof DeviceShape>;

export const DevicesShape = named(
  'Devices',
  z.object({
    key: z.string().describe('What a browser must know of us before it lets us send, base64url.'),
    devices: z.array(DeviceShape),
  }),
);
export type Devices = z.output<typeof DevicesShape>;
