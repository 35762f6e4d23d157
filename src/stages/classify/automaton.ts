/** Part number `part` was found from `start` up to, without, `end`. */
export interface PartMatch {
  part: number;
  start: number;
  end: number;
}

/**
 * Finds any number of fixed strings in a text in one pass (Aho and Corasick, 1975). All offsets are UTF-16 units.
 * Whether a match stands at a word's edge is the caller's business.
 */
export class Automaton {
  private readonly next: Map<number, number>[] = [new Map()];
  private readonly fail: number[] = [0];
  /** Parts that end in a state, its own first, then those of its suffixes. */
  private readonly ends: number[][] = [[]];
  private readonly lengths: number[];

  constructor(parts: readonly string[]) {
    this.lengths = parts.map((part) => part.length);
    for (const [id, part] of parts.entries()) {
      let state = 0;
      for (let i = 0; i < part.length; i++) state = this.step(state, part.charCodeAt(i));
      this.ends[state]?.push(id);
    }
    this.link();
  }

  /** Calls `found` for each occurrence, in the order of their ends. */
  scan(text: string, found: (part: number, start: number, end: number) => void): void {
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      let to = (this.next[state] as Map<number, number>).get(unit);
      while (to === undefined && state !== 0) {
        state = this.fail[state] as number;
        to = (this.next[state] as Map<number, number>).get(unit);
      }
      state = to ?? 0;
      for (const part of this.ends[state] as number[]) found(part, i + 1 - (this.lengths[part] as number), i + 1);
    }
  }

  private step(state: number, unit: number): number {
    const edges = this.next[state] as Map<number, number>;
    let to = edges.get(unit);
    if (to === undefined) {
      to = this.next.length;
      edges.set(unit, to);
      this.next.push(new Map());
      this.fail.push(0);
      this.ends.push([]);
    }
    return to;
  }

  /** Breadth first: the longest proper suffix of each state that is itself a state. */
  private link(): void {
    const queue = [...(this.next[0] as Map<number, number>).values()];
    for (const state of queue) {
      for (const [unit, to] of this.next[state] as Map<number, number>) {
        let back = this.fail[state] as number;
        let target = this.next[back]?.get(unit);
        while (target === undefined && back !== 0) {
          back = this.fail[back] as number;
          target = this.next[back]?.get(unit);
        }
        this.fail[to] = target ?? 0;
        this.ends[to]?.push(...(this.ends[this.fail[to] as number] as number[]));
        queue.push(to);
      }
    }
  }
}
