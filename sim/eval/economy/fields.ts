/**
 * Reads the members of a line of the economy's families. Every member that a kind knows is read once; `done` refuses
 * the rest. All errors name the member, what was found and what is allowed.
 */
import { InputError } from "../../errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../json.ts";

const LONGEST_SHOWN = 60;

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text;
}

/** Largest account number that a line may name: technical accounts lie above. */
const MAX_ACCOUNT = 0xffff_ffff;

const wrong = (path: string, value: JsonValue | undefined, allowed: string): InputError =>
  new InputError(`${path}: found ${shown(value)}; allowed: ${allowed}`);

/** A decimal string (or a JSON integer up to 2^53) within `min .. max`. */
export function integerText(value: JsonValue | undefined, path: string, min: bigint, max: bigint): bigint {
  const isText = typeof value === "string" && /^-?[0-9]{1,400}$/.test(value);
  if (isText || (typeof value === "number" && Number.isSafeInteger(value))) {
    const parsed = BigInt(value);
    if (parsed >= min && parsed <= max) return parsed;
  }
  throw wrong(path, value, `a decimal string ${min}..${max}`);
}

/** The members of one object of a line. */
export class Fields {
  readonly path: string;
  private readonly members: JsonObject;
  private readonly read = new Set<string>();

  constructor(value: JsonValue | undefined, path = "in") {
    if (!isJsonObject(value)) throw wrong(path, value, "an object");
    this.members = value;
    this.path = path;
  }

  /** The raw member, marked as read. */
  value(name: string): JsonValue | undefined {
    this.read.add(name);
    return this.members[name];
  }

  has(name: string): boolean {
    return this.members[name] !== undefined;
  }

  at(name: string): string {
    return `${this.path}.${name}`;
  }

  /** A decimal string of an unsigned integer below 2^bits. */
  unsigned(name: string, bits = 64): bigint {
    return integerText(this.value(name), this.at(name), 0n, (1n << BigInt(bits)) - 1n);
  }

  /** A decimal string of a signed integer of `bits` bits. */
  signed(name: string, bits = 64): bigint {
    const bound = 1n << BigInt(bits - 1);
    return integerText(this.value(name), this.at(name), -bound, bound - 1n);
  }

  /** A decimal string block number that fits the state's block counter. */
  block(name: string): number {
    return Number(integerText(this.value(name), this.at(name), 0n, 0xffff_fffen));
  }

  /** A JSON integer. */
  number(name: string, min = 0, max = Number.MAX_SAFE_INTEGER): number {
    const value = this.value(name);
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max)
      return value;
    throw wrong(this.at(name), value, `an integer ${min}..${max}`);
  }

  u16(name: string): number {
    return this.number(name, 0, 65_535);
  }

  account(name: string): number {
    return this.number(name, 0, MAX_ACCOUNT);
  }

  boolean(name: string): boolean {
    const value = this.value(name);
    if (typeof value === "boolean") return value;
    throw wrong(this.at(name), value, "true or false");
  }

  text(name: string): string {
    const value = this.value(name);
    if (typeof value === "string") return value;
    throw wrong(this.at(name), value, "a string");
  }

  /** One of a few words. */
  choice<W extends string>(name: string, words: readonly W[]): W {
    const value = this.value(name);
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) throw wrong(this.at(name), value, words.join(", "));
    return word;
  }

  /** `read()` unless the member is null. */
  nullable<T>(name: string, read: () => T): T | null {
    return this.value(name) === null ? null : read();
  }

  list(name: string): readonly JsonValue[] {
    const value = this.value(name);
    if (Array.isArray(value)) return value as readonly JsonValue[];
    throw wrong(this.at(name), value, "an array");
  }

  object(name: string): Fields {
    return new Fields(this.value(name), this.at(name));
  }

  objects(name: string): Fields[] {
    return this.list(name).map((value, i) => new Fields(value, `${this.at(name)}[${i}]`));
  }

  /** Rows of a table: arrays whose columns a `Row` reads. */
  rows(name: string): Row[] {
    return this.list(name).map((value, i) => new Row(value, `${this.at(name)}[${i}]`));
  }

  /** A decimal string list. */
  unsignedList(name: string, bits = 64): bigint[] {
    const max = (1n << BigInt(bits)) - 1n;
    return this.list(name).map((value, i) => integerText(value, `${this.at(name)}[${i}]`, 0n, max));
  }

  /** Members that no read asked for are refused. */
  done(): void {
    for (const name of Object.keys(this.members))
      if (!this.read.has(name))
        throw new InputError(`${this.at(name)}: unknown member; known: ${[...this.read].join(", ")}`);
  }
}

/** One row of a table, its columns by position. */
export class Row {
  readonly path: string;
  readonly columns: readonly JsonValue[];

  constructor(value: JsonValue | undefined, path: string) {
    if (!Array.isArray(value)) throw wrong(path, value, "an array");
    this.columns = value as readonly JsonValue[];
    this.path = path;
  }

  number(column: number, max = MAX_ACCOUNT): number {
    const value = this.columns[column];
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= max) return value;
    throw wrong(`${this.path}[${column}]`, value, `an integer 0..${max}`);
  }

  unsigned(column: number, bits = 64): bigint {
    return integerText(this.columns[column], `${this.path}[${column}]`, 0n, (1n << BigInt(bits)) - 1n);
  }

  signed(column: number, bits = 64): bigint {
    const bound = 1n << BigInt(bits - 1);
    return integerText(this.columns[column], `${this.path}[${column}]`, -bound, bound - 1n);
  }

  /** A nested list of rows. */
  rows(column: number): Row[] {
    const path = `${this.path}[${column}]`;
    const value = this.columns[column];
    if (!Array.isArray(value)) throw wrong(path, value, "an array");
    return value.map((row: JsonValue, i) => new Row(row, `${path}[${i}]`));
  }
}
