import { join } from "node:path";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { loadScenario, type SubnetPlan } from "../../../sim/scenario/index.ts";
import { loadText, NEURONS, scenarioText, writeFiles } from "./files.ts";

const plan = (subnet: string, files: Readonly<Record<string, string | Uint8Array>> = {}): SubnetPlan =>
  loadText(scenarioText(subnet), { files }).comparisons[0]!;

/** Rows by uid in their stored order. */
function rows({ weights: { offsets, uids, values } }: SubnetPlan): [number, number][][] {
  return Array.from({ length: offsets.length - 1 }, (_, uid) =>
    Array.from({ length: offsets[uid + 1]! - offsets[uid]! }, (_unused, k) => [
      uids[offsets[uid]! + k]!,
      values[offsets[uid]! + k]!,
    ]),
  );
}

describe("a scenario", () => {
  test("is named after its file and has the defaults of a new subnet", () => {
    const directory = writeFiles({ "My First_Scenario.yaml": scenarioText(NEURONS) });
    const scenario = loadScenario(join(directory, "My First_Scenario.yaml"));
    expect(scenario).toMatchObject({
      name: "my-first-scenario",
      title: "Test",
      description: "",
      seed: "0",
      protocol: "subtensor-425",
      epochs: 10,
      inputs: [],
    });
    expect(scenario.comparisons).toHaveLength(1);
    expect(scenario.comparisons[0]).toMatchObject({
      comparison: "base",
      netuid: 1,
      n: 4,
      hotkeys: ["validator-0", "validator-1", "miner-0", "miner-1"],
      ownerUid: null,
      raoEmission: 100_000_000_000n,
      firstEpochBlock: 360n,
      lastMechanismStepBlock: 0n,
      hyperparameters: {
        tempo: 360,
        activityCutoff: 5000n,
        kappa: 32_767,
        bondsPenalty: 65_535,
        bondsMovingAverage: 900_000n,
        yuma3: true,
        liquidAlpha: false,
        alphaLow: 45_875,
        alphaHigh: 58_982,
        alphaSigmoidSteepness: 1000,
        maxAllowedValidators: 64,
        stakeThreshold: 0n,
        taoWeight: 3_320_413_933_267_719_290n,
        commitReveal: false,
      },
    });
  });

  test("has its canonical form in JSON, amounts as decimal strings", () => {
    const { canonical } = loadText(scenarioText(NEURONS), { seed: "9", set: ["epochs=3"] });
    expect(JSON.parse(JSON.stringify(canonical))).toEqual(canonical);
    expect(canonical).toMatchObject({
      seed: "9",
      epochs: 3,
      subnets: [
        { emission: "100000000000", neurons: [{ alpha_stake: ["600000000000", "400000000000"] }, {}] },
      ],
    });
  });

  test("is the same each time, whatever its seed is called", () => {
    const text = scenarioText(
      "    neurons: [{ name: a, count: 4, alpha_stake: { distribution: exponential, mean: 9 alpha } }]",
    );
    expect(loadText(text, { seed: "7" }).comparisons[0]!.alphaStake).toEqual(
      loadText(`seed: 7\n${text}`).comparisons[0]!.alphaStake,
    );
  });

  test("takes the activity cutoff from the tempo as the chain does", () => {
    expect(plan(`    hyperparameters: { tempo: 100 }\n${NEURONS}`).hyperparameters.activityCutoff).toBe(
      1388n,
    );
    expect(
      plan(`    hyperparameters: { tempo: 100, activity_cutoff: 7 blocks }\n${NEURONS}`).hyperparameters
        .activityCutoff,
    ).toBe(7n);
  });
});

describe("weights", () => {
  test("of a mapping are sent by ascending uid, of pairs in their order", () => {
    const both = plan(
      `${NEURONS}\n    weights:\n      validator-0: { miner-1: 1, 2: 3 }\n      validator-1: [[miner-1, 1], [2, 3]]`,
    );
    expect(rows(both)).toEqual([
      [
        [2, 65_535],
        [3, 21_845],
      ],
      [
        [3, 21_845],
        [2, 65_535],
      ],
      [],
      [],
    ]);
  });

  test("of a group go to its neurons but the sender, and a single name wins over it", () => {
    const groups = plan(`${NEURONS}\n    weights: { validator: { validator: 1, miner: 2, miner-1: 4 } }`);
    expect(rows(groups).slice(0, 2)).toEqual([
      [
        [1, 16_384],
        [2, 32_768],
        [3, 65_535],
      ],
      [
        [0, 16_384],
        [2, 32_768],
        [3, 65_535],
      ],
    ]);
  });

  test("are set in the block before each epoch, changed or not", () => {
    const set = plan(`${NEURONS}\n    weights: { validator-0: { miner: 1 } }`);
    expect([...set.lastUpdate]).toEqual([359n, 0n, 0n, 0n]);
    expect([...set.changesBefore(9).lastUpdate!]).toEqual([3599n, 0n, 0n, 0n]);
    expect(set.changesBefore(9).weightRows).toBeUndefined();
  });

  test("are set only when they change, where the scenario says so", () => {
    const text = `    set_weights: on-change\n${NEURONS}
    weights: { by_epoch: { 0: { validator-0: { miner: 1 } }, 4: { validator-0: { miner-0: 1 }, validator-1: { miner-1: 1 } } } }`;
    const once = plan(text);
    expect([...once.lastUpdate]).toEqual([359n, 0n, 0n, 0n]);
    for (const epoch of [0, 1, 2, 3, 5, 6]) expect(once.changesBefore(epoch)).toEqual({});
    expect(once.changesBefore(4)).toEqual({
      weightRows: [
        { uid: 0, uids: Uint16Array.of(2), values: Uint16Array.of(65_535), submitted: [1] },
        { uid: 1, uids: Uint16Array.of(3), values: Uint16Array.of(65_535), submitted: [1] },
      ],
      lastUpdate: BigUint64Array.of(1799n, 1799n, 0n, 0n),
    });
    const own = plan(
      text.replace("[600 alpha, 400 alpha]", "[600 alpha, 400 alpha]\n        set_weights: every-epoch"),
    );
    expect([...own.changesBefore(3).lastUpdate!]).toEqual([1439n, 0n, 0n, 0n]);
  });

  test("are the same from CSV, JSON, Arrow and inline, with and without epochs", () => {
    const table = [
      { validator_uid: 0, miner_uid: 3, weight: 0.25, epoch: 0 },
      { validator_uid: 0, miner_uid: 2, weight: 0.5, epoch: 0 },
      { validator_uid: 1, miner_uid: 2, weight: 7, epoch: 2 },
    ];
    const column = (name: keyof (typeof table)[number]): number[] => table.map((row) => row[name]);
    const arrow = tableFromArrays({
      validator_uid: Uint16Array.from(column("validator_uid")),
      miner_uid: Uint16Array.from(column("miner_uid")),
      weight: Float64Array.from(column("weight")),
      epoch: BigUint64Array.from(column("epoch"), BigInt),
    });
    const files = {
      "w.csv":
        'epoch,validator_uid,miner_uid,weight\r\n0,validator-0,3,0.25\r\n0,0,"miner-0",0.5\r\n2,1,2,7\r\n',
      "w.json": JSON.stringify(table),
      "w.arrow": tableToIPC(arrow, "file"),
      "w.arrows": tableToIPC(arrow, "stream"),
    };
    const inline = plan(
      `${NEURONS}\n    weights: { by_epoch: { 0: { 0: [[3, 0.25], [2, 0.5]] }, 2: { 1: { 2: 7 } } } }`,
    );
    for (const file of Object.keys(files)) {
      const read = plan(`${NEURONS}\n    weights: { file: ${file} }`, files);
      expect(read.weights, file).toEqual(inline.weights);
      for (const epoch of [0, 1, 2, 3])
        expect(read.changesBefore(epoch), file).toEqual(inline.changesBefore(epoch));
    }
  });
});

describe("stakes", () => {
  test("hold until the next epoch named", () => {
    const changing = plan(
      "    neurons: [{ name: a, tao_stake: { by_epoch: { 0: 5 TAO, 3: 9 TAO } } }, { name: b, alpha_stake: 1 alpha }]",
    );
    expect([...changing.taoStake]).toEqual([5_000_000_000n, 0n]);
    expect(changing.changesBefore(2).taoStake).toBeUndefined();
    expect([...changing.changesBefore(3).taoStake!]).toEqual([9_000_000_000n, 0n]);
    expect(changing.changesBefore(3).alphaStake).toBeUndefined();
    expect(changing.changesBefore(4).taoStake).toBeUndefined();
  });

  test("come from a file, with units in the cells or for all of them", () => {
    const units = plan(`${NEURONS}\n    stakes: { file: s.csv }`, {
      "s.csv": "uid,alpha_stake,tao_stake\n0,5 alpha,1 rao\nminer-1,0.5 alpha,2 TAO\n",
    });
    expect([...units.alphaStake]).toEqual([5_000_000_000n, 400_000_000_000n, 0n, 500_000_000n]);
    expect([...units.taoStake]).toEqual([1n, 0n, 0n, 2_000_000_000n]);
    const rao = plan(`${NEURONS}\n    stakes: { file: s.json, unit: rao }`, {
      "s.json": JSON.stringify([
        { uid: 1, alpha_stake: 12, epoch: 0 },
        { uid: 1, alpha_stake: "13", epoch: 2 },
      ]),
    });
    expect([...rao.alphaStake]).toEqual([600_000_000_000n, 12n, 0n, 0n]);
    expect([...rao.changesBefore(2).alphaStake!]).toEqual([600_000_000_000n, 13n, 0n, 0n]);
    const token = plan(`${NEURONS}\n    stakes: { file: s.arrow, unit: token }`, {
      "s.arrow": tableToIPC(
        tableFromArrays({ uid: Int32Array.of(0), tao_stake: BigUint64Array.of(3n) }),
        "file",
      ),
    });
    expect([...token.taoStake]).toEqual([3_000_000_000n, 0n, 0n, 0n]);
  });
});

test("permits, registrations and the owner are as written", () => {
  const subnet = plan(`    owner: m
    hyperparameters: { max_allowed_validators: 1 }
    neurons:
      - { name: v, count: 2, alpha_stake: [5 alpha, 6 alpha] }
      - { name: kept, validator_permit: true, registered_at: 42 }
      - { name: lost, alpha_stake: 9 alpha, validator_permit: false }
      - { name: m }`);
  expect([...subnet.validatorPermit]).toEqual([0, 0, 1, 0, 1]);
  expect([...subnet.blockAtRegistration]).toEqual([0n, 0n, 42n, 0n, 0n]);
  expect(subnet.ownerUid).toBe(4);
});

describe("overrides", () => {
  test("of --set are read as YAML, in their order", () => {
    const { comparisons, epochs } = loadText(scenarioText(NEURONS), {
      set: [
        "subnets[0].hyperparameters.kappa=0.5",
        "subnets[0].hyperparameters.kappa = 40 %",
        "subnets[0].neurons[1]={ name: helper, count: 3 }",
        "epochs=7",
      ],
    });
    expect(comparisons[0]!.hyperparameters.kappa).toBe(26_214);
    expect(comparisons[0]!.hotkeys).toContain("helper-2");
    expect(epochs).toBe(7);
  });

  test("of a comparison start from the scenario after --set, with the same draws", () => {
    const text = scenarioText(
      "    neurons: [{ name: a, count: 3, alpha_stake: { distribution: exponential, mean: 9 alpha } }]",
      "compare:\n  - { name: old, set: { 'subnets[0].hyperparameters.yuma3': false } }\n  - { name: new, set: {} }\n",
    );
    const [old, fresh] = loadText(text, {
      set: ["subnets[0].hyperparameters.tempo=100", "subnets[0].hyperparameters.yuma3=true"],
    }).comparisons;
    expect([old!.comparison, fresh!.comparison]).toEqual(["old", "new"]);
    expect([old!.hyperparameters.yuma3, fresh!.hyperparameters.yuma3]).toEqual([false, true]);
    expect([old!.hyperparameters.tempo, fresh!.hyperparameters.tempo]).toEqual([100, 100]);
    expect(old!.alphaStake).toEqual(fresh!.alphaStake);
  });

  test("that import a metagraph take the place of the neurons, and the other way round", () => {
    const snapshot = JSON.stringify({
      format: "metagraph/1",
      block: 10,
      n: 1,
      hotkeys: ["h"],
      stake: [1],
      weights: [],
    });
    const directory = writeFiles({ "m.json": snapshot, "s.yaml": scenarioText(NEURONS) });
    const set = `subnets[0].import.metagraph=${join(directory, "m.json")}`;
    expect(loadScenario(join(directory, "s.yaml"), { set: [set] }).comparisons[0]!.hotkeys).toEqual(["h"]);
    const back = loadScenario(join(directory, "s.yaml"), { set: [set, "subnets[0].neurons=[{ name: a }]"] });
    expect(back.comparisons[0]!.hotkeys).toEqual(["a"]);
  });

  test("name files from the current directory, the scenario from its own", () => {
    const directory = writeFiles({
      "w.csv": "validator_uid,miner_uid,weight\n0,2,1\n",
      "sub/s.yaml": scenarioText(`${NEURONS}\n    weights: { file: ../w.csv }`),
    });
    const scenario = loadScenario(join(directory, "sub", "s.yaml"));
    expect(scenario.inputs.map(({ path }) => path)).toEqual(["../w.csv"]);
    const here = process.cwd();
    process.chdir(directory);
    try {
      const set = ["subnets[0].weights.file=w.csv"];
      expect(loadScenario("sub/s.yaml", { set }).inputs.map(({ path }) => path)).toEqual(["w.csv"]);
    } finally {
      process.chdir(here);
    }
  });

  test("reach into values that YAML anchors share without changing the other uses", () => {
    const text = scenarioText(`    neurons:
      - { name: a, alpha_stake: &s { distribution: constant, value: 1 alpha } }
      - { name: b, alpha_stake: *s }
      - { name: c, alpha_stake: { <<: *s, value: 3 alpha } }`);
    const { alphaStake } = loadText(text, { set: ["subnets[0].neurons[0].alpha_stake.value=2 alpha"] })
      .comparisons[0]!;
    expect([...alphaStake]).toEqual([2_000_000_000n, 1_000_000_000n, 3_000_000_000n]);
  });
});

test("<< takes over the keys of several mappings: those given here come first, then those of the first", () => {
  const text = scenarioText(`    neurons:
      - &one { name: a, count: 2, alpha_stake: 1 alpha }
      - &other { name: b, alpha_stake: 2 alpha, tao_stake: 3 TAO }
      - { <<: [*one, *other], name: c }`);
  const { hotkeys, alphaStake, taoStake } = loadText(text).comparisons[0]!;
  expect(hotkeys).toEqual(["a-0", "a-1", "b", "c-0", "c-1"]);
  expect([...alphaStake].map((rao) => Number(rao) / 1e9)).toEqual([1, 1, 2, 1, 1]);
  expect([...taoStake].map((rao) => Number(rao) / 1e9)).toEqual([0, 0, 3, 3, 3]);
});
