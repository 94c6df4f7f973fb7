/** One rule of the chain, changed. */
export interface Mutation {
  /** What the mutant computes instead. */
  readonly name: string;
  /** Below kernels/exact/assembly. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The columns that `yumasim check` may name first: those that the changed rule computes. */
  readonly column: RegExp;
}

/** Single rules of the epoch: roundings, comparisons, the order of ties, constants. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: "the TAO weight is rounded up",
    file: "stake.ts",
    find: "u64(ONE) : stored >> 32",
    replace: "u64(ONE) : (stored >> 32) + 1",
    column: /^neurons\.(stake_weight|consensus_raw|incentive_raw)$/,
  },
  {
    name: "stake at the threshold does not count",
    file: "stake.ts",
    find: "load<u64>(at, 8) < threshold",
    replace: "load<u64>(at, 8) <= threshold",
    column: /^neurons\.stake_weight$/,
  },
  {
    name: "the owner must reach the threshold",
    file: "stake.ts",
    find: "< threshold && uid != owner",
    replace: "< threshold",
    column: /^neurons\.stake_weight$/,
  },
  {
    name: "shares of stake are rounded up",
    file: "wide.ts",
    find: "return i64(quotient);\n}\n\n/**\n * The general case",
    replace: "return i64(quotient + 1);\n}\n\n/**\n * The general case",
    column: /^neurons\.(stake_weight|consensus_raw)$/,
  },
  {
    name: "a neuron at the activity cutoff is inactive",
    file: "stake.ts",
    find: "load<u64>(at64(lastUpdate, uid)) >= oldest",
    replace: "load<u64>(at64(lastUpdate, uid)) > oldest",
    column: /^neurons\.active$/,
  },
  {
    name: "among equal stakes the lower uid gets the permit",
    file: "stake.ts",
    find: "stakeA == stakeB && a < b",
    replace: "stakeA == stakeB && a > b",
    column: /^neurons\.validator_permit$/,
  },
  {
    name: "one permit more",
    file: "stake.ts",
    find: "const limit = i32(parameter(subnet, L.MAX_ALLOWED_VALIDATORS));",
    replace: "const limit = i32(parameter(subnet, L.MAX_ALLOWED_VALIDATORS)) + 1;",
    column: /^neurons\.validator_permit$/,
  },
  {
    name: "the owner needs stake for a permit",
    file: "stake.ts",
    find: "if (owner >= 0 && owner < n) store<u8>(permit + usize(owner), 1);",
    replace: "",
    column: /^neurons\.validator_permit$/,
  },
  {
    name: "inactive validators vote",
    file: "stake.ts",
    find: "load<u8>(active + usize(uid)) != 0 && hasPermit(subnet, uid, owner)",
    replace: "hasPermit(subnet, uid, owner)",
    column: /^neurons\.(consensus|incentive|validator_trust|dividends)_raw$|^bonds\.bond$/,
  },
  {
    name: "weights from the block of a registration count",
    file: "fast/weights.ts",
    find: "if (load<u64>(at64(pointer(subnet, L.LAST_UPDATE), i)) <= registration) return true;",
    replace: "if (load<u64>(at64(pointer(subnet, L.LAST_UPDATE), i)) < registration) return true;",
    column: /^neurons\.(consensus|incentive|validator_trust)_raw$/,
  },
  {
    name: "a consensus needs more than kappa",
    file: "fast/columns.ts",
    find: "kappa = fromProportion(u64(parameter(subnet, L.KAPPA)));",
    replace: "kappa = fromProportion(u64(parameter(subnet, L.KAPPA))) + 1;",
    column: /^neurons\.consensus_raw$/,
  },
  {
    name: "weights above consensus are not clipped",
    file: "fast/consensus.ts",
    find: "let clipped = i32x4.min_u(v128.load(weights), limit0);",
    replace: "let clipped = v128.load(weights);",
    column: /^neurons\.(incentive|validator_trust)_raw$/,
  },
  {
    name: "every product of a rank is rounded to the nearest",
    file: "fast/consensus.ts",
    find: "rank0 = i32x4.add(rank0, multiplyLanes(v128.load(stake), clipped));",
    replace:
      "rank0 = i32x4.add(rank0, v128.shuffle<u32>(i64x2.add(i64x2.extmul_low_i32x4_u(v128.load(stake), clipped), i64x2.splat(2147483648)), i64x2.add(i64x2.extmul_high_i32x4_u(v128.load(stake), clipped), i64x2.splat(2147483648)), 1, 3, 5, 7));",
    column: /^neurons\.incentive_raw$/,
  },
  {
    name: "a part of a validator's trust is lost",
    file: "fast/packed.ts",
    find: "store<u64>(trust, load<u64>(trust) + i64x2.extract_lane(sums, 0));",
    replace: "store<u64>(trust, load<u64>(trust) + (i64x2.extract_lane(sums, 0) & ~1));",
    column: /^neurons\.validator_trust_raw$/,
  },
  {
    name: "shares are divided to the nearest",
    file: "fixed.ts",
    find: "return i64((u64(a) << 32) / u64(b));",
    replace: "return i64(((u64(a) << 32) + (u64(b) >> 1)) / u64(b));",
    column: /^neurons\.(consensus|incentive)_raw$/,
  },
  {
    name: "the bonds penalty rounds the other way",
    file: "fast/bonds.ts",
    find: "const ceiling = i32x4.add(i32x4.add(whole, i32x4.splat(1)), isWhole);",
    replace: "const ceiling = whole;",
    column: /^neurons\.dividends_raw$|^bonds\.bond$/,
  },
  {
    name: "a proportion is x / 65536",
    file: "fixed.ts",
    find: "return i64(x * 65537 + u64(x == 65535));",
    replace: "return i64(x * 65536);",
    column: /^neurons\.|^bonds\.bond$/,
  },
  {
    name: "a stored bond is b / 65536",
    file: "fast/bonds.ts",
    find: "return v128.or(bond, i32x4.shl(bond, 16));",
    replace: "return i32x4.shl(bond, 16);",
    column: /^neurons\.dividends_raw$|^bonds\.bond$/,
  },
  {
    name: "old bonds lose a unit more",
    file: "fast/bonds.ts",
    find: "rest = ONE - alpha;",
    replace: "rest = ONE - alpha - 1;",
    column: /^neurons\.dividends_raw$|^bonds\.bond$/,
  },
  {
    name: "proportions in lanes, stored bonds among them, are rounded to the nearest",
    file: "fast/lanes.ts",
    find: "return i32x4.shr_u(i32x4.sub(y, i32x4.shr_u(y, 16)), 16);",
    replace: "return i32x4.shr_u(i32x4.add(i32x4.sub(y, i32x4.shr_u(y, 16)), i32x4.splat(32768)), 16);",
    column: /^bonds\.bond$|^neurons\.(consensus|incentive|dividends|validator_trust)$/,
  },
  {
    name: "a bond's share of its column is rounded up",
    file: "fast/bonds.ts",
    find: "f64x2.floor(f64x2.mul(f64x2.convert_low_i32x4_s(bond), low)),",
    replace: "f64x2.ceil(f64x2.mul(f64x2.convert_low_i32x4_s(bond), low)),",
    column: /^neurons\.dividends_raw$|^bonds\.bond$/,
  },
  {
    name: "products of shares and incentive are rounded up",
    file: "fast/packed.ts",
    find: "const product = multiplyLanes(v128.load(shares), incentive);",
    replace:
      "const product = i32x4.add(multiplyLanes(v128.load(shares), incentive), v128.and(i32x4.splat(1), i32x4.ne(v128.load(shares), i32x4.splat(0))));",
    column: /^neurons\.dividends_raw$/,
  },
  {
    name: "dividends do not depend on stake",
    file: "fast/bonds.ts",
    find: "sum = multiply(sum, stake);",
    replace: "sum = multiply(sum, ONE);",
    column: /^neurons\.dividends_raw$/,
  },
  {
    name: "liquid alpha buys by the distance from nothing",
    file: "fast/liquid.ts",
    find: "f64x2.pmax(f64x2.splat(0), f64x2.sub(weight, consensus))",
    replace: "f64x2.pmax(f64x2.splat(0), weight)",
    column: /^neurons\.dividends_raw$|^bonds\.bond$/,
  },
  {
    name: "liquid alpha's sigmoid turns elsewhere",
    file: "fast/liquid.ts",
    find: "const u = f64x2.sub(d, f64x2.splat(2147483648.0));",
    replace: "const u = f64x2.sub(d, f64x2.splat(2147483649.0));",
    column: /^neurons\.dividends_raw$|^bonds\.bond$/,
  },
  {
    name: "proportions are rounded to the nearest",
    file: "fixed.ts",
    find: "return u16((u64(raw) * 65535) >> 32);",
    replace: "return u16((u64(raw) * 65535 + (1 << 31)) >> 32);",
    column: /^neurons\.(stake_weight|consensus|incentive|dividends|validator_trust)$/,
  },
  {
    name: "rao are rounded to the nearest",
    file: "fixed.ts",
    find: "return (high << 32) | ((u64(raw) * rao) >> 32);",
    replace: "return ((high << 32) | ((u64(raw) * rao) >> 32)) + (((u64(raw) * rao) >> 31) & 1);",
    column: /^neurons\.(server_emission|validator_emission|emission)$/,
  },
  {
    name: "the combined emission is the sum of its parts",
    file: "fast/emission.ts",
    find: "const hasBoth = v128.and(i64x2.ne(servers, zero), i64x2.ne(validators, zero));",
    replace: "const hasBoth = zero;",
    column: /^neurons\.emission$/,
  },
  {
    name: "without weights all stake earns",
    file: "emission.ts",
    find: "if (sum == 0) share = pointer(subnet, L.STAKE_WEIGHT_RAW);",
    replace: "share = pointer(subnet, L.STAKE_WEIGHT_RAW);",
    column: /^neurons\.(validator_emission|emission)$/,
  },
  {
    name: "the price of a registration decays with rounding up",
    file: "economy/prices.ts",
    find: "let decayed = (multiplyHigh(burn, factor) << 32) | ((burn * factor) >> 32);",
    replace: "let decayed = ((multiplyHigh(burn, factor) << 32) | ((burn * factor) >> 32)) + 1;",
    column: /^(pools\.(burn|alpha_out)|accounts\.balance|calls\..*|events\.amount)$/,
  },
  {
    name: "the slow price moves half as fast",
    file: "economy/prices.ts",
    find: "const total = age + halving;",
    replace: "const total = age + 2 * halving;",
    column: /^(pools|calls|stakes|accounts|blocks|events)\./,
  },
  {
    name: "a block emits a rao less alpha",
    file: "economy/terms.ts",
    find: "1000000000 >> u64(halvings)",
    replace: "999999999 >> u64(halvings)",
    column: /^(pools|events|stakes|accounts|blocks)\./,
  },
  {
    name: "the owner's cut is of 65,536",
    file: "economy/terms.ts",
    find: "divideWide(0, u64(ownerCut) << 32, 65535)",
    replace: "divideWide(0, u64(ownerCut) << 32, 65536)",
    column: /^(pools|events|stakes|accounts|blocks)\./,
  },
];
