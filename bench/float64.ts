/** The same dense epoch in the float64 kernel of the research variants. */
import { newEpochState } from "../kernels/variants/state.ts";
import { runVariantEpoch } from "../kernels/variants/epoch.ts";
import { chartSettings } from "../kernels/variants/settings.ts";
import { epochCase } from "./epoch-cases.ts";
import { denseCase } from "./epoch.ts";

/** Nanoseconds of the fastest epoch. */
export function timeFloat64(
  n: number,
  validators: number,
  formula: "off" | "on",
  repetitions: number,
): number {
  const { weights, alphaStake } = epochCase(denseCase(n, validators, formula));
  const servers = n - validators;
  const state = newEpochState({ rows: validators, columns: servers, validators, firstServer: 0 });
  state.submitted.values.set(weights.values.subarray(0, validators * servers));
  for (let i = 0; i < validators; i++) state.stakes[i] = Number(alphaStake[i]);
  const settings = chartSettings(formula === "on" ? "yuma3" : "yuma2", 1);
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < repetitions; k++) {
    const start = process.hrtime.bigint();
    runVariantEpoch(state, settings);
    best = Math.min(best, Number(process.hrtime.bigint() - start));
  }
  return best;
}
