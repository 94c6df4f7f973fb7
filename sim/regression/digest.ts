/** Digests of values: of what a table says, not of the bytes of its file, which also name the version that wrote it. */
import { createHash, type Hash } from "node:crypto";
import type { TableSchema } from "../trace/index.ts";
import { type Section, sectionColumns, type SectionColumn, type SectionValues } from "./sections.ts";

/** Hexadecimal digits of a digest of one column in one block: enough to tell that something moved. */
const SHORT = 16;

/** Adds the values of a column; labels as their texts, so that the order of their list does not count. */
function addValues(hash: Hash, { array, labels }: SectionValues): void {
  if (labels) for (const position of array) hash.update(`${labels[Number(position)] ?? ""}\0`);
  else hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}

/** The digest of a column in a section. */
export function columnDigest(column: SectionColumn): string {
  if (column.kind === "digest") return column.digest;
  const hash = createHash("sha256");
  addValues(hash, column);
  return hash.digest("hex").slice(0, SHORT);
}

/** Sums up a whole table as its sections come by. */
export class TableSum {
  readonly #schema: TableSchema;
  readonly #hash = createHash("sha256");
  #rows = 0;

  constructor(schema: TableSchema) {
    this.#schema = schema;
    for (const { name, type } of schema.columns) this.#hash.update(`${name}:${type}\0`);
  }

  add(section: Section): void {
    const { comparison, block, epoch, rows } = section;
    this.#rows += rows;
    this.#hash.update(`${comparison}\0${block}\0${epoch ?? ""}\0${rows}\0`);
    for (const { name } of sectionColumns(this.#schema)) {
      const column = section.columns.get(name);
      if (column?.kind === "values") addValues(this.#hash, column);
    }
  }

  /** The number of rows and the sha256 of all values, lower-case hexadecimal. */
  end(): { readonly rows: number; readonly digest: string } {
    return { rows: this.#rows, digest: this.#hash.digest("hex") };
  }
}
