/** The chain's hash of commits, keys and orders. */
import { blake2b } from "@noble/hashes/blake2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** blake2b with a digest of 32 bytes and no key (RFC 7693), in hexadecimal. */
export const blake2b256 = (bytes: Uint8Array): string => bytesToHex(blake2b(bytes, { dkLen: 32 }));
