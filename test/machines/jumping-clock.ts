import { moveClock } from '../moved-clock.ts';

/**
 * Loaded into a process before anything else: with each SIGUSR2 its clock jumps by the next of CLOCK_JUMPS, in milliseconds,
 * as when somebody sets it. The time that passes (timers, performance) goes on as it did.
 */
const jumps = (process.env.CLOCK_JUMPS ?? '').split(',').map(Number);
process.on('SIGUSR2', () => moveClock(jumps.shift() ?? 0));
