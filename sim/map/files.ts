/** The map as files: everything as JSON, the contours as CSV. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { requiredHonestUtility, retentionContour, type RetentionMap } from "./grid.ts";

/** Percent with two digits, empty where there is none. */
const percent = (value: number): string => (Number.isNaN(value) ? "" : value.toFixed(2));

/** Per stake the utility that the majority must give itself so that no minority gains, in percent. */
export function requiredUtilities(
  map: RetentionMap,
): { majorStakePercent: number; requiredPercent: number | null }[] {
  return map.stakes.map((stake) => {
    const required = requiredHonestUtility(map, stake);
    return {
      majorStakePercent: stake.majorStakePercent,
      requiredPercent: Number.isNaN(required) ? null : required,
    };
  });
}

/** Writes `map.json` (options, retained parts of all points) and `contours.csv`. @returns the paths */
export async function writeMap(map: RetentionMap, directory: string): Promise<string[]> {
  await mkdir(directory, { recursive: true });
  const json = {
    options: map.options,
    requiredUtility: requiredUtilities(map),
    stakes: map.stakes.map((stake) => ({ ...stake, retained: Array.from(stake.retained) })),
  };
  const header = [
    "minor_weight_percent",
    ...map.stakes.map((stake) => `major_stake_${stake.majorStakePercent}`),
  ];
  const contours = map.stakes.map((stake) => retentionContour(map, stake));
  const lines = map.options.weights.map((weight, k) => [
    weight,
    ...contours.map((line) => percent(line[k] as number)),
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
