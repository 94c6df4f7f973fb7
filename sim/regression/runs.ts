import { canonicalJson } from "../run/canonical-json.ts";
import type { JsonValue } from "../json.ts";
import { type Comparison, openTrace, type RunManifest } from "../trace/index.ts";
import { compareSides } from "./compare.ts";
import { finishedTraceSide } from "./trace-side.ts";

/** What two runs are told apart by before any table is looked at, and how a note calls it. */
const IDENTITY: readonly (readonly [keyof RunManifest, string])[] = [
  ["scenarioHash", "scenario"],
  ["seed", "seed"],
  ["protocol", "protocol"],
  ["arithmetic", "arithmetic"],
  ["engineVersion", "engine version"],
  ["kernelSha256", "kernel"],
  ["inputs", "input files"],
  ["completedEpochs", "completed epochs"],
];

/** Compares two run directories. @throws InputError when one is none, or has not ended */
export async function compareRuns(before: string, after: string): Promise<Comparison> {
  const [old, now] = await Promise.all([openTrace(before), openTrace(after)]);
  const comparison = await compareSides(finishedTraceSide(old, before), finishedTraceSide(now, after));
  return { ...comparison, notes: [...manifestNotes(old.manifest, now.manifest), ...comparison.notes] };
}

/** Differences of the runs as such are no differences of their results: they are noted, and may explain these. */
function manifestNotes(before: RunManifest | null, after: RunManifest | null): string[] {
  return IDENTITY.flatMap(([member, name]) => {
    const [old, now] = [before?.[member] ?? null, after?.[member] ?? null] as unknown as [
      JsonValue,
      JsonValue,
    ];
    if (canonicalJson(old) === canonicalJson(now)) return [];
    const short = [old, now].map((value) =>
      typeof value === "object" ? "" : ` ${String(value).slice(0, 24)}`,
    );
    return [`another ${name}${short[0] === "" || short[1] === "" ? "" : `:${short[0]}, then${short[1]}`}`];
  });
}
