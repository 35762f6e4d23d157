export { mayPull } from './back-off.ts';
export { type Collector, createCollector } from './collector.ts';
export { listen } from './listen.ts';
export { recheck } from './recheck.ts';
export { MAX_TEXT } from './tidy.ts';
export type { CollectOptions, CollectorDeps, CollectResult, PageReport } from './types.ts';
