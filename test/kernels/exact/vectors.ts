/** Reads the chain's epoch vectors and compares an epoch with what a vector expects. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type EpochInput, type EpochOutput, NO_COMMIT, type SparseRows } from "../../../kernels/epoch.ts";

type Rows = readonly (readonly (readonly [number, number])[])[];

/** One line of test/golden/epoch-*.jsonl.gz; the members are described in the vectors' schema. */
export interface EpochVector {
  readonly name: string;
  readonly n: number;
  readonly out: Readonly<Record<string, readonly (string | number | boolean)[]>> & {
    readonly bonds: unknown;
  };
  readonly [member: string]: unknown;
}

export function readVectors(file: string): EpochVector[] {
  const bytes = readFileSync(new URL(`../../golden/${file}`, import.meta.url));
  const text = gunzipSync(bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EpochVector);
}

export function toSparseRows(rows: Rows): SparseRows {
  const offsets = new Uint32Array(rows.length + 1);
  for (const [uid, row] of rows.entries()) offsets[uid + 1] = (offsets[uid] as number) + row.length;
  const entries = rows.flat();
  return {
    offsets,
    uids: Uint16Array.from(entries, (entry) => entry[0]),
    values: Uint16Array.from(entries, (entry) => entry[1]),
  };
}

export function fromSparseRows({ offsets, uids, values }: SparseRows): [number, number][][] {
  const rows: [number, number][][] = [];
  for (let uid = 0; uid + 1 < offsets.length; uid++) {
    const row: [number, number][] = [];
    for (let k = offsets[uid] as number; k < (offsets[uid + 1] as number); k++)
      row.push([uids[k] as number, values[k] as number]);
    rows.push(row);
  }
  return rows;
}

export function vectorInput(vector: EpochVector): EpochInput {
  const big = (member: string): bigint => BigInt(vector[member] as string | number);
  const bigs = (member: string): BigUint64Array =>
    BigUint64Array.from(vector[member] as (string | number | null)[], (value) =>
      value === null ? NO_COMMIT : BigInt(value),
    );
  const number = (member: string): number => vector[member] as number;
  return {
    n: vector.n,
    block: big("block"),
    tempo: number("tempo"),
    activityCutoff: big("activity_cutoff"),
    lastMechanismStepBlock: big("last_mechanism_step_block"),
    kappa: number("kappa"),
    bondsPenalty: number("bonds_penalty"),
    bondsMovingAverage: big("bonds_moving_average"),
    yuma3: vector["yuma3"] as boolean,
    liquidAlpha: vector["liquid_alpha"] as boolean,
    alphaLow: number("alpha_low"),
    alphaHigh: number("alpha_high"),
    alphaSigmoidSteepness: number("alpha_sigmoid_steepness"),
    maxAllowedValidators: number("max_allowed_validators"),
    stakeThreshold: big("stake_threshold"),
    taoWeight: big("tao_weight"),
    commitReveal: vector["commit_reveal"] as boolean,
    ownerUid: vector["owner_uid"] as number | null,
    raoEmission: big("rao_emission"),
    alphaStake: bigs("alpha_stake"),
    taoStake: bigs("tao_stake"),
    lastUpdate: bigs("last_update"),
    blockAtRegistration: bigs("block_at_registration"),
    commitBlocks: bigs("commit_blocks"),
    validatorPermit: Uint8Array.from(vector["validator_permit"] as boolean[], Number),
    weights: toSparseRows(vector["weights"] as Rows),
    bonds: toSparseRows(vector["bonds"] as Rows),
  };
}

const COLUMNS: readonly [keyof EpochOutput, string][] = [
  ["stakeWeight", "stake_weight"],
  ["consensus", "consensus"],
  ["incentive", "incentive"],
  ["dividends", "dividends"],
  ["validatorTrust", "validator_trust"],
  ["active", "active"],
  ["newValidatorPermit", "new_validator_permit"],
  ["serverEmission", "server_emission"],
  ["validatorEmission", "validator_emission"],
  ["emission", "emission"],
  ["consensusRaw", "consensus_raw"],
  ["incentiveRaw", "incentive_raw"],
  ["dividendsRaw", "dividends_raw"],
  ["validatorTrustRaw", "validator_trust_raw"],
  ["activeStakeRaw", "active_stake_raw"],
];

/** The first difference between an epoch and a vector's `out`, or null. */
export function firstDifference(output: EpochOutput, vector: EpochVector): string | null {
  for (const [name, member] of COLUMNS) {
    const column = output[name] as Uint16Array | BigInt64Array;
    const expected = vector.out[member] ?? [];
    if (column.length !== expected.length) return `${member}: ${column.length} values for ${expected.length}`;
    for (const [uid, value] of column.entries())
      if (BigInt(value) !== BigInt(expected[uid] as string | number | boolean))
        return `${member}[${uid}]: ${value}, expected ${expected[uid]}`;
  }
  const rows = fromSparseRows(output.bonds);
  const expectedRows = vector.out.bonds as Rows;
  for (const [uid, row] of rows.entries())
    if (JSON.stringify(row) !== JSON.stringify(expectedRows[uid]))
      return `bonds[${uid}]: ${JSON.stringify(row)}, expected ${JSON.stringify(expectedRows[uid])}`;
  return rows.length === expectedRows.length ? null : `bonds: ${rows.length} rows for ${expectedRows.length}`;
}
