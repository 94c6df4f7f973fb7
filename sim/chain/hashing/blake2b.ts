/** blake2b with a digest of 32 bytes and no key (RFC 7693): the chain's hash of commits, keys and orders. */

const IV = new Uint32Array([
  0xf3bcc908, 0x6a09e667, 0x84caa73b, 0xbb67ae85, 0xfe94f82b, 0x3c6ef372, 0x5f1d36f1, 0xa54ff53a, 0xade682d1,
  0x510e527f, 0x2b3e6c1f, 0x9b05688c, 0xfb41bd6b, 0x1f83d9ab, 0x137e2179, 0x5be0cd19,
]);

/** Order of the message words in the ten different rounds; rounds 11 and 12 repeat the first two. */
const SIGMA: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
const ROUNDS = 12;
const BLOCK_BYTES = 128;
const DIGEST_BYTES = 32;

/** Columns and diagonals of the 4 x 4 state that one round mixes. */
const LANES: readonly (readonly [number, number, number, number])[] = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
];

// Words of 64 bits are two u32 each, the low half first.
const state = new Uint32Array(32);
const message = new Uint32Array(32);

/** state[a] += low/high. */
function addWord(a: number, low: number, high: number): void {
  const sum = (state[2 * a] ?? 0) + low;
  state[2 * a + 1] = (state[2 * a + 1] ?? 0) + high + (sum > 0xffff_ffff ? 1 : 0);
  state[2 * a] = sum;
}

/** state[a] = (state[a] ^ state[b]) rotated right by 1 to 63 bits, but not 32. */
function xorRotate(a: number, b: number, bits: number): void {
  const low = (state[2 * a] ?? 0) ^ (state[2 * b] ?? 0);
  const high = (state[2 * a + 1] ?? 0) ^ (state[2 * b + 1] ?? 0);
  const [near, far, shift] = bits < 32 ? [low, high, bits] : [high, low, bits - 32];
  state[2 * a] = (near >>> shift) | (far << (32 - shift));
  state[2 * a + 1] = (far >>> shift) | (near << (32 - shift));
}

function xorSwap(a: number, b: number): void {
  const low = (state[2 * a] ?? 0) ^ (state[2 * b] ?? 0);
  state[2 * a] = (state[2 * a + 1] ?? 0) ^ (state[2 * b + 1] ?? 0);
  state[2 * a + 1] = low;
}

function mix(lane: readonly [number, number, number, number], x: number, y: number): void {
  const [a, b, c, d] = lane;
  addWord(a, state[2 * b] ?? 0, state[2 * b + 1] ?? 0);
  addWord(a, message[2 * x] ?? 0, message[2 * x + 1] ?? 0);
  xorSwap(d, a);
  addWord(c, state[2 * d] ?? 0, state[2 * d + 1] ?? 0);
  xorRotate(b, c, 24);
  addWord(a, state[2 * b] ?? 0, state[2 * b + 1] ?? 0);
  addWord(a, message[2 * y] ?? 0, message[2 * y + 1] ?? 0);
  xorRotate(d, a, 16);
  addWord(c, state[2 * d] ?? 0, state[2 * d + 1] ?? 0);
  xorRotate(b, c, 63);
}

function compress(chain: Uint32Array, block: Uint8Array, counted: number, last: boolean): void {
  const view = new DataView(block.buffer, block.byteOffset, BLOCK_BYTES);
  for (let i = 0; i < 32; i++) message[i] = view.getUint32(4 * i, true);
  state.set(chain);
  state.set(IV, 16);
  state[24] = (state[24] ?? 0) ^ counted;
  if (last) {
    state[28] = ~(state[28] ?? 0);
    state[29] = ~(state[29] ?? 0);
  }
  for (let round = 0; round < ROUNDS; round++) {
    const order = SIGMA[round % 10] ?? [];
    for (const [i, lane] of LANES.entries()) mix(lane, order[2 * i] ?? 0, order[2 * i + 1] ?? 0);
  }
  for (let i = 0; i < 16; i++) chain[i] = (chain[i] ?? 0) ^ (state[i] ?? 0) ^ (state[i + 16] ?? 0);
}

/** The digest of `bytes` (less than 2^32 of them) in hexadecimal. */
export function blake2b256(bytes: Uint8Array): string {
  const chain = Uint32Array.from(IV);
  // The first word of the parameter block: digest length, no key, fan-out and depth one.
  chain[0] = (chain[0] ?? 0) ^ 0x0101_0000 ^ DIGEST_BYTES;
  const blocks = Math.max(1, Math.ceil(bytes.length / BLOCK_BYTES));
  const padded = new Uint8Array(blocks * BLOCK_BYTES);
  padded.set(bytes);
  for (let i = 0; i < blocks; i++) {
    const last = i === blocks - 1;
    const counted = last ? bytes.length : (i + 1) * BLOCK_BYTES;
    compress(chain, padded.subarray(i * BLOCK_BYTES, (i + 1) * BLOCK_BYTES), counted, last);
  }
  return [...new Uint8Array(chain.buffer, 0, DIGEST_BYTES)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
