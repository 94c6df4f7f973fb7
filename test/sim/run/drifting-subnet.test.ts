import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runScenario } from "../../../sim/run/index.ts";
import { loadScenario } from "../../../sim/scenario/index.ts";
import { openTrace } from "../../../sim/trace/index.ts";
import { freshDirectory } from "./economy/files.ts";

const SCENARIO = fileURLToPath(new URL("../../../scenarios/cases/drifting-subnet.yaml", import.meta.url));

/** The real snapshot; its origin does not allow a copy of it in the repository. */
const SNAPSHOT = fileURLToPath(
  new URL("../../../../shared/golden/metagraph-sn15-block4769998.json.gz", import.meta.url),
);

/** Of validators with enough stake, in the drawn subnet and in the snapshot. */
const SHARE = 0.077_736_419;

const FIRST_EPOCH = 10;

/** Mean share of dividends of uid 0 from epoch 10 on over its share of stake, by comparison. */
async function earned(set: readonly string[]): Promise<Record<string, number>> {
  const outDir = join(freshDirectory(), "run");
  await runScenario(loadScenario(SCENARIO, { set }), { outDir });
  const table = await (
    await openTrace(outDir)
  ).read("neurons", ["comparison", "epoch", "uid", "dividends_raw"]);
  const [labels, comparison, epoch, uid, dividends] = [
    table.labels("comparison"),
    table.column("comparison"),
    table.column("epoch"),
    table.column("uid"),
    table.column("dividends_raw"),
  ];
  const values: Record<string, number[]> = {};
  for (let row = 0; row < table.rows; row++)
    if (uid[row] === 0 && Number(epoch[row]) >= FIRST_EPOCH)
      (values[labels[Number(comparison[row])]!] ??= []).push(Number(dividends[row]) / 4_294_967_296);
  return Object.fromEntries(
    Object.entries(values).map(([name, list]) => [
      name,
      list.reduce((sum, value) => sum + value, 0) / list.length / SHARE,
    ]),
  );
}

const RULES = ["chain", "yuma1", "yuma2", "yuma3", "yuma3-liquid"];

test("a validator that is an epoch late pays for it, on the chain and under every formula", async () => {
  const found = await earned([]);
  for (const rules of RULES) {
    expect(found[rules]!, rules).toBeGreaterThan(0.995);
    expect(found[rules]!, rules).toBeLessThan(1.005);
    expect(found[`${rules} late`]!, rules).toBeGreaterThan(0.965);
    expect(found[`${rules} late`]!, rules).toBeLessThan(0.976);
  }
});

test.skipIf(!existsSync(SNAPSHOT))("and so on the real snapshot", async () => {
  const found = await earned([`subnets[0].import.metagraph=${SNAPSHOT}`]);
  expect(found["chain"]).toBeCloseTo(0.9755, 3);
  expect(found["chain late"]).toBeCloseTo(0.962, 3);
  expect(found["yuma2"]).toBeCloseTo(0.981, 3);
  expect(found["yuma2 late"]).toBeCloseTo(0.971, 3);
});
