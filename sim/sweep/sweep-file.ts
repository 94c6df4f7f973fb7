import type { JsonValue } from "../json.ts";
import { canonicalJson } from "../run/canonical-json.ts";
import { type SweepFile, sweepLayout } from "../trace/index.ts";
import { writeWhole } from "./record.ts";

/** Writes `sweep.json`. @param unique see `writeWhole` */
export function writeSweepFile(directory: string, file: SweepFile, unique: string): void {
  const { cells, ...rest } = file;
  // A cell per line, for people who look for one.
  const head = canonicalJson(rest as unknown as JsonValue).slice(0, -1);
  const lines = cells.map((cell) => canonicalJson(cell as unknown as JsonValue));
  writeWhole(
    directory,
    sweepLayout(directory).sweep,
    `${head},"cells":[\n${lines.join(",\n")}\n]}\n`,
    unique,
  );
}
