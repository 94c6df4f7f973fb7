/** The map as files: everything as JSON, the contours as CSV. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RetentionMap } from "./grid.ts";
import { type Guarantees, guaranteesOf } from "./guarantees.ts";

/** Per stake the utility that the majority must give itself so that no minority gains, in percent. */
export function requiredUtilities({
  stakes,
}: Guarantees): { majorStakePercent: number; requiredPercent: number | null }[] {
  return stakes.map(({ majorStakePercent, requiredPercent }) => ({ majorStakePercent, requiredPercent }));
}

/** Writes `map.json` (options, retained parts of all points) and `contours.csv`. @returns the paths */
export async function writeMap(map: RetentionMap, directory: string): Promise<string[]> {
  await mkdir(directory, { recursive: true });
  const guarantees = guaranteesOf(map);
  const json = {
    options: map.options,
    requiredUtility: requiredUtilities(guarantees),
    stakes: map.stakes.map((stake) => ({ ...stake, retained: Array.from(stake.retained) })),
  };
  const header = [
    "minor_weight_percent",
    ...map.stakes.map((stake) => `major_stake_${stake.majorStakePercent}`),
  ];
  // Two digits, empty where no weight is enough.
  const lines = map.options.weights.map((weight, k) => [
    weight,
    ...guarantees.stakes.map(({ contourPercent }) => contourPercent[k]?.toFixed(2) ?? ""),
  ]);
  const files: [string, string][] = [
    ["map.json", `${JSON.stringify(json)}\n`],
    ["contours.csv", `${[header, ...lines].map((line) => line.join(",")).join("\n")}\n`],
  ];
  const paths: string[] = [];
  for (const [name, text] of files) {
    const path = join(directory, name);
    await writeFile(path, text);
    paths.push(path);
  }
  return paths;
}
