/**
 * A second, slow implementation of the epoch in plain BigInt, written from spec/epoch.md and spec/numbers.md alone, for
 * comparison with the kernel. It shares no code with it.
 */
import { type EpochInput, type EpochOutput, NO_COMMIT, type SparseRows } from "../../../kernels/epoch.ts";

type Row = [uid: number, value: bigint][];

const ONE = 1n << 32n;
const MAX32 = (1n << 63n) - 1n;
const MIN32 = -(1n << 63n);
const MAX64 = (1n << 127n) - 1n;
const MIN64 = -(1n << 127n);
const U64_MAX = (1n << 64n) - 1n;

const clampTo = (value: bigint, low: bigint, high: bigint): bigint =>
  value < low ? low : value > high ? high : value;
const clamp32 = (value: bigint): bigint => clampTo(value, MIN32, MAX32);
const wrap32 = (value: bigint): bigint => BigInt.asIntN(64, value);
const sumWrapping = (values: readonly bigint[]): bigint =>
  wrap32(values.reduce((sum, value) => sum + value, 0n));
const fits32 = (value: bigint): boolean => value >= MIN32 && value <= MAX32;

/** floor(a * b / 2^32), saturating; >> of BigInt floors. */
export const mul = (a: bigint, b: bigint): bigint => clamp32((a * b) >> 32n);
/** trunc(a * 2^32 / b), saturating; / of BigInt truncates. */
export const div = (a: bigint, b: bigint): bigint => clamp32((a << 32n) / b);
export const safeDiv = (a: bigint, b: bigint): bigint => {
  if (b === 0n) return 0n;
  const quotient = (a << 32n) / b;
  return fits32(quotient) ? quotient : 0n;
};
export const add = (a: bigint, b: bigint): bigint => clamp32(a + b);
export const sub = (a: bigint, b: bigint): bigint => clamp32(a - b);
export const proportion = (x: number): bigint => (BigInt(x) << 32n) / 65535n;
export const toU16 = (raw: bigint): number => Number(clampTo(clamp32(raw * 65535n) >> 32n, 0n, 65535n));
const normalise = (values: readonly bigint[]): bigint[] => {
  const sum = sumWrapping(values);
  return sum === 0n ? [...values] : values.map((value) => safeDiv(value, sum));
};

/** spec/numbers.md 7.1 for I32F32, 7.2 for the clamp. */
export function expSafe(argument: bigint): bigint {
  const x = clampTo(argument, -20n * ONE, 20n * ONE);
  if (x === 0n) return ONE;
  if (x === ONE) return 22802600n << 9n;
  const positive = x < 0n ? -x : x;
  let result = positive + ONE;
  let term = positive;
  for (let i = 2n; i <= 31n; i++) {
    term = ((term * positive) >> 32n) / i;
    result += term;
  }
  return x < 0n ? (ONE << 32n) / result : result;
}

const zeros = (n: number): bigint[] => Array.from({ length: n }, () => 0n);

const toRows = ({ offsets, uids, values }: SparseRows): [number, number][][] =>
  Array.from({ length: offsets.length - 1 }, (_, i) => {
    const row: [number, number][] = [];
    for (let k = offsets[i] as number; k < (offsets[i + 1] as number); k++)
      row.push([uids[k] as number, values[k] as number]);
    return row;
  });

const at = (values: ArrayLike<bigint>, index: number): bigint => values[index] as bigint;

function stakeWeights(input: EpochInput): bigint[] {
  const whole = (x: bigint): bigint => clampTo(x << 64n, MIN64, MAX64);
  const taoWeight = ((input.taoWeight << 32n) / U64_MAX) << 32n;
  const stakes = Array.from({ length: input.n }, (_, i) => {
    const tao = clampTo((whole(at(input.taoStake, i)) * taoWeight) >> 64n, MIN64, MAX64);
    const stake = clampTo(whole(at(input.alphaStake, i)) + tao, MIN64, MAX64);
    return stake >> 64n < input.stakeThreshold && i !== input.ownerUid ? 0n : stake;
  });
  const sum = BigInt.asIntN(
    128,
    stakes.reduce((total, stake) => total + stake, 0n),
  );
  return stakes.map((stake) => {
    if (sum === 0n) return clamp32(stake >> 32n);
    const quotient = (stake << 64n) / sum;
    return quotient < MIN64 || quotient > MAX64 ? 0n : clamp32(quotient >> 32n);
  });
}

function newPermits(input: EpochInput, stake: readonly bigint[]): boolean[] {
  const permits = stake.map((share) => share !== 0n);
  if (input.n >= input.maxAllowedValidators) {
    const order = stake.map((_, i) => i);
    order.sort((a, b) => (at(stake, a) < at(stake, b) ? -1 : at(stake, a) > at(stake, b) ? 1 : a - b));
    for (const i of order.slice(0, input.n - input.maxAllowedValidators)) permits[i] = false;
  }
  if (input.ownerUid !== null && input.ownerUid < input.n) permits[input.ownerUid] = true;
  return permits;
}

function maskedWeights(input: EpochInput, permit: readonly boolean[]): Row[] {
  return toRows(input.weights).map((stored, i) => {
    if (permit[i] !== true) return [];
    const row: Row = [];
    for (const [j, value] of stored) {
      if (j >= input.n || (i === j && i !== input.ownerUid)) continue;
      const registered = at(input.blockAtRegistration, j);
      if (at(input.lastUpdate, i) <= registered) continue;
      const commit = at(input.commitBlocks, i);
      if (input.commitReveal && (commit === NO_COMMIT ? U64_MAX : commit) < registered) continue;
      row.push([j, BigInt(value) << 32n]);
    }
    const sum = sumWrapping(row.map(([, value]) => value));
    return sum === 0n ? row : row.map(([j, value]) => [j, safeDiv(value, sum)]);
  });
}

/** Section 6.1, by the first definition, value by value. */
function consensusOf(weights: readonly Row[], active: readonly bigint[], kappa: bigint, n: number): bigint[] {
  const voters = active.flatMap((stake, i) => (stake > 0n ? [i] : []));
  const stakes = normalise(voters.map((i) => at(active, i)));
  const minority = sub(sumWrapping(stakes), kappa);
  const dense = voters.map((i) => {
    const scores = zeros(n);
    for (const [j, value] of weights[i] as Row) scores[j] = value;
    return scores;
  });
  return Array.from({ length: n }, (_, j) => {
    if (voters.length === 0) return 0n;
    const scores = dense.map((row) => at(row, j));
    const candidates = [...scores].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    for (const candidate of candidates) {
      const below = sumWrapping(stakes.filter((_, k) => at(scores, k) <= candidate));
      if (below > minority) return candidate;
    }
    return candidates.at(-1)!;
  });
}

function columnSums(rows: readonly Row[], n: number): bigint[] {
  const sums = zeros(n);
  for (const row of rows) for (const [j, value] of row) sums[j] = add(at(sums, j), value);
  return sums;
}

function overColumns(rows: readonly Row[], divisors: readonly bigint[]): Row[] {
  return rows.map((row) =>
    row.map(([j, value]) => [j, at(divisors, j) === 0n ? value : safeDiv(value, at(divisors, j))]),
  );
}

function mixed(weights: readonly Row[], clipped: readonly Row[], penalty: bigint, n: number): Row[] {
  if (penalty === 0n) return [...weights];
  if (penalty === ONE) return [...clipped];
  return weights.map((row, i) => {
    const x = new Map(row);
    const y = new Map(clipped[i] as Row);
    const out: Row = [];
    for (let j = 0; j < n; j++) {
      const weight = x.get(j) ?? 0n;
      const value = add(weight, mul(penalty, sub(y.get(j) ?? 0n, weight)));
      if (value > 0n) out.push([j, value]);
    }
    return out;
  });
}

function fixedAverage(fresh: readonly Row[], old: readonly Row[], alpha: bigint, n: number): Row[] {
  return fresh.map((row, i) => {
    const dense = zeros(n);
    for (const [j, value] of row) dense[j] = add(at(dense, j), mul(alpha, value));
    for (const [j, value] of old[i] as Row) dense[j] = add(at(dense, j), mul(sub(ONE, alpha), value));
    return dense.flatMap((value, j): Row => (value > 0n ? [[j, value]] : []));
  });
}

/** Section 7.5: the walk over a row that is assumed to be sorted. */
function walk(row: Row, n: number): bigint[] {
  let p = 0;
  return Array.from({ length: n }, (_, j) => {
    while (p < row.length && (row[p] as [number, bigint])[0] < j) p++;
    const entry = row[p];
    return entry !== undefined && entry[0] === j ? entry[1] : 0n;
  });
}

export function liquidRate(input: EpochInput, weight: bigint, bond: bigint, consensus: bigint): bigint {
  const low = proportion(input.alphaLow);
  const high = proportion(input.alphaHigh);
  const d = clampTo(weight >= bond ? sub(weight, consensus) : sub(bond, weight), 0n, ONE);
  const slope = div(BigInt(input.alphaSigmoidSteepness) << 32n, -100n << 32n);
  const sigma = div(ONE, add(ONE, expSafe(mul(slope, sub(d, ONE / 2n)))));
  const rate = add(low, mul(sigma, sub(high, low)));
  // Upper bound first: the lower one wins where they cross.
  const capped = rate > high ? high : rate;
  return capped < low ? low : capped;
}

function liquidAverage(
  input: EpochInput,
  fresh: readonly Row[],
  old: readonly Row[],
  consensus: readonly bigint[],
): Row[] {
  return fresh.map((row, i) => {
    const seenWeights = walk(row, input.n);
    const seenBonds = walk(old[i] as Row, input.n);
    const bonds = new Map(old[i] as Row);
    return row.flatMap(([j, weight]): Row => {
      const rate = liquidRate(input, at(seenWeights, j), at(seenBonds, j), at(consensus, j));
      const gain = mul(rate, weight);
      const value = add(mul(sub(ONE, rate), bonds.get(j) ?? 0n), gain > 0n ? gain : 0n);
      const capped = value > ONE ? ONE : value;
      return capped > 0n ? [[j, capped]] : [];
    });
  });
}

function fixedRate(input: EpochInput): bigint {
  const average = clampTo(input.bondsMovingAverage << 64n, MIN64, MAX64);
  const quotient = (average << 64n) / (1_000_000n << 64n);
  return sub(ONE, clamp32(quotient >> 32n));
}

function fromRows(rows: readonly Row[]): SparseRows {
  const offsets = new Uint32Array(rows.length + 1);
  for (const [i, row] of rows.entries()) offsets[i + 1] = (offsets[i] as number) + row.length;
  const entries = rows.flat();
  return {
    offsets,
    uids: Uint16Array.from(entries, ([j]) => j),
    values: Uint16Array.from(entries, ([, value]) => toU16(value)),
  };
}

export function referenceEpoch(input: EpochInput): EpochOutput {
  const { n } = input;
  const stake = stakeWeights(input);
  const permits = newPermits(input, stake);
  const active = Array.from({ length: n }, (_, i) => {
    const until = at(input.lastUpdate, i) + input.activityCutoff;
    return (until > U64_MAX ? U64_MAX : until) >= input.block;
  });
  const permit = Array.from({ length: n }, (_, i) => input.validatorPermit[i] === 1 || i === input.ownerUid);
  const activeStake = normalise(
    stake.map((share, i) => (active[i] === true && permit[i] === true ? share : 0n)),
  );

  const weights = maskedWeights(input, permit);
  const consensus = consensusOf(weights, activeStake, proportion(input.kappa), n);
  const clipped = weights.map((row) =>
    row.flatMap(([j, value]): Row => {
      const limit = at(consensus, j);
      if (limit >= value) return [[j, value]];
      return limit > 0n ? [[j, limit]] : [];
    }),
  );
  const trust = clipped.map((row) => sumWrapping(row.map(([, value]) => value)));
  const ranks = zeros(n);
  for (const [i, row] of clipped.entries())
    for (const [j, value] of row) ranks[j] = add(at(ranks, j), mul(at(activeStake, i), value));
  const incentive = normalise(ranks);

  const fresh = mixed(weights, clipped, proportion(input.bondsPenalty), n);
  const masked =
    input.lastMechanismStepBlock === 0n
      ? input.block > BigInt(input.tempo)
        ? input.block - BigInt(input.tempo)
        : 0n
      : input.lastMechanismStepBlock === U64_MAX
        ? U64_MAX
        : input.lastMechanismStepBlock + 1n;
  const old = toRows(input.bonds).map((row) =>
    row.flatMap(([j, value]): Row => {
      if (j >= n || masked <= at(input.blockAtRegistration, j)) return [];
      return [[j, input.yuma3 ? proportion(value) : BigInt(value) << 32n]];
    }),
  );
  let stored: Row[];
  let raw: bigint[];
  const earned = (rows: readonly Row[]): bigint[] =>
    rows.map((row) => sumWrapping(row.map(([j, value]) => mul(value, at(incentive, j)))));
  if (input.yuma3) {
    const liquid = input.liquidAlpha && consensus.some((value) => value !== 0n);
    stored = liquid
      ? liquidAverage(input, fresh, old, consensus)
      : fixedAverage(fresh, old, fixedRate(input), n);
    raw = earned(overColumns(stored, columnSums(stored, n))).map((total, i) => {
      const product = (total * at(activeStake, i)) >> 32n;
      return fits32(product) ? product : 0n;
    });
  } else {
    const bonds = overColumns(old, columnSums(old, n));
    const bought = fresh.map((row, i): Row => row.map(([j, value]) => [j, mul(value, at(activeStake, i))]));
    const purchases = overColumns(bought, columnSums(bought, n));
    const averaged = fixedAverage(purchases, bonds, fixedRate(input), n);
    const shares = overColumns(averaged, columnSums(averaged, n));
    raw = earned(shares);
    const largest = zeros(n);
    for (const row of shares) for (const [j, value] of row) if (value > at(largest, j)) largest[j] = value;
    stored = overColumns(shares, largest);
  }
  const dividends = normalise(raw);

  const both = incentive.map((value, i) => add(value, at(dividends, i)));
  const sum = sumWrapping(both);
  const rao = (value: bigint): bigint => clampTo((value * input.raoEmission) >> 32n, 0n, U64_MAX);
  const fallback = sumWrapping(activeStake) === 0n ? stake : activeStake;
  const emitted = (values: readonly bigint[], without: readonly bigint[] | null): BigUint64Array =>
    BigUint64Array.from(values, (value, i) =>
      sum !== 0n ? rao(safeDiv(value, sum)) : without === null ? 0n : rao(at(without, i)),
    );
  return {
    stakeWeight: Uint16Array.from(stake, toU16),
    consensus: Uint16Array.from(consensus, toU16),
    incentive: Uint16Array.from(incentive, toU16),
    dividends: Uint16Array.from(dividends, toU16),
    validatorTrust: Uint16Array.from(trust, toU16),
    active: Uint8Array.from(active, Number),
    newValidatorPermit: Uint8Array.from(permits, Number),
    serverEmission: emitted(incentive, null),
    validatorEmission: emitted(dividends, fallback),
    emission: emitted(both, fallback),
    bonds: fromRows(stored.map((row, i) => (permits[i] === true ? row : []))),
    consensusRaw: BigInt64Array.from(consensus),
    incentiveRaw: BigInt64Array.from(incentive),
    dividendsRaw: BigInt64Array.from(dividends),
    validatorTrustRaw: BigInt64Array.from(trust),
    activeStakeRaw: BigInt64Array.from(activeStake),
  };
}
