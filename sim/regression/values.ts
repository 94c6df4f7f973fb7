/** How a difference shows a value: in decimal and in hexadecimal, as it lies in the table. */
import type { ColumnSchema, ShownValue } from "../trace/index.ts";

const HEX_DIGITS: Readonly<Record<string, number>> = {
  bool: 1,
  uint16: 4,
  uint32: 8,
  uint64: 16,
  int64: 16,
};

/** Shows a value of a column; `text` is that of a label. */
export function shownValue(
  { type, unit }: Pick<ColumnSchema, "type" | "unit">,
  value: number | bigint,
  text: string | null,
): ShownValue {
  if (text !== null) return { decimal: text, hex: null, ratio: null };
  if (type === "float64")
    return { decimal: String(value), hex: `0x${doubleBits(Number(value))}`, ratio: null };
  const bits = BigInt.asUintN(64, BigInt(value));
  return {
    decimal: String(value),
    hex: `0x${bits.toString(16).padStart(HEX_DIGITS[type] ?? 16, "0")}`,
    ratio: ratioOf(unit, Number(value)),
  };
}

function ratioOf(unit: string, value: number): number | null {
  if (unit === "I32F32") return value / 4_294_967_296;
  if (unit === "u16 proportion") return value / 65_535;
  return null;
}

function doubleBits(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}

/** `consensus_raw 10 (0x000000000000000a, 2.3e-9)`, without the name. */
export function valueText({ decimal, hex, ratio }: ShownValue): string {
  const notes = [hex, ratio === null ? null : String(ratio)].filter((note) => note !== null);
  return notes.length === 0 ? decimal : `${decimal} (${notes.join(", ")})`;
}
