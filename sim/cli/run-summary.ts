import { join } from "node:path";
import type { JsonObject } from "../json.ts";
import type { RunSummary } from "../run/index.ts";

/** What `run` prints at its end. @param report path of the report; null when there is none */
export function describeSummary(
  { directory, completed, manifest, wallSeconds }: RunSummary,
  report: string | null,
): string {
  const { completedEpochs, epochs, comparisons } = manifest;
  const sets =
    comparisons.length > 1 ? `, ${comparisons.length} comparisons (${comparisons.join(", ")})` : "";
  const lines = [
    completed
      ? `${manifest.title}: ${epochs} epochs${sets} in ${wallSeconds.toFixed(1)} s`
      : `Stopped after ${completedEpochs} of ${epochs} epochs${sets}; the tables hold all of these.`,
    `Trace:  ${directory}`,
  ];
  if (report !== null) lines.push(`Report: ${report}`);
  if (!completed) lines.push(`Its report: yumasim report ${directory}`);
  return `${lines.join("\n")}\n`;
}

/** The same for programs. */
export function summaryJson(
  { directory, completed, manifest, wallSeconds }: RunSummary,
  report: string | null,
): JsonObject {
  const { name, scenarioHash, seed, epochs, completedEpochs, comparisons, tables } = manifest;
  return {
    name,
    directory,
    manifest: join(directory, "run.json"),
    report,
    completed,
    epochs,
    completedEpochs,
    comparisons,
    scenarioHash,
    seed,
    tables: Object.fromEntries(Object.entries(tables).map(([table, digest]) => [table, { ...digest }])),
    wallSeconds,
  };
}
