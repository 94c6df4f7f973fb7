/**
 * The network of the consensus guarantee map: a majority and a minority, each with validators and servers in proportion
 * to its stake, both spending part of their weight on the other side (golden/epoch.md, "Consensus guarantees map").
 */

/** Uids of a network: validators first, then servers. */
export const NEURONS = 512;
export const VALIDATORS = 64;
export const SERVERS = NEURONS - VALIDATORS;

/** Rao of all stake: 21 million. */
const TOTAL_STAKE_PER_PERCENT = 210_000_000_000_000n;

/** Where the random sizes come from: stakes and weights in any unit, each at least 0. */
export interface SampleSource {
  /** The next stake inside a side. */
  stake(): number;
  /** The next weight towards a server. */
  weight(): number;
}

/** What is random in a network; the same for every point of the grid. */
export interface Samples {
  readonly majorStakePercent: number;
  /** The first validators, and the first servers, are the majority. */
  readonly majorValidators: number;
  readonly majorServers: number;
  /** Rao per uid. */
  readonly stakes: BigUint64Array;
  /** Per validator the size of its weight towards each server. */
  readonly weights: readonly Float64Array[];
}

/** The part of `count` that the majority has; both sides have at least one. */
function majorPart(count: number, percent: number): number {
  return Math.min(count - 1, Math.max(1, Math.floor((count * percent) / 100)));
}

/** Draws a network: stakes of the majority, of the minority, then the weights row by row. */
export function drawSamples(source: SampleSource, majorStakePercent: number): Samples {
  const majorValidators = majorPart(VALIDATORS, majorStakePercent);
  const majorServers = majorPart(SERVERS, majorStakePercent);
  const sizes = Array.from({ length: VALIDATORS }, () => source.stake());
  const stakes = new BigUint64Array(NEURONS);
  const fill = (start: number, end: number, percent: number): void => {
    const total = BigInt(percent) * TOTAL_STAKE_PER_PERCENT;
    // Sizes become whole numbers of 2^-40 units, exact for the integer source.
    const parts = sizes.slice(start, end).map((size) => BigInt(Math.floor(size * 0x100_0000_0000)));
    const sum = parts.reduce((all, part) => all + part, 0n);
    for (const [k, part] of parts.entries()) stakes[start + k] = sum === 0n ? 0n : (part * total) / sum;
  };
  fill(0, majorValidators, majorStakePercent);
  fill(majorValidators, VALIDATORS, 100 - majorStakePercent);
  const weights = Array.from({ length: VALIDATORS }, () =>
    Float64Array.from({ length: SERVERS }, () => source.weight()),
  );
  return { majorStakePercent, majorValidators, majorServers, stakes, weights };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/**
 * A validator's weights, u16 per server: `percent` on its own side, the rest on the other, scaled so that the largest is
 * 65535. Quotients are floors of exact numbers below 2^53 over divisors below 2^36, which doubles cannot miss.
 */
export function weightsRow(samples: Samples, validator: number, percent: number): Uint16Array {
  const { majorServers, majorValidators } = samples;
  const sizes = samples.weights[validator] as Float64Array;
  const onMajor = validator < majorValidators ? percent : 100 - percent;
  const row = new Uint16Array(SERVERS);
  const fill = (start: number, end: number, part: number): void => {
    const divisor = 100 * sumOf(sizes.subarray(start, end));
    if (divisor === 0) return;
    for (let k = start; k < end; k++) row[k] = Math.floor((part * 65535 * (sizes[k] as number)) / divisor);
  };
  fill(0, majorServers, onMajor);
  fill(majorServers, SERVERS, 100 - onMajor);
  return upscale(row);
}

const TWO_32 = 0x1_0000_0000;
const HALF = 0x8000_0000;

/** The chain's max-upscale of a u16 row. */
function upscale(row: Uint16Array): Uint16Array {
  const largest = row.reduce((all, value) => Math.max(all, value), 0);
  if (largest === 0) return row;
  if (largest > 32768) {
    const factor = Math.floor((65535 * TWO_32) / largest);
    return row.map((value) => Math.min(65535, Math.floor((value * factor + HALF) / TWO_32)));
  }
  // floor(value * 65535 * 2^32 / largest) rounded to 32 bits, its whole part taken first: it would not fit a double.
  return row.map((value) => {
    const rest = (value * 65535) % largest;
    return (value * 65535 - rest) / largest + Number(Math.floor((rest * TWO_32) / largest) >= HALF);
  });
}

/**
 * How far validators disagree: the stake-weighted mean absolute deviation of the weights of each server from their
 * stake-weighted mean, summed over servers and divided by the sum of the means.
 * @param majorWeight percent that major validators spend on their own side, `minorWeight` the same of the minority
 */
export function averageWeightDeviation(samples: Samples, majorWeight: number, minorWeight: number): number {
  const { majorServers, majorValidators, stakes } = samples;
  const stake = Array.from({ length: VALIDATORS }, (_, i) => Number(stakes[i]));
  const total = stake.reduce((sum, part) => sum + part, 0);
  const rows = samples.weights.map((sizes, i) => {
    const onMajor = i < majorValidators ? majorWeight : 100 - minorWeight;
    const major = 100 * sumOf(sizes.subarray(0, majorServers));
    const minor = 100 * sumOf(sizes.subarray(majorServers));
    return sizes.map((size, j) =>
      j < majorServers ? (onMajor * size) / major : ((100 - onMajor) * size) / minor,
    );
  });
  let deviations = 0;
  let means = 0;
  for (let j = 0; j < SERVERS; j++) {
    const mean = rows.reduce((sum, row, i) => sum + (stake[i] as number) * (row[j] as number), 0) / total;
    const spread = rows.reduce(
      (sum, row, i) => sum + (stake[i] as number) * Math.abs((row[j] as number) - mean),
      0,
    );
    means += mean;
    deviations += spread / total;
  }
  return deviations / means;
}
