/** People who must know at once. README.md says how alerts are checked and acknowledged. */
export { AssignedLog } from './assigned.ts';
export { type DeviceMessage, deviceIn, tryMessage } from './devices.ts';
export { dueAt } from './due.ts';
export { type Smtp, sendMail } from './email.ts';
export { evidencePack } from './evidence.ts';
export type { AlertMessage } from './message.ts';
export { acknowledgement, alertRound, beginRound } from './outbox.ts';
export type { AlertParts, DeviceParts } from './parts.ts';
export { regulatedOpen } from './regulated.ts';
export type { AlertSettings, LaneRules, Target } from './settings.ts';
export { signed } from './webhook.ts';
export { afterWorking } from './working-hours.ts';
