import type { Spec } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { strictLogger } from "./logger.ts";

/**
 * Compiles a Vega-Lite specification to Vega. Its data sets stay empty: whoever draws it puts in the rows by name, so
 * that a page holds them once however many specifications use them.
 *
 * @throws Error on any warning of the compiler.
 */
export function compileWithoutData(spec: TopLevelSpec): Spec {
  const { spec: compiled } = compile(spec, { logger: strictLogger() });
  const named = new Set(Object.keys(spec.datasets ?? {}));
  const data = (compiled.data ?? []).map((source) => {
    if (!named.has(source.name) || !("values" in source)) return source;
    const { values: _values, ...rest } = source;
    return rest;
  });
  return { ...compiled, data };
}
