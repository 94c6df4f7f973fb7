/** Chance for random sequences: a small generator, so that a seed is a sequence. */
export class Draw {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** 0 .. 2^32 - 1. */
  private next(): number {
    // Mulberry32.
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** 0 .. n - 1. */
  int(n: number): number {
    return this.next() % n;
  }

  chance(percent: number): boolean {
    return this.int(100) < percent;
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.int(list.length)];
    if (one === undefined) throw new Error("nothing to pick from");
    return one;
  }

  /** An amount of rao of any magnitude, often a round one, seldom 0 or too large. */
  amount(): bigint {
    if (this.chance(3)) return 0n;
    if (this.chance(2)) return 0xffff_ffff_ffff_ffffn;
    const digits = this.int(15);
    return (BigInt(1 + this.int(9_999_999)) * 10n ** BigInt(digits)) / 1_000_000n;
  }

  list<T>(most: number, one: () => T): T[] {
    return Array.from({ length: this.int(most + 1) }, one);
  }
}
