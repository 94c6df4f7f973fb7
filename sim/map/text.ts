/** The map as a few lines for a terminal. */
import type { Guarantees } from "./guarantees.ts";

/** The required utilities by stake, as lines for people. */
export function describeMap({ stakes }: Guarantees, files: readonly string[]): string {
  const rows = stakes.map(({ majorStakePercent, requiredPercent }) => {
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
