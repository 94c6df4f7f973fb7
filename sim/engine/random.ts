/**
 * Named streams of random numbers. Every agent and process draws from its own stream, derived from the run's seed and its
 * name, so that adding one does not change what another draws. The generator is tychei: 32-bit additions, exclusive ors
 * and rotations on 16 bytes of state, the same on every machine.
 */
import seedrandom from "seedrandom";

/** All that a stream remembers; four 32-bit integers. */
export type StreamState = seedrandom.State.Tychei;

const TWO_32 = 0x1_0000_0000;

/** A stream of random numbers, the same on every machine. */
export class RandomStream {
  private readonly generator: seedrandom.StatefulPRNG<StreamState>;

  private constructor(generator: seedrandom.StatefulPRNG<StreamState>) {
    this.generator = generator;
  }

  /** The stream of that name at its beginning. */
  static open(name: string): RandomStream {
    return new RandomStream(seedrandom.tychei(name, { state: true }));
  }

  /** The stream that `save` was called on, at the draw where it was called. */
  static restore(state: StreamState): RandomStream {
    return new RandomStream(seedrandom.tychei("", { state }));
  }

  save(): StreamState {
    return this.generator.state();
  }

  /** Uniform over all signed 32-bit integers. */
  int32(): number {
    return this.generator.int32();
  }

  /** Uniform over 0 .. 2^32 - 1. */
  uint32(): number {
    return this.generator.int32() >>> 0;
  }

  /**
   * Uniform over 0 .. bound - 1, without bias.
   * @param bound 1 .. 2^32
   */
  below(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > TWO_32)
      throw new RangeError(`bound ${bound} is not in 1..${TWO_32}`);
    // Draws past the last whole multiple of the bound would favour small results; they are drawn again.
    const limit = TWO_32 - (TWO_32 % bound);
    for (;;) {
      const draw = this.uint32();
      if (draw < limit) return draw % bound;
    }
  }

  /** True in `numerator` of `denominator` cases; compares integers, so no rounding decides. */
  chance(numerator: number, denominator: number): boolean {
    return this.below(denominator) < numerator;
  }

  /** Uniform over the multiples of 2^-53 in [0, 1). */
  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 0x400_0000 + low) / 0x20_0000_0000_0000;
  }
}

/**
 * The stream of one purpose of one entity.
 * @param runSeed the run's seed, as text: `1` and `"1"` would otherwise differ
 * @param entity who draws, for example `subnet-15/validator-3`
 * @param purpose what for, for example `stake`
 */
export function openStream(runSeed: string, entity: string, purpose: string): RandomStream {
  return RandomStream.open(`${runSeed}/${entity}/${purpose}`);
}
