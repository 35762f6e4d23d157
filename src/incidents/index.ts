/** Many mentions, one problem. README.md says how it is found out, and what it rests on. */
export type { BulkAsked, RowResult } from './bulk.ts';
export { type IncidentDesk, openDesk } from './desk.ts';
export type { PlanRow } from './plan.ts';
export { type Concept, TermReader } from './terms.ts';
export { IncidentWatch } from './watch.ts';
