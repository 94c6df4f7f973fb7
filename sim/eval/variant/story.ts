import type { VariantCase } from "../../../kernels/variants/case.ts";
import { InputError } from "../../errors.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import { arrayMember, booleanMember, expectMembers, integerMember } from "../members.ts";
import { numberMember } from "./numbers.ts";

const REQUIRED = ["stakes", "weights"] as const;
const OPTIONAL = [
  "id",
  "label",
  "probes",
  "epochs",
  "validators",
  "servers",
  "base_validator",
  "bond_reset",
  "winner_takes_all",
  "charts",
] as const;

const MOST_NUMBERS = 100_000_000;

/**
 * Reads a case in the members of golden/yuma-simulation.md. Only `stakes` and `weights` are needed: the base validator
 * is 0, there is no bond reset and no winner takes all unless the case says so; labels and texts are not read.
 * @throws InputError that names the member, what was found and what is allowed
 */
export function readStory(value: JsonValue | undefined, at: string): VariantCase {
  const found = withOptional(value, at);
  const stakeRows = nonEmpty(found.stakes, `${at}.stakes`, "one row per epoch");
  const epochs = stakeRows.length;
  if (found.epochs !== undefined) integerMember(found.epochs, `${at}.epochs`, epochs, epochs);
  const validators = nonEmpty(stakeRows[0], `${at}.stakes[0]`, "one stake per validator").length;
  const weightRows = sized(found.weights, `${at}.weights`, epochs, "epoch");
  const first = sized(weightRows[0], `${at}.weights[0]`, validators, "validator");
  const servers = nonEmpty(first[0], `${at}.weights[0][0]`, "one weight per server").length;
  if (epochs * validators * servers > MOST_NUMBERS)
    throw new InputError(`${at}.weights: ${epochs * validators * servers} numbers; allowed: ${MOST_NUMBERS}`);
  if (found.validators !== undefined) sized(found.validators, `${at}.validators`, validators, "validator");
  if (found.servers !== undefined) sized(found.servers, `${at}.servers`, servers, "server");

  const stakes = new Float64Array(epochs * validators);
  const weights = new Float64Array(epochs * validators * servers);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const where = `${at}.stakes[${epoch}]`;
    const total = readRow(stakeRows[epoch], where, validators, "validator", stakes, epoch * validators);
    if (!(total > 0)) throw new InputError(`${where}: all stakes are 0; allowed: at least one above 0`);
    const rows = sized(weightRows[epoch], `${at}.weights[${epoch}]`, validators, "validator");
    for (let i = 0; i < validators; i++)
      readRow(
        rows[i],
        `${at}.weights[${epoch}][${i}]`,
        servers,
        "server",
        weights,
        (epoch * validators + i) * servers,
      );
  }
  return {
    epochs,
    validators,
    servers,
    baseValidator:
      found.base_validator === undefined
        ? 0
        : integerMember(found.base_validator, `${at}.base_validator`, 0, validators - 1),
    bondReset: readReset(found.bond_reset, `${at}.bond_reset`, servers, epochs),
    winnerTakesAll:
      found.winner_takes_all === undefined
        ? false
        : booleanMember(found.winner_takes_all, `${at}.winner_takes_all`),
    stakes,
    weights,
  };
}

/** All required members are there, and nothing that is neither required nor optional. */
function withOptional(value: JsonValue | undefined, at: string): JsonObject {
  const present =
    typeof value === "object" && value !== null ? OPTIONAL.filter((name) => Object.hasOwn(value, name)) : [];
  return expectMembers(value, [...REQUIRED, ...present], at);
}

function readReset(
  value: JsonValue | undefined,
  at: string,
  servers: number,
  epochs: number,
): VariantCase["bondReset"] {
  if (value === undefined || value === null) return null;
  const { server, epoch } = expectMembers(value, ["server", "epoch"], at);
  return {
    server: integerMember(server, `${at}.server`, 0, servers - 1),
    epoch: integerMember(epoch, `${at}.epoch`, 0, epochs - 1),
  };
}

function nonEmpty(value: JsonValue | undefined, at: string, allowed: string): readonly JsonValue[] {
  const found = arrayMember(value, at);
  if (found.length === 0) throw new InputError(`${at}: found an empty array; allowed: ${allowed}`);
  return found;
}

function sized(value: JsonValue | undefined, at: string, length: number, each: string): readonly JsonValue[] {
  const found = arrayMember(value, at);
  if (found.length !== length)
    throw new InputError(`${at}: found ${found.length} elements; allowed: ${length}, one per ${each}`);
  return found;
}

/** Copies a row of numbers from 0 into `out`. @returns their sum */
function readRow(
  value: JsonValue | undefined,
  at: string,
  length: number,
  each: string,
  out: Float64Array,
  to: number,
): number {
  const row = sized(value, at, length, each);
  let total = 0;
  for (let k = 0; k < length; k++) {
    const number = numberMember(row[k], `${at}[${k}]`, 0);
    out[to + k] = number;
    total += number;
  }
  if (!Number.isFinite(total)) throw new InputError(`${at}: the sum is too large for a double`);
  return total;
}
