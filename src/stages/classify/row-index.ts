/** Finds a feature's row by its hash. Open addressing, at most half full. */
export class RowIndex {
  private readonly slots: Int32Array;
  private readonly mask: number;
  private readonly hashes: Uint32Array;

  constructor(hashes: Uint32Array) {
    this.hashes = hashes;
    let size = 16;
    while (size < hashes.length * 2) size *= 2;
    this.mask = size - 1;
    this.slots = new Int32Array(size).fill(-1);
    for (let row = 0; row < hashes.length; row++) {
      let slot = (hashes[row] as number) & this.mask;
      while (this.slots[slot] !== -1) slot = (slot + 1) & this.mask;
      this.slots[slot] = row;
    }
  }

  /** The row, or -1 for a feature that training did not keep. */
  find(hash: number): number {
    let slot = hash & this.mask;
    for (;;) {
      const row = this.slots[slot] as number;
      if (row === -1 || this.hashes[row] === hash) return row;
      slot = (slot + 1) & this.mask;
    }
  }
}
