import type { ReportTemplate } from "../../sim/report-settings.ts";
import { InputError } from "../../sim/errors.ts";
import { attackTemplate } from "./attack.ts";
import { comparisonTemplate } from "./comparison/comparison.ts";
import { casesTemplate } from "./cases.ts";
import { consensusTemplate } from "./consensus.ts";
import { economyTemplate } from "./economy/economy.ts";
import { sweepTemplate } from "./sweeps/sweep.ts";
import type { RunSource, Template } from "./template.ts";

/** Every template; of several that are usual for a run the first is taken. */
const TEMPLATES: readonly Template[] = [
  attackTemplate,
  consensusTemplate,
  comparisonTemplate,
  economyTemplate,
  casesTemplate,
  sweepTemplate,
];

/**
 * The template that is asked for; else the one that the scenario names; else the one that fits.
 *
 * @throws InputError when none of that name is there
 */
export function templateFor(runs: readonly RunSource[], asked: ReportTemplate | null): Template {
  const wanted = asked ?? runs[0]?.trace.manifest?.report?.template ?? null;
  const found = TEMPLATES.find((template) =>
    wanted === null ? template.isUsualFor(runs) : template.name === wanted,
  );
  if (found === undefined)
    throw new InputError(
      `no report fits ${wanted === null ? "these runs together" : `the name ${wanted}`}; there are ${TEMPLATES.map(({ name }) => name).join(", ")}`,
    );
  return found;
}
