const Real = Date;
let by = 0;

class Moved extends Real {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [Real.now() + by] : given) as [number]));
  }

  static override now(): number {
    return Real.now() + by;
  }
}
globalThis.Date = Moved as DateConstructor;

/** Moves the clock of this process, in milliseconds, as when somebody sets it. Timers and performance go on as they did. */
export function moveClock(ms: number): void {
  by += ms;
}
