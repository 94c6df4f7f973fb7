/** The arrays of an epoch's results, wherever they lie. */
import type { EpochOutput } from "../epoch.ts";

interface ArrayType<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): T;
  new (buffer: ArrayBufferLike, position: number, length: number): T;
}

/** Gives an array of a type and length a place. */
export type MakeArray = <T extends ArrayBufferView>(type: ArrayType<T>, length: number) => T;

/** Arrays for the results of n neurons that have this many bonds. */
export function makeOutput(n: number, bonds: number, make: MakeArray): EpochOutput {
  return {
    stakeWeight: make(Uint16Array, n),
    consensus: make(Uint16Array, n),
    incentive: make(Uint16Array, n),
    dividends: make(Uint16Array, n),
    validatorTrust: make(Uint16Array, n),
    active: make(Uint8Array, n),
    newValidatorPermit: make(Uint8Array, n),
    serverEmission: make(BigUint64Array, n),
    validatorEmission: make(BigUint64Array, n),
    emission: make(BigUint64Array, n),
    bonds: {
      offsets: make(Uint32Array, n + 1),
      uids: make(Uint16Array, bonds),
      values: make(Uint16Array, bonds),
    },
    consensusRaw: make(BigInt64Array, n),
    incentiveRaw: make(BigInt64Array, n),
    dividendsRaw: make(BigInt64Array, n),
    validatorTrustRaw: make(BigInt64Array, n),
    activeStakeRaw: make(BigInt64Array, n),
  };
}
