/** A month of an economy with its agents: time and memory of a run as a user starts it. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { MonthTiming } from "./month-run.ts";

const MEBIBYTE = 2 ** 20;

/** A process of its own, so that its memory holds nothing else. */
function timeMonth(horizon: string): MonthTiming {
  const file = fileURLToPath(new URL("./month-run.js", import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [file, horizon], { encoding: "utf8" })) as MonthTiming;
}

/** Prints one row. @param small hours instead of a month */
export function benchMonth(small: boolean, print: (cells: readonly (string | number)[]) => void): void {
  const horizon = small ? "3 hours" : "30 days";
  const timing = timeMonth(horizon);
  const { blocks, agents, calls, wallSeconds, cpuSeconds, residentAtFifth, residentAtEnd, digest } = timing;
  print(["economy", "blocks", "agents", "calls", "s", "CPU s", "MiB, 20 %", "MiB, end", "end/20 %", "hash"]);
  print([
    horizon,
    blocks,
    agents,
    calls,
    wallSeconds.toFixed(1),
    cpuSeconds.toFixed(1),
    (residentAtFifth / MEBIBYTE).toFixed(0),
    (residentAtEnd / MEBIBYTE).toFixed(0),
    (residentAtEnd / residentAtFifth).toFixed(2),
    digest,
  ]);
}
