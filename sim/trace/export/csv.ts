import { type Data, DataType, type RecordBatch } from "apache-arrow";
import { csvText, quoteCsv } from "../../csv.ts";
import { unpackBits } from "../arrow.ts";

/** The names of the columns as the first line. */
export function csvHead(names: readonly string[]): string {
  return `${names.map(quoteCsv).join(",")}\n`;
}

/**
 * The rows of a batch as CSV: integers with all their digits, numbers so that they read back to the same bits, flags as
 * true and false, bytes as hexadecimal, labels as text; nothing where there is no value.
 */
export function csvRows(batch: RecordBatch): string {
  const columns = batch.schema.fields.map((field) => cellsOf(batch.getChild(field.name)!.data[0]!));
  let text = "";
  for (let row = 0; row < batch.numRows; row++) {
    for (let c = 0; c < columns.length; c++) text += (c === 0 ? "" : ",") + columns[c]!(row);
    text += "\n";
  }
  return text;
}

type Cells = (row: number) => string;

function cellsOf(data: Data): Cells {
  const cells = valuesOf(data);
  return data.nullCount === 0 ? cells : (row) => (data.getValid(row) ? cells(row) : "");
}

function valuesOf(data: Data): Cells {
  const { type } = data;
  if (DataType.isDictionary(type)) {
    const texts = Array.from(data.dictionary as Iterable<string | null>, (text) => csvText(text ?? ""));
    const positions = data.values as Int32Array;
    return (row) => texts[positions[row]!]!;
  }
  if (DataType.isBool(type)) {
    const flags = unpackBits(data.values as Uint8Array, data.length);
    return (row) => (flags[row] === 1 ? "true" : "false");
  }
  if (DataType.isInt(type) || DataType.isFloat(type)) {
    const numbers = data.values as ArrayLike<number | bigint>;
    return (row) => String(numbers[row]);
  }
  if (DataType.isFixedSizeBinary(type)) {
    const bytes = Buffer.from((data.values as Uint8Array).buffer, (data.values as Uint8Array).byteOffset);
    return (row) => bytes.toString("hex", row * type.byteWidth, (row + 1) * type.byteWidth);
  }
  throw new Error(`no CSV for columns of Arrow type ${type.typeId}`);
}
