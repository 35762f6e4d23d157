/**
 * Loaded into a process before anything else: with each SIGUSR2 its clock jumps by the next of CLOCK_JUMPS, in milliseconds,
 * as when somebody sets it. The time that passes (timers, performance) goes on as it did.
 */
const jumps = (process.env.CLOCK_JUMPS ?? '').split(',').map(Number);
const Real = Date;
let by = 0;

class Jumping extends Real {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [Real.now() + by] : given) as [number]));
  }

  static override now(): number {
    return Real.now() + by;
  }
}
globalThis.Date = Jumping as DateConstructor;
process.on('SIGUSR2', () => {
  by += jumps.shift() ?? 0;
});
