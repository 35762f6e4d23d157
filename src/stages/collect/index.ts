export { mayPull } from './back-off.ts';
export { type Collector, createCollector } from './collector.ts';
export { type HearingDeps, hearCalls } from './hear-call.ts';
export { listen } from './listen.ts';
export { recheck } from './recheck.ts';
export { keepRechecking, type RecheckDeps, recheckAll, type Sweep } from './recheck-all.ts';
export { MAX_TEXT } from './tidy.ts';
export type { CollectOptions, CollectorDeps, CollectResult, PageReport } from './types.ts';
export { COLLECT_SAID } from './words.ts';
