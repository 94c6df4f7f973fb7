import { gunzipSync } from "node:zlib";
import { decimalOfNumber, timesNearest } from "./decimal.ts";
import { scenarioError } from "./error.ts";
import { decodeText } from "./source/read-file.ts";
import { parseJson } from "./tables/json.ts";
import { U64_MAX } from "./units.ts";

/** A snapshot of one real subnet, as far as a scenario uses it. */
export interface Metagraph {
  readonly block: bigint;
  readonly hotkeys: readonly string[];
  /** Rao of TAO per uid. */
  readonly stake: readonly bigint[];
  /** The rows that are not empty; weights are fractions of the row. */
  readonly rows: readonly MetagraphRow[];
}

export interface MetagraphRow {
  readonly uid: number;
  readonly targets: readonly (readonly [uid: number, weight: number])[];
}

/** A snapshot is tens of kilobytes; what unpacks to more than this is none. */
const MOST_BYTES = 256 * 1024 * 1024;

const RAO_PER_TAO = 1_000_000_000n;

/**
 * Reads a snapshot in the format `metagraph/1`, JSON as it is or gzip.
 * @param file as the scenario names it, for errors
 */
export function readMetagraph(bytes: Uint8Array, file: string): Metagraph {
  const text = decodeText(unpack(bytes, file));
  if (text === undefined) throw scenarioError(file, "", "is neither gzip nor UTF-8 text");
  const snapshot = new SnapshotReader(file);
  const root = snapshot.object(parseJson(text, file), "");
  if (root["format"] !== "metagraph/1")
    throw snapshot.error("format", `found ${JSON.stringify(root["format"])}; allowed: "metagraph/1"`);
  const n = snapshot.integer(root["n"], "n", 1, 65_535);
  const hotkeys = snapshot.list(root["hotkeys"], "hotkeys", n).map((hotkey, uid) => {
    if (typeof hotkey !== "string" || hotkey === "")
      throw snapshot.error(`hotkeys[${uid}]`, "a text is needed");
    return hotkey;
  });
  if (new Set(hotkeys).size !== n) throw snapshot.error("hotkeys", "the same hotkey holds two uids");
  const stake = snapshot.list(root["stake"], "stake", n).map((value, uid) => {
    const rao = timesNearest(decimalOfNumber(snapshot.number(value, `stake[${uid}]`)), RAO_PER_TAO);
    if (rao > U64_MAX)
      throw snapshot.error(`stake[${uid}]`, `${String(value)} TAO is more than 64 bits of rao hold`);
    return rao;
  });
  const rows = snapshot
    .list(root["weights"], "weights")
    .map((row, index) => readRow(snapshot, row, `weights[${index}]`, n));
  rows.forEach(({ uid }, index) => {
    if (rows.findIndex((other) => other.uid === uid) < index)
      throw snapshot.error(`weights[${index}].uid`, `uid ${uid} has a second row`);
  });
  return {
    block: BigInt(snapshot.integer(root["block"], "block", 0, Number.MAX_SAFE_INTEGER)),
    hotkeys,
    stake,
    rows,
  };
}

function readRow(snapshot: SnapshotReader, value: unknown, path: string, n: number): MetagraphRow {
  const row = snapshot.object(value, path);
  const uid = snapshot.uid(row["uid"], `${path}.uid`, n);
  const to = snapshot.list(row["to"], `${path}.to`);
  if (to.length > n)
    throw snapshot.error(`${path}.to`, `has ${to.length} targets; the subnet has ${n} neurons`);
  const weights = snapshot.list(row["w"], `${path}.w`, to.length);
  const targets = to.map((target, index): [number, number] => [
    snapshot.uid(target, `${path}.to[${index}]`, n),
    snapshot.number(weights[index], `${path}.w[${index}]`),
  ]);
  const seen = new Set<number>();
  targets.forEach(([target], index) => {
    if (seen.has(target))
      throw snapshot.error(`${path}.to[${index}]`, `uid ${target} stands in the row twice`);
    seen.add(target);
  });
  return { uid, targets };
}

function unpack(bytes: Uint8Array, file: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    throw scenarioError(
      file,
      "",
      tooLarge ? `unpacks to more than ${MOST_BYTES} bytes, which no snapshot has` : "is a damaged gzip file",
    );
  }
}

/** Reads members of a snapshot and says where one is wrong. */
class SnapshotReader {
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  error(path: string, message: string): Error {
    return scenarioError(this.file, path, message);
  }

  object(value: unknown, path: string): Readonly<Record<string, unknown>> {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw this.error(path, "an object is needed");
    return value as Readonly<Record<string, unknown>>;
  }

  list(value: unknown, path: string, length?: number): readonly unknown[] {
    if (!Array.isArray(value))
      throw this.error(path, `${value === undefined ? "missing" : "no list"}; a list is needed`);
    if (length !== undefined && value.length !== length)
      throw this.error(path, `has ${value.length} entries; ${length} are needed`);
    return value;
  }

  integer(value: unknown, path: string, least: number, most: number): number {
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least || value > most)
      throw this.error(
        path,
        `found ${JSON.stringify(value)}; a whole number from ${least} to ${most} is needed`,
      );
    return value;
  }

  uid(value: unknown, path: string, n: number): number {
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0 || value >= n)
      throw this.error(path, `found ${JSON.stringify(value)}; a uid from 0 to ${n - 1} is needed`);
    return value;
  }

  number(value: unknown, path: string): number {
    if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
      throw this.error(path, `found ${JSON.stringify(value)}; a number of at least 0 is needed`);
    return value;
  }
}
