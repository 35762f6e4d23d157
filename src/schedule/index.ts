export { checkSchedules, faultOfCron } from './check-cron.ts';
export { keepDoing } from './keep-doing.ts';
export { longestGap } from './longest-gap.ts';
export { startSchedule } from './schedule.ts';
export type { Job, Schedule, ScheduleDeps } from './types.ts';
