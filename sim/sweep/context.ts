import { WASM_SHA256 } from "../../kernels/exact/wasm.generated.ts";
import type { JsonValue } from "../json.ts";
import { jsonDigest } from "../run/canonical-json.ts";
import type { OpenBackend } from "../run/backend-names.ts";
import { checkMetrics, engineVersion } from "../run/index.ts";
import type { StudySource } from "../scenario/index.ts";
import type { CellContext } from "./cell.ts";
import { openContext } from "./run-cell.ts";

export interface ContextOptions {
  /** What is kept of each cell: its trace, or these metrics alone. */
  readonly keep: "traces" | readonly string[];
  readonly backend?: OpenBackend;
  /** Load the strategy modules that the scenario names. */
  readonly allowCode?: boolean | undefined;
}

/** What the cells of a scenario share. @throws InputError for strategy modules that nobody allowed */
export async function cellContext(
  path: string,
  { text, scenario, metrics: all }: StudySource,
  directory: string,
  { keep, backend = "exact", allowCode = false }: ContextOptions,
): Promise<CellContext> {
  const definitions = text.metrics;
  checkMetrics(definitions);
  const metrics = keep === "traces" ? all : keep;
  const request = jsonDigest({
    engineVersion: engineVersion(),
    backend,
    kernel: backend === "exact" ? WASM_SHA256 : null,
    traces: keep === "traces",
    metrics: metrics.map((name) => [name, (definitions[name] ?? null) as unknown as JsonValue]),
  });
  const keepTraces = keep === "traces";
  return openContext({
    path,
    scenario,
    directory,
    keepTraces,
    metrics,
    definitions,
    backend,
    request,
    allowCode,
  });
}
