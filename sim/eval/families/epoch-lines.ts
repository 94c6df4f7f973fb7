import { type EpochInput, type EpochOutput, NO_COMMIT, type SparseRows } from "../../../kernels/epoch.ts";
import { InputError } from "../../errors.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import { arrayMember, booleanMember, expectMembers, integerMember, unsignedText } from "../members.ts";

const U16_MAX = 0xffff;

/** The members of a line beside `name` and `out`, as golden/epoch.md lists them. */
const MEMBERS = [
  "n",
  "block",
  "tempo",
  "activity_cutoff",
  "last_mechanism_step_block",
  "kappa",
  "bonds_penalty",
  "bonds_moving_average",
  "yuma3",
  "liquid_alpha",
  "alpha_low",
  "alpha_high",
  "alpha_sigmoid_steepness",
  "max_allowed_validators",
  "stake_threshold",
  "tao_weight",
  "owner_uid",
  "commit_reveal",
  "commit_blocks",
  "alpha_stake",
  "tao_stake",
  "last_update",
  "block_at_registration",
  "validator_permit",
  "weights",
  "bonds",
  "rao_emission",
] as const;

type Line = Readonly<Record<(typeof MEMBERS)[number], JsonValue>>;

/** Converts a line. @throws InputError that names the member */
export function epochInput(members: JsonObject): EpochInput {
  const line = expectMembers(members, MEMBERS) as Line;
  const n = integerMember(line.n, "n", 0, U16_MAX);
  const u16 = (member: keyof Line): number => integerMember(line[member], member, 0, U16_MAX);
  const u64 = (member: keyof Line): bigint => unsignedText(line[member], member);
  const whole = (member: keyof Line): bigint => BigInt(integerMember(line[member], member, 0));
  const flag = (member: keyof Line): boolean => booleanMember(line[member], member);
  const perUid = (member: keyof Line, read: (value: JsonValue, at: string) => bigint): BigUint64Array =>
    BigUint64Array.from(arrayMember(line[member], member, n), (value, uid) =>
      read(value, `${member}[${uid}]`),
    );
  const block = (value: JsonValue, at: string): bigint => BigInt(integerMember(value, at, 0));
  return {
    n,
    block: whole("block"),
    tempo: u16("tempo"),
    activityCutoff: whole("activity_cutoff"),
    lastMechanismStepBlock: whole("last_mechanism_step_block"),
    kappa: u16("kappa"),
    bondsPenalty: u16("bonds_penalty"),
    bondsMovingAverage: whole("bonds_moving_average"),
    yuma3: flag("yuma3"),
    liquidAlpha: flag("liquid_alpha"),
    alphaLow: u16("alpha_low"),
    alphaHigh: u16("alpha_high"),
    alphaSigmoidSteepness: integerMember(
      line.alpha_sigmoid_steepness,
      "alpha_sigmoid_steepness",
      -32768,
      32767,
    ),
    maxAllowedValidators: u16("max_allowed_validators"),
    stakeThreshold: u64("stake_threshold"),
    taoWeight: u64("tao_weight"),
    ownerUid: line.owner_uid === null ? null : integerMember(line.owner_uid, "owner_uid", 0, n - 1),
    commitReveal: flag("commit_reveal"),
    commitBlocks: perUid("commit_blocks", (value, at) => (value === null ? NO_COMMIT : block(value, at))),
    alphaStake: perUid("alpha_stake", unsignedText),
    taoStake: perUid("tao_stake", unsignedText),
    lastUpdate: perUid("last_update", block),
    blockAtRegistration: perUid("block_at_registration", block),
    validatorPermit: Uint8Array.from(
      arrayMember(line.validator_permit, "validator_permit", n),
      (value, uid) => Number(booleanMember(value, `validator_permit[${uid}]`)),
    ),
    weights: sparseRows(line.weights, "weights", n),
    bonds: sparseRows(line.bonds, "bonds", n),
    raoEmission: u64("rao_emission"),
  };
}

/** Rows of `[uid, u16]` as stored; a uid at or past n is allowed, since the chain can still hold one. */
function sparseRows(value: JsonValue, member: string, n: number): SparseRows {
  const rows = arrayMember(value, member, n);
  const offsets = new Uint32Array(n + 1);
  const uids: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < n; i++) {
    const row = arrayMember(rows[i], `${member}[${i}]`);
    for (let k = 0; k < row.length; k++) {
      const at = `${member}[${i}][${k}]`;
      const entry = arrayMember(row[k], at);
      if (entry.length !== 2)
        throw new InputError(`${at}: found ${entry.length} elements; allowed: [uid, u16]`);
      uids.push(integerMember(entry[0], `${at}[0]`, 0, U16_MAX));
      values.push(integerMember(entry[1], `${at}[1]`, 0, U16_MAX));
    }
    offsets[i + 1] = uids.length;
  }
  return { offsets, uids: Uint16Array.from(uids), values: Uint16Array.from(values) };
}

/** The result in the members of golden/epoch.md. */
export function epochOut(output: EpochOutput): JsonObject {
  const numbers = (values: Uint16Array): number[] => Array.from(values);
  const texts = (values: BigUint64Array | BigInt64Array): string[] =>
    Array.from(values as BigInt64Array, String);
  const flags = (values: Uint8Array): boolean[] => Array.from(values, (value) => value !== 0);
  return {
    stake_weight: numbers(output.stakeWeight),
    consensus: numbers(output.consensus),
    incentive: numbers(output.incentive),
    dividends: numbers(output.dividends),
    validator_trust: numbers(output.validatorTrust),
    active: flags(output.active),
    new_validator_permit: flags(output.newValidatorPermit),
    server_emission: texts(output.serverEmission),
    validator_emission: texts(output.validatorEmission),
    emission: texts(output.emission),
    bonds: bondRows(output.bonds),
    consensus_raw: texts(output.consensusRaw),
    incentive_raw: texts(output.incentiveRaw),
    dividends_raw: texts(output.dividendsRaw),
    validator_trust_raw: texts(output.validatorTrustRaw),
    active_stake_raw: texts(output.activeStakeRaw),
  };
}

function bondRows({ offsets, uids, values }: SparseRows): JsonValue {
  const rows: JsonValue[] = [];
  for (let i = 0; i + 1 < offsets.length; i++) {
    const row: JsonValue[] = [];
    for (let k = offsets[i] ?? 0; k < (offsets[i + 1] ?? 0); k++) row.push([uids[k] ?? 0, values[k] ?? 0]);
    rows.push(row);
  }
  return rows;
}
