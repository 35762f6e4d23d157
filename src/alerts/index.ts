/** People who must know at once. README.md says how alerts are checked and acknowledged. */
export { dueAt } from './due.ts';
export { type Smtp, sendMail } from './email.ts';
export { evidencePack } from './evidence.ts';
export type { AlertMessage } from './message.ts';
export { type AlertParts, acknowledgement, alertRound, regulatedOpen } from './outbox.ts';
export type { AlertSettings, LaneRules, Target } from './settings.ts';
export { signed } from './webhook.ts';
export { afterWorking } from './working-hours.ts';
