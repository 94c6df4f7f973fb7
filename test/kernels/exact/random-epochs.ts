/** Random epochs that crowd the edges of every type; a seed gives the same epoch everywhere. */
import { type EpochInput, NO_COMMIT, type SparseRows } from "../../../kernels/epoch.ts";
import { drawer } from "../../../bench/epoch-cases.ts";

type Draw = () => number;

const below = (draw: Draw, limit: number): number => Math.floor((draw() * limit) / 65536);
const pick = <T>(draw: Draw, choices: readonly T[]): T => choices[below(draw, choices.length)] as T;
const wide = (draw: Draw): bigint =>
  (BigInt(draw()) << 48n) | (BigInt(draw()) << 32n) | (BigInt(draw()) << 16n) | BigInt(draw());

const U16_EDGES = [0, 1, 2, 6553, 32767, 32768, 45875, 58982, 65534, 65535];
const U64_MAX = (1n << 64n) - 1n;

interface RowShape {
  readonly density: number;
  readonly values: readonly number[] | null;
  readonly sorted: boolean;
  readonly duplicates: boolean;
}

function randomRow(draw: Draw, n: number, shape: RowShape): [number, number][] {
  const row: [number, number][] = [];
  const value = (): number => (shape.values === null ? draw() : pick(draw, shape.values));
  // Sometimes a row names uids that do not exist.
  const end = draw() < 3000 ? n + 3 : n;
  for (let j = 0; j < end; j++) if (draw() < shape.density * 65536) row.push([j, value()]);
  if (!shape.sorted)
    for (let k = row.length - 1; k > 0; k--) {
      const other = below(draw, k + 1);
      [row[k], row[other]] = [row[other] as [number, number], row[k] as [number, number]];
    }
  if (shape.duplicates && row.length > 0) row.push([pick(draw, row)[0], value()]);
  return row;
}

function randomRows(draw: Draw, n: number, holders: Uint8Array, shape: RowShape): SparseRows {
  const offsets = new Uint32Array(n + 1);
  const entries: [number, number][] = [];
  for (let i = 0; i < n; i++) {
    const style = draw();
    if (holders[i] === 1 || style < 2000) {
      if (style < 9000) {
        // A validator that weighs one miner only: W is exactly 1.0.
        entries.push([below(draw, n), 1 + below(draw, 65535)]);
      } else for (const entry of randomRow(draw, n, shape)) entries.push(entry);
    }
    offsets[i + 1] = entries.length;
  }
  return {
    offsets,
    uids: Uint16Array.from(entries, (entry) => entry[0]),
    values: Uint16Array.from(entries, (entry) => entry[1]),
  };
}

function randomStakes(draw: Draw, n: number): BigUint64Array {
  const style = below(draw, 8);
  return BigUint64Array.from({ length: n }, () => {
    if (style === 0) return 1_000_000_000n;
    if (style === 1) return BigInt(below(draw, 4));
    if (style === 2) return draw() < 20000 ? 0n : wide(draw);
    if (style === 3) return draw() < 30000 ? (1n << 63n) - 1n + BigInt(below(draw, 3)) : wide(draw) >> 20n;
    return draw() < 8000 ? 0n : wide(draw) >> BigInt(10 + below(draw, 40));
  });
}

/** The epoch of a seed, at most `largest` neurons. `plain` leaves out what never reaches the fast path. */
export function randomEpoch(seed: number, largest: number, plain = false): EpochInput {
  const draw = drawer(Math.imul(seed + 1, 0x9e3779b1));
  for (let k = 0; k < 8; k++) draw();
  const n = 1 + below(draw, largest);
  const validators = 1 + below(draw, Math.min(n, 1 + below(draw, n)));
  const block = BigInt(below(draw, 3) === 0 ? below(draw, 2000) : 1_000_000 + draw());
  const edge = (): number => (draw() < 30000 ? pick(draw, U16_EDGES) : draw());
  const fresh = draw() < 50000;
  const near = (): bigint => {
    const offset = BigInt(below(draw, 1200)) - 600n;
    return block + offset < 0n ? 0n : block + offset;
  };
  const permit = Uint8Array.from({ length: n }, (_, i) =>
    Number(i < validators ? draw() < 60000 : draw() < 1500),
  );
  const shape = (): RowShape => ({
    density: pick(draw, [0.02, 0.05, 0.1, 0.3, 0.6, 0.9, 1]),
    values: pick(draw, [null, null, [1], [65535], [0, 1, 65534, 65535], [0, 7], [32768, 65535]]),
    sorted: plain || draw() < 55000,
    duplicates: !plain && draw() < 1500,
  });
  const lms = draw() < 10000 ? 0n : block > 360n ? block - 360n : 0n;
  return {
    n,
    block,
    tempo: pick(draw, [1, 99, 360, 65534]),
    activityCutoff: pick(draw, [0n, 1n, 300n, 5000n, U64_MAX]),
    lastMechanismStepBlock: lms,
    kappa: plain || draw() < 45000 ? 20000 + below(draw, 30000) : edge(),
    bondsPenalty: draw() < 30000 ? 65535 : edge(),
    bondsMovingAverage: pick(
      draw,
      plain
        ? [900_000n, 975_000n, 1n, 999_999n]
        : [
            0n,
            1n,
            500_000n,
            900_000n,
            900_000n,
            975_000n,
            999_999n,
            1_000_000n,
            1_000_001n,
            1n << 62n,
            U64_MAX,
          ],
    ),
    yuma3: draw() < 44000,
    liquidAlpha: draw() < 35000,
    alphaLow: plain ? 1 + below(draw, 40000) : edge(),
    alphaHigh: plain ? 40000 + below(draw, 25536) : edge(),
    alphaSigmoidSteepness: pick(
      draw,
      plain
        ? [1000, 1000, -1000, 100, 137, 1799, -733]
        : [0, 1, 100, 200, -200, 1000, 1000, 1799, 1800, 1801, 3999, 4001, 32767, -32768, -1, 55],
    ),
    maxAllowedValidators: pick(draw, [0, 1, 3, 64, n, validators, 65535]),
    stakeThreshold: pick(draw, [0n, 0n, 1n, 1_000_000_000n, 1n << 40n, (1n << 63n) - 1n, U64_MAX]),
    taoWeight: pick(draw, [0n, 1n, 971718665099567868n, (1n << 32n) - 1n, 1n << 32n, U64_MAX - 1n, U64_MAX]),
    commitReveal: draw() < 20000,
    ownerUid: draw() < 40000 ? null : below(draw, n),
    raoEmission: pick(draw, [0n, 1n, 147_600_000_000n, 1n << 63n, U64_MAX]),
    alphaStake: randomStakes(draw, n),
    taoStake: randomStakes(draw, n),
    lastUpdate: BigUint64Array.from({ length: n }, () => (fresh ? block + 700n : near())),
    blockAtRegistration: BigUint64Array.from({ length: n }, () => (draw() < 55000 ? 0n : near())),
    commitBlocks: BigUint64Array.from({ length: n }, () => (draw() < 50000 ? NO_COMMIT : near())),
    validatorPermit: permit,
    weights: randomRows(draw, n, permit, shape()),
    bonds: randomRows(draw, n, permit, shape()),
  };
}
