/** A clock that is set by less than this is set as clocks are. */
const JUMP_MS = 30_000;
/** After so long the new time is what everybody goes by. */
const REMEMBERED_MS = 15 * 60_000;
const LOOK_MS = 5_000;

export interface Jump {
  /** By how much, in milliseconds: ahead, or back where it is negative. */
  ms: number;
}

/**
 * Notices when the clock of this machine was set, or the machine slept: it and the time that passes drift apart at once.
 * Until a quarter of an hour later that is a trouble by name, or until the clock is set back to where it was.
 */
export class ClockWatch {
  readonly #wall: () => number;
  readonly #elapsed: () => number;
  #apart: number;
  #jump: (Jump & { at: number }) | undefined;

  constructor(wall: () => number = Date.now, elapsed: () => number = () => performance.now()) {
    this.#wall = wall;
    this.#elapsed = elapsed;
    this.#apart = wall() - elapsed();
  }

  /** The jumps of the last quarter of an hour taken together, if they did not cancel each other. */
  look(): Jump | undefined {
    const apart = this.#wall() - this.#elapsed();
    const by = apart - this.#apart;
    this.#apart = apart;
    if (this.#jump && this.#elapsed() - this.#jump.at > REMEMBERED_MS) this.#jump = undefined;
    if (Math.abs(by) > JUMP_MS) this.#jump = { ms: by + (this.#jump?.ms ?? 0), at: this.#elapsed() };
    if (this.#jump && Math.abs(this.#jump.ms) <= JUMP_MS) this.#jump = undefined;
    return this.#jump && { ms: this.#jump.ms };
  }

  /** Looks every few seconds until `signal` was aborted, and tells of each jump once. */
  keepLooking(signal: AbortSignal, onJump: (jump: Jump) => void): void {
    let told: number | undefined;
    const timer = setInterval(() => {
      const jump = this.look();
      if (jump && jump.ms !== told) onJump(jump);
      told = jump?.ms;
    }, LOOK_MS).unref();
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }
}
