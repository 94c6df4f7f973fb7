import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ReportTemplate } from "../../sim/report-settings.ts";
import { runEconomy } from "../../sim/run/index.ts";
import { type EconomyScenario, isEconomy, loadAnyScenario } from "../../sim/scenario/index.ts";
import { openTrace, type Trace } from "../../sim/trace/index.ts";
import type { Report } from "../../reports/templates/report.ts";
import { templateFor } from "../../reports/templates/templates.ts";
import { withScenarioParts } from "../../reports/templates/scenario-parts.ts";

/** Three small subnets and people of every trade, for 450 blocks. */
const SCENARIO = fileURLToPath(new URL("../../scenarios/regression/economy.yaml", import.meta.url));

/** The example economy under overrides of its file. */
export function exampleScenario(set: readonly string[] = []): EconomyScenario {
  const scenario = loadAnyScenario(SCENARIO, { set: ["horizon=450 blocks", ...set] });
  if (!isEconomy(scenario)) throw new Error(`${SCENARIO} is no economy`);
  return scenario;
}

/** Its trace. When and where it ran would differ between two tests, so that is left out. */
export async function exampleTrace(folder: string, set: readonly string[] = []): Promise<Trace> {
  const outDir = join(folder, "run");
  await runEconomy(exampleScenario(set), { outDir });
  return { ...(await openTrace(outDir)), environment: null };
}

/** A report about traces, each with the name under which it is shown beside others. */
export async function reportAbout(
  traces: readonly Trace[],
  template: ReportTemplate | null = null,
  netuid: number | null = null,
): Promise<Report> {
  const runs = traces.map((trace, i) => ({ trace, label: traces.length > 1 ? `run ${i + 1}` : null }));
  return await withScenarioParts(await templateFor(runs, template).build(runs, { netuid }), runs);
}
