import type { EpochInput } from "../../../kernels/epoch.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../json.ts";
import { type Difference, firstDifference } from "../difference.ts";

/** As `--check` prints it. */
export const FLOAT_TOLERANCE =
  "ratios within 2e-6 (5e-6 from 4096 neurons), their u16 within one step more; bonds within 2e-5; emission within the " +
  "same part of what is distributed; stakes, permits and activity exact";

const RAW_ONE = 4294967296;
const RAW_MEMBERS = ["consensus_raw", "incentive_raw", "dividends_raw", "validator_trust_raw"];
const U16_MEMBERS = ["consensus", "incentive", "dividends", "validator_trust"];
const RAO_MEMBERS = ["server_emission", "validator_emission", "emission"];

/** The first place where a float epoch lies too far from an exact one. Both have the members of golden/epoch.md. */
export function floatDifference(
  input: EpochInput,
  expected: JsonValue,
  actual: JsonObject,
): Difference | null {
  if (!isJsonObject(expected)) return firstDifference(expected, actual);
  const ratio = input.n >= 4096 ? 5e-6 : 2e-6;
  const within = new Map<string, number>();
  for (const member of RAW_MEMBERS) within.set(member, ratio * RAW_ONE);
  for (const member of U16_MEMBERS) within.set(member, ratio * 65535 + 1);
  for (const member of RAO_MEMBERS) within.set(member, ratio * Number(input.raoEmission) + 1);
  const exact = (members: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(members).filter(([name]) => name !== "bonds" && !within.has(name)));
  for (const [member, tolerance] of within) {
    const difference = firstFar(expected[member], actual[member], member, tolerance);
    if (difference !== null) return difference;
  }
  return (
    firstDifference(exact(expected), exact(actual)) ?? bondDifference(expected["bonds"], actual["bonds"])
  );
}

function firstFar(
  expected: JsonValue | undefined,
  actual: JsonValue | undefined,
  member: string,
  tolerance: number,
): Difference | null {
  const found = Array.isArray(actual) ? actual : [];
  if (!Array.isArray(expected) || expected.length !== found.length) {
    return { path: member, index: null, expected, actual };
  }
  const index = expected.findIndex(
    (value, uid) => !(Math.abs(Number(value) - Number(found[uid])) <= tolerance),
  );
  if (index < 0) return null;
  return { path: `${member}[${index}]`, index, expected: expected[index], actual: found[index] };
}

/** Bonds row by row; an entry that is 0 and one that is not there count as the same. */
function bondDifference(expected: JsonValue | undefined, actual: JsonValue | undefined): Difference | null {
  if (!Array.isArray(expected) || !Array.isArray(actual) || expected.length !== actual.length) {
    return { path: "bonds", index: null, expected, actual };
  }
  for (const [uid, row] of expected.entries()) {
    const before = new Map(row as [number, number][]);
    const after = new Map(actual[uid] as [number, number][]);
    for (const target of new Set([...before.keys(), ...after.keys()])) {
      const bond = before.get(target) ?? 0;
      const found = after.get(target) ?? 0;
      if (!(Math.abs(bond - found) <= 2e-5 * 65535)) {
        return { path: `bonds[${uid}]`, index: uid, expected: [target, bond], actual: [target, found] };
      }
    }
  }
  return null;
}
