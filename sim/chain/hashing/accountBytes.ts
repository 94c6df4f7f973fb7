import type { AccountId } from "../state/network.ts";

const ACCOUNT_BYTES = 32;

/** The 32 bytes that stand for an account where the chain hashes one: its number, most significant byte first. */
export function accountBytes(account: AccountId): Uint8Array {
  const bytes = new Uint8Array(ACCOUNT_BYTES);
  new DataView(bytes.buffer).setBigUint64(ACCOUNT_BYTES - 8, BigInt(account));
  return bytes;
}
