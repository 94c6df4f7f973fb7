import type { GatherResult, SearchResult, SweepResult } from "../sweep/index.ts";

/** What `yumasim sweep` prints. @param command how to go on after a stop */
export function describeSweep(result: SweepResult, isShard: boolean): string {
  const { directory, cells, computed, backend, skipped, failed, completed, summary } = result;
  const found = skipped === 0 ? "" : `, ${skipped} found finished`;
  const lines = completed
    ? [`${cells} cells: ${computed} run${found}${failed === 0 ? "" : `, ${failed} FAILED`}`]
    : [`Stopped after ${computed + skipped} of ${cells} cells; the same command goes on.`];
  if (backend.ran !== "exact") {
    const adapter = backend.adapter === null ? "" : ` (${backend.adapter})`;
    lines.push(
      `float32 on ${backend.ran}${adapter}: approximate; let the exact kernel confirm what matters.`,
    );
  }
  if (completed && isShard)
    lines.push(
      `When all shards are done: yumasim sweep gather ${directory} (then the directories of other shards, if they have their own)`,
    );
  for (const path of summary) lines.push(`Table: ${path}`);
  if (summary.length > 0) lines.push(reportHint(directory));
  if (failed > 0)
    lines.push("Why cells failed stands in the column error of cells.arrow and in their files.");
  return `${lines.join("\n")}\n`;
}

/** How the report about a sweep is made. */
const reportHint = (directory: string): string => `Report: yumasim report ${directory} --open`;

/** More would scroll the answer away. */
const SHOWN = 20;

/** What `yumasim sweep gather` prints. */
export function describeGathering({
  directory,
  cells,
  failed,
  missing,
  rerun,
  summary,
}: GatherResult): string {
  if (missing.length === 0)
    return `${[`${cells} cells${failed === 0 ? "" : `, ${failed} FAILED`}`, ...summary.map((path) => `Table: ${path}`), reportHint(directory)].join("\n")}\n`;
  const lines = [`${missing.length} of ${cells} cells are missing in ${directory}; nothing was gathered.`];
  lines.push(
    rerun.length === 0
      ? "Run the same `yumasim sweep` again: it runs these cells only."
      : `Run these shards again, each runs its missing cells only: ${rerun.map((shard) => `--shard ${shard}`).join(", ")}`,
  );
  for (const id of missing.slice(0, SHOWN)) lines.push(`  ${id}`);
  if (missing.length > SHOWN) lines.push(`  ... and ${missing.length - SHOWN} more`);
  return `${lines.join("\n")}\n`;
}

/** What `yumasim sweep optimise` prints. */
export function describeSearch({
  find,
  metric,
  answer,
  settled,
  path,
  directory,
  file,
}: SearchResult): string {
  if (!answer)
    return `${metric}: no ${find} found in ${path.length} points; ends and points stand in ${file}\n${reportHint(directory)}\n`;
  const place = Object.entries(answer.values).map(([name, value]) => `${name} = ${value}`);
  const lines = [
    `${metric}: ${find} at ${place.join(", ")}, where it is ${answer.metric}`,
    settled
      ? `${path.length} points: ${file}`
      : `NOT SETTLED after ${path.length} points (optimise.most): ${file}`,
    reportHint(directory),
  ];
  return `${lines.join("\n")}\n`;
}
