import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { attackReport } from "../../reports/templates/attack.ts";
import { caseFromTrace } from "../../reports/data/case-from-trace.ts";
import { casesReport } from "../../reports/templates/cases.ts";
import { guaranteesReport } from "../../reports/templates/guarantees.ts";
import { checkReport } from "../../reports/templates/regression/regression.ts";
import { manifestEntries } from "../../reports/templates/manifest.ts";
import type { Report } from "../../reports/templates/report.ts";
import { searchReport } from "../../reports/templates/sweeps/search.ts";
import { sweepReport } from "../../reports/templates/sweeps/sweep.ts";
import { searchStudy } from "../../reports/data/sweeps/search.ts";
import { sweepStudy } from "../../reports/data/sweeps/study.ts";
import { runScenario } from "../../sim/run/index.ts";
import { loadScenario } from "../../sim/scenario/index.ts";
import {
  type CellResult,
  type ExperimentResult,
  openTrace,
  quantityOf,
  type SweepFile,
} from "../../sim/trace/index.ts";
import { exampleCheck } from "./example-check.ts";
import { exampleTrace, reportAbout } from "./example-economy.ts";
import { exampleMap } from "./example-map.ts";
import { makeSweep, SEARCHES, SWEEPS, type SweepMaker } from "./example-sweeps.ts";
import { EXAMPLE } from "./example-report.ts";
import { writeExampleRun } from "./example-run.ts";
import { HOSTILE, type Rename, renamedTexts, renamedTrace } from "./hostile.ts";

const scenarios = (path: string): string =>
  fileURLToPath(new URL(`../../scenarios/${path}`, import.meta.url));

/** Members of an experiment's result that are no text of anybody. */
const FIXED = new Set(["format", "kind", "unit", "operator", "evidence", "verdict", "monotone"]);

/** Members of the results of a check that are no text of anybody. */
const FIXED_IN_CHECKS = new Set([
  "table",
  "column",
  "source",
  "block",
  "firstBlock",
  "lastBlock",
  "blocks",
  "hex",
  "largest",
  "operator",
]);

const OWN =
  "report={text: Above., sections: [{title: Own, charts: [{metrics: [issuance]}, {table: pools, column: price, by: netuid}, {table: accounts, column: balance, by: population}]}]}";

/** Reports of small runs under the names of their templates, as they are and with every name made another one. */
export async function everyTemplate(
  folder: string,
  rename: Rename,
): Promise<Readonly<Record<string, { readonly plain: Report; readonly renamed: Report }>>> {
  const study = await openTrace(
    await writeExampleRun({ ...EXAMPLE, epochs: 12, miners: 20 }, join(folder, "study")),
  );
  const economy = await exampleTrace(join(folder, "economy"), [OWN]);
  const paired = await exampleTrace(join(folder, "paired"), [
    'compare=[{name: cheap, set: {}}, {name: dear, set: {"network.subnets[0].price": 0.5}}]',
    "trace.calls=false",
  ]);
  const both = async (of: (change: Rename) => Report | Promise<Report>) => ({
    plain: await of((name) => name),
    renamed: await of(rename),
  });
  const about =
    (trace: typeof study, template: "consensus" | "economy" | "comparison") => async (change: Rename) =>
      await reportAbout([change === rename ? renamedTrace(trace, change) : trace], template);
  const experiment = JSON.parse(
    await readFile(scenarios("attacks/results/weight-copying.json"), "utf8"),
  ) as ExperimentResult;
  const caseDirectory = join(folder, "case");
  await runScenario(loadScenario(scenarios("cases/case-05.yaml")), { outDir: caseDirectory });
  const caseTrace = await openTrace(caseDirectory);
  const map = await exampleMap();
  const checks = await exampleCheck(join(folder, "check"));
  return {
    consensus: await both(about(study, "consensus")),
    economy: await both(about(economy, "economy")),
    comparison: await both(about(paired, "comparison")),
    attack: await both((change) =>
      attackReport(change === rename ? renamedExperiment(experiment, change) : experiment),
    ),
    cases: await both(async (change) => {
      const trace = change === rename ? renamedTrace(caseTrace, change) : caseTrace;
      return casesReport([await caseFromTrace(trace)], manifestEntries([trace]));
    }),
    regression: await both((change) =>
      checkReport(change === rename ? renamedTexts(checks, change, FIXED_IN_CHECKS) : checks, {
        against: change("baseline"),
        engineVersion: "1.2.3",
      }),
    ),
    sweep: await both((change) => {
      const { file, results } = makeSweep(EVERYTHING);
      return sweepReport(
        change === rename
          ? sweepStudy(
              renamedSweep(file, change),
              results.map((one) => renamedCell(one, change)),
            )
          : sweepStudy(file, results),
      );
    }),
    search: await both((change) =>
      searchReport(
        searchStudy(
          change === rename ? renamedTexts(SEARCHES.plane, rename, KEPT_OF_SEARCH) : SEARCHES.plane,
        ),
      ),
    ),
    guarantees: await both((change) =>
      guaranteesReport(change === rename ? { ...map, options: { ...map.options, seed: HOSTILE[0]! } } : map),
    ),
  };
}

/** Labels, numbers, comparisons, failures and a value that is crossed. */
const EVERYTHING: SweepMaker = {
  ...SWEEPS["two comparisons"],
  paths: [
    { path: "subnets[0].neurons[0].weights", part: "grid", own: "even" },
    { path: "subnets[0].hyperparameters.kappa", part: "grid", own: "0.5" },
  ],
  points: ["even", "steep", "flat", "wrong"].flatMap((shape) =>
    ["0.3", "0.4", "0.5", "0.6"].map((kappa) => [shape, kappa]),
  ),
  comparisons: ["control", "attack"],
  metrics: [
    { name: "profit", unit: "rao" },
    { name: "share", unit: "ratio" },
  ],
  value: ([, kappa = 0], { noise, comparison, point }) =>
    point >= 12 ? null : kappa - 0.45 + 0.01 * noise + 0.1 * comparison + 0.01 * point,
};

/** Members of a search that are no text of anybody; its values are numbers with a unit. */
const KEPT_OF_SEARCH = new Set(["format", "find", "values"]);

function renamedSweep(file: SweepFile, rename: Rename): SweepFile {
  return {
    ...file,
    name: rename(file.name),
    title: rename(file.title),
    engineVersion: rename(file.engineVersion),
    backend: rename(file.backend),
    metrics: file.metrics.map(({ name, unit }) => ({ name: rename(name), unit: unit && rename(unit) })),
    paths: file.paths.map(rename),
    own: file.own.map((text) => (text === null || quantityOf(text) !== null ? text : rename(text))),
    cells: file.cells.map((cell) => ({
      ...cell,
      seed: rename(cell.seed),
      values: cell.values.map((text) => (quantityOf(text) === null ? rename(text) : text)),
    })),
  };
}

function renamedCell({ status, error, metrics }: CellResult, rename: Rename): CellResult {
  const keys = <T>(object: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(object).map(([name, value]) => [rename(name), value]));
  return {
    status,
    error: error === null ? null : rename(error),
    metrics: Object.fromEntries(Object.entries(keys(metrics)).map(([name, all]) => [name, keys(all)])),
  };
}

/** Metrics and comparisons are keys of objects, too. */
function renamedExperiment(result: ExperimentResult, rename: Rename): ExperimentResult {
  const keys = (object: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(object).map(([name, value]) => [rename(name), value]));
  const renamed = renamedTexts(result, rename, FIXED);
  return {
    ...renamed,
    comparisons: renamed.comparisons.map((one) => ({ ...one, metrics: keys(one.metrics) as never })),
    differences: renamed.differences.map((one) => ({ ...one, metrics: keys(one.metrics) as never })),
    roles: keys(renamed.roles) as never,
    economics: renamed.economics.map((one) => ({ ...one, damage: keys(one.damage) as never })),
  };
}
