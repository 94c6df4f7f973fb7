import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readMetrics, runScenario } from "../../../sim/run/index.ts";
import { isEconomy, loadAnyScenario, loadStudy } from "../../../sim/scenario/index.ts";
import { openTrace } from "../../../sim/trace/index.ts";
import { writeFiles } from "../scenario/files.ts";

const scenario = (epochs: string) => `title: A sale
protocol: subtensor-425
epochs: 4
subnets:
  - netuid: 1
    emission: 100 alpha
    neurons:
      - name: seller
        alpha_stake: { by_epoch: { 0: 100 alpha, 1: 40 alpha, 3: 70 alpha } }
        weights: { miner: 1 }
      - name: miner
metrics:
  stake: { column: neurons.alpha_stake, of: seller, epochs: ${epochs} }
`;

async function stakeOf(epochs: string): Promise<number> {
  const path = join(writeFiles({ "s.yaml": scenario(epochs) }), "s.yaml");
  const loaded = loadAnyScenario(path, {});
  if (isEconomy(loaded)) throw new Error("not a subnet");
  const outDir = mkdtempSync(join(tmpdir(), "yumasim-"));
  await runScenario(loaded, { outDir });
  const values = await readMetrics(await openTrace(outDir), ["base"], loadStudy(path, {}).text.metrics, [
    "stake",
  ]);
  return values["base"]!["stake"]! / 1e9;
}

test.each([
  ["last", 70],
  ["first", 100],
  ["sum", 250],
  ["mean", 62.5],
  ["min", 40],
  ["max", 100],
  // Two of three steps, and billionths of them: the numbers are in rao.
  ["changes", 2 / 3 / 1e9],
  ["0", 100],
  ["2", 40],
  ["4", NaN],
])("epochs: %s", async (epochs, expected) => {
  expect(await stakeOf(epochs)).toBe(expected);
});

test.each([["-1"], ["1.5"], ["median"]])("epochs: %s is refused", async (epochs) => {
  await expect(stakeOf(epochs)).rejects.toThrow(/s\.yaml:13:\d+: metrics\.stake\.epochs: /);
});
