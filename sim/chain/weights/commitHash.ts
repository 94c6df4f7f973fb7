/** The hash that commits a validator to weights it reveals later (spec/weights.md 3). */
import { blake2b256 } from "../hashing/blake2b.ts";

/** Where mechanisms of a subnet keep their weights: netuid + 4096 * mechanism, u16. */
export const storageIndex = (netuid: number, mechanism: number): number =>
  (netuid + 4096 * mechanism) & 0xffff;

/** What a commit hides. */
export interface CommitPreimage {
  /** 32 bytes of the committing hotkey. */
  readonly account: Uint8Array;
  readonly netuid: number;
  readonly mechanism: number;
  /** u16, each. */
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly salt: readonly number[];
  /** u64. */
  readonly versionKey: bigint;
}

/** Length prefix of a list in the chain's compact form. */
function compactLength(length: number): number[] {
  if (length < 64) return [4 * length];
  if (length < 16_384) return [(4 * length + 1) & 0xff, (4 * length + 1) >> 8];
  const word = 4 * length + 2;
  return [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24];
}

const littleEndian16 = (value: number): number[] => [value & 0xff, value >> 8];

const list16 = (values: readonly number[]): number[] => [
  ...compactLength(values.length),
  ...values.flatMap(littleEndian16),
];

function littleEndian64(value: bigint): number[] {
  const bytes: number[] = [];
  for (let shift = 0n; shift < 64n; shift += 8n) bytes.push(Number((value >> shift) & 0xffn));
  return bytes;
}

/** The bytes that are hashed. */
export const commitBytes = ({
  account,
  netuid,
  mechanism,
  uids,
  values,
  salt,
  versionKey,
}: CommitPreimage): Uint8Array =>
  Uint8Array.from([
    ...account,
    ...littleEndian16(storageIndex(netuid, mechanism)),
    ...list16(uids),
    ...list16(values),
    ...list16(salt),
    ...littleEndian64(versionKey),
  ]);

/** Hexadecimal blake2b-256 of a commit. */
export const commitHash = (preimage: CommitPreimage): string => blake2b256(commitBytes(preimage));
