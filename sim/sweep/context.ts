import { WASM_SHA256 } from "../../kernels/exact/wasm.generated.ts";
import type { JsonValue } from "../json.ts";
import { jsonDigest } from "../run/canonical-json.ts";
import type { OpenBackend } from "../run/backend-names.ts";
import { checkMetrics, engineVersion } from "../run/index.ts";
import type { StudySource } from "../scenario/index.ts";
import type { CellContext } from "./run-cell.ts";

/** What the cells of a scenario share. @param keep what is kept of each: its trace, or these metrics alone */
export function cellContext(
  path: string,
  { text, scenario, metrics: all }: StudySource,
  directory: string,
  keep: "traces" | readonly string[],
  backend: OpenBackend = "exact",
): CellContext {
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
  return { path, scenario, directory, keepTraces: keep === "traces", metrics, definitions, backend, request };
}
