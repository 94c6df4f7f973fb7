import type { ColumnSchema, ColumnType } from "./schema.ts";

/** Values of a column: one per row. Flags are 0 or 1; a label column holds positions in its list of texts. */
export type ColumnArray =
  Uint8Array | Uint16Array | Uint32Array | Int32Array | BigUint64Array | BigInt64Array | Float64Array;

/** What a column can be given for some rows: one value per row, or one value for all of them. */
export type ColumnValues = ColumnArray | number | bigint;

const FIRST_CAPACITY = 1024;

const ARRAYS: Readonly<Record<ColumnType, (length: number) => ColumnArray>> = {
  bool: (length) => new Uint8Array(length),
  label: (length) => new Int32Array(length),
  uint16: (length) => new Uint16Array(length),
  uint32: (length) => new Uint32Array(length),
  uint64: (length) => new BigUint64Array(length),
  int64: (length) => new BigInt64Array(length),
  float64: (length) => new Float64Array(length),
};

/** The rows of one column that wait for the next batch. */
export class ColumnBuffer {
  readonly column: ColumnSchema;
  #array: ColumnArray;
  #length = 0;

  constructor(column: ColumnSchema) {
    this.column = column;
    this.#array = ARRAYS[column.type](FIRST_CAPACITY);
  }

  /** Adds `rows` values. @throws Error when the values are of another type or number */
  append(rows: number, values: ColumnValues): void {
    this.#reserve(this.#length + rows);
    const start = this.#length;
    const end = start + rows;
    if (typeof values === "object") {
      if (values.constructor !== this.#array.constructor || values.length !== rows)
        throw new Error(
          `column ${this.column.name}: ${rows} rows of ${this.column.type} needed, ` +
            `found ${values.constructor.name} of ${values.length}`,
        );
      // The constructors agree, so the element types do.
      (this.#array as Float64Array).set(values as Float64Array, start);
    } else (this.#array as Float64Array).fill(values as number, start, end);
    this.#length = end;
  }

  /** The waiting values; a view that the next `append` or `clear` makes stale. */
  values(): ColumnArray {
    return this.#array.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  #reserve(length: number): void {
    if (length <= this.#array.length) return;
    const grown = ARRAYS[this.column.type](Math.max(length, 2 * this.#array.length));
    (grown as Float64Array).set(this.#array as Float64Array);
    this.#array = grown;
  }
}

export function isLabelColumn(buffer: ColumnBuffer): boolean {
  return buffer.column.type === "label";
}
