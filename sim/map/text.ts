/** The map as a few lines for a terminal. */
import { requiredUtilities } from "./files.ts";
import type { RetentionMap } from "./grid.ts";

export function describeMap(map: RetentionMap, files: readonly string[]): string {
  const rows = requiredUtilities(map).map(({ majorStakePercent, requiredPercent }) => {
    const required = requiredPercent === null ? "no utility is enough" : `${requiredPercent.toFixed(1)} %`;
    return `${String(majorStakePercent).padStart(5)} %   ${required}`;
  });
  return [
    "honest    utility it must give itself",
    "stake     so that no minority gains",
    ...rows,
    ...files.map((path) => `wrote ${path}`),
    "",
  ].join("\n");
}
