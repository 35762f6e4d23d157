export { type CanaryOutcome, sendCanary } from './canary.ts';
export { doubtPutBack, doubtUnsent } from './copied.ts';
export { type Outbox, openOutbox } from './outbox.ts';
export type { OutboxDeps, OutboxReport } from './types.ts';
export { POST_SAID } from './words.ts';
