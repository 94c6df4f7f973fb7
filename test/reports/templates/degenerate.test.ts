import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { themeOf } from "../../../reports/charts/theme.ts";
import { compileWithoutData } from "../../../reports/render/compile.ts";
import { chartForExport, panelForScreen } from "../../../reports/render/compose.ts";
import { renderSvg } from "../../../reports/render/svg.ts";
import { chartsOf, type Report } from "../../../reports/templates/report.ts";
import { runAnyScenario } from "../../../sim/run/index.ts";
import { loadAnyScenario } from "../../../sim/scenario/index.ts";
import { openTrace, type Trace } from "../../../sim/trace/index.ts";
import { writeFiles } from "../../sim/scenario/files.ts";
import { reportAbout } from "../example-economy.ts";

/** Runs in which next to nothing happens: what charts have the least to show of. */
const ECONOMIES: Readonly<Record<string, string>> = {
  "one block":
    "horizon: 1 block\nnetwork: { subnets: [{ netuid: 1, owner: owner, tao: 1000 TAO, price: 0.1 }] }",
  "a subnet and nobody else":
    "horizon: 30 blocks\nnetwork: { subnets: [{ netuid: 1, owner: owner, tao: 1000 TAO, price: 0.1, hyperparameters: { tempo: 10 } }] }",
  "no trace of anything but blocks":
    "horizon: 30 blocks\ntrace: { pools: false, accounts: false, stakes: false, calls: false }\nnetwork: { subnets: [{ netuid: 1, owner: owner, tao: 1000 TAO, price: 0.1 }] }",
  "the smallest pool there is":
    "horizon: 30 blocks\nnetwork: { subnets: [{ netuid: 1, owner: owner, tao: 1 rao, price: 0.000000001 }] }",
  "a subnet whose emission is off, without root":
    "horizon: 60 blocks\nnetwork: { subnets: [{ netuid: 1, owner: owner, tao: 1000 TAO, price: 0.1, hyperparameters: { tempo: 10, emission_enabled: false } }] }",
  "samples further apart than the run":
    "horizon: 30 blocks\ntrace: { every: 1 day }\nnetwork: { subnets: [{ netuid: 1, owner: owner, tao: 1000 TAO, price: 0.1 }] }",
};

const OWNER = "populations:\n  - { name: owner, role: owner, strategy: honest }\n";

const OWN = `report:
  sections:
    - title: Own
      charts:
        - { table: pools, column: moving_price, by: netuid, scale: log }
        - { table: pools, column: tao_emission, scale: log }
        - { table: emission, column: registrations, by: netuid, scale: log }
        - { table: accounts, column: stake_value, by: population, scale: log }
`;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yumasim-degenerate-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function traceOf(name: string, text: string): Promise<Trace> {
  const path = join(
    writeFiles({ "s.yaml": `title: Next to nothing\nprotocol: subtensor-425\n${text}\n` }),
    "s.yaml",
  );
  const directory = join(folder, name.replaceAll(" ", "-"));
  await runAnyScenario(loadAnyScenario(path), directory);
  return await openTrace(directory);
}

async function expectDrawn(report: Report): Promise<void> {
  for (const chart of chartsOf(report)) {
    for (const theme of ["light", "dark"] as const)
      for (const panel of chart.panels) compileWithoutData(panelForScreen(panel, themeOf(theme, "screen")));
    if (chart.picture === undefined)
      await expect(renderSvg(chartForExport(chart, themeOf("light", "export"))), chart.id).resolves.toContain(
        "<svg",
      );
    for (const text of [chart.title, chart.description])
      expect(text, chart.id).not.toMatch(/NaN|undefined|Infinity|null/);
  }
}

const neurons = (epochs: number, emission: string, ...lines: readonly string[]): string =>
  `epochs: ${epochs}\nsubnets:\n  - netuid: 1\n    emission: ${emission}\n    neurons:\n${lines.map((line) => `      - ${line}\n`).join("")}`;

const EPOCHS: Readonly<Record<string, string>> = {
  "one epoch": neurons(
    1,
    "1 alpha",
    "{ name: v, alpha_stake: 1000 alpha, weights: { m: 1 } }",
    "{ name: m }",
  ),
  "one neuron": neurons(2, "1 alpha", "{ name: v, alpha_stake: 1000 alpha }"),
  "no stake": neurons(2, "1 alpha", "{ name: v, weights: { m: 1 } }", "{ name: m }"),
  "no emission": neurons(
    2,
    "0 alpha",
    "{ name: v, alpha_stake: 1000 alpha, weights: { m: 1 } }",
    "{ name: m }",
  ),
};

test.each(Object.entries(EPOCHS))("reports of a subnet with %s are drawn", async (name, text) => {
  const trace = await traceOf(name, text);
  await expectDrawn(await reportAbout([trace], "consensus"));
  await expectDrawn(await reportAbout([trace, trace], "comparison"));
});

test.each(Object.entries(ECONOMIES))("reports of an economy of %s are drawn", async (name, text) => {
  const trace = await traceOf(name, `${text}\n${OWNER}${OWN}`);
  await expectDrawn(await reportAbout([trace], "economy"));
  await expectDrawn(await reportAbout([trace, trace], "comparison"));
  await expectDrawn(await reportAbout([trace, trace], "economy"));
});
