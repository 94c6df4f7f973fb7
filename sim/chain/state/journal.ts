/**
 * The undo journal: every change of chain state goes through it, so that a call, a batch item or an automatic claim
 * can be taken back as a whole. While nothing records, a change costs one test.
 *
 * A restored map entry can end up at another place of the map's insertion order; therefore nothing in `sim/chain`
 * depends on the order of a map: what is visited in order is visited by sorted keys.
 */
import { isError, type ChainError } from "../errors.ts";

type Entry =
  | { readonly kind: "member"; readonly target: object; readonly key: PropertyKey; readonly before: unknown }
  | {
      readonly kind: "map";
      readonly map: Map<unknown, unknown>;
      readonly key: unknown;
      readonly before: unknown;
    }
  | { readonly kind: "buffer"; readonly buffer: ArrayBuffer; readonly before: ArrayBuffer };

export class Journal {
  private entries: Entry[] = [];
  private depth = 0;

  /** target[key] = value; for objects, arrays (also "length") and typed arrays. */
  set<T extends object, K extends keyof T>(target: T, key: K, value: T[K]): void {
    if (this.depth > 0) this.entries.push({ kind: "member", target, key, before: target[key] });
    target[key] = value;
  }

  mapSet<K, V>(map: Map<K, V>, key: K, value: V): void {
    if (this.depth > 0) this.remember(map, key);
    map.set(key, value);
  }

  mapDelete<K, V>(map: Map<K, V>, key: K): void {
    if (!map.has(key)) return;
    if (this.depth > 0) this.remember(map, key);
    map.delete(key);
  }

  /** Appends to an array. */
  push<T>(array: T[], value: T): void {
    if (this.depth > 0)
      this.entries.push({ kind: "member", target: array, key: "length", before: array.length });
    array.push(value);
  }

  /** Remembers a whole buffer, which the caller is about to write past the journal. */
  keep(buffer: ArrayBuffer): void {
    if (this.depth > 0) this.entries.push({ kind: "buffer", buffer, before: buffer.slice(0) });
  }

  /** Removes the last element of an array. */
  pop(array: unknown[]): void {
    const last = array.length - 1;
    if (last < 0) return;
    if (this.depth > 0) {
      this.entries.push({ kind: "member", target: array, key: last, before: array[last] });
    }
    array.length = last;
  }

  /**
   * Runs `body`; if it answers with an error, everything that it changed is as before. Nests: an inner failure that
   * the outer body survives leaves only the inner changes undone.
   */
  atomically<T>(body: () => T | ChainError): T | ChainError {
    const mark = this.entries.length;
    this.depth += 1;
    let result: T | ChainError;
    try {
      result = body();
    } catch (error) {
      this.rollback(mark);
      this.leave();
      throw error;
    }
    if (isError(result)) this.rollback(mark);
    this.leave();
    return result;
  }

  private leave(): void {
    this.depth -= 1;
    if (this.depth === 0) this.entries = [];
  }

  private remember<K, V>(map: Map<K, V>, key: K): void {
    this.entries.push({
      kind: "map",
      map,
      key,
      // No state map holds undefined, so it can stand for "absent".
      before: map.get(key),
    });
  }

  private rollback(mark: number): void {
    for (let i = this.entries.length - 1; i >= mark; i--) {
      const entry = this.entries[i];
      if (entry === undefined) break;
      if (entry.kind === "member") Reflect.set(entry.target, entry.key, entry.before);
      else if (entry.kind === "buffer") new Uint8Array(entry.buffer).set(new Uint8Array(entry.before));
      else if (entry.before === undefined) entry.map.delete(entry.key);
      else entry.map.set(entry.key, entry.before);
    }
    this.entries.length = mark;
  }
}
