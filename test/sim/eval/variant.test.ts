import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkLines, evaluateLines, type InputLine, openFamily } from "../../../sim/eval/index.ts";
import type { JsonObject } from "../../../sim/json.ts";
import { readRuns, runToLine } from "./variant-lines.ts";

const CASES1_9 = readRuns("yuma-simulation-cases1-9.json.gz").runs;
const OPTIONS = readRuns("yuma-simulation-options.json.gz").runs;

async function put(lines: readonly unknown[], check = false) {
  const { family, backend } = await openFamily("variant");
  const answers: JsonObject[] = [];
  async function* inputs(): AsyncGenerator<InputLine> {
    for (const [index, line] of lines.entries())
      yield { source: "test", number: index + 1, text: JSON.stringify(line) };
  }
  const summary = await (check ? checkLines : evaluateLines)(family, backend, inputs(), async (answer) => {
    answers.push(JSON.parse(answer) as JsonObject);
  });
  return { answers, summary };
}

describe("the published runs are reproduced within the declared tolerance", () => {
  test.each([
    ["cases 1 to 9", CASES1_9, 189],
    ["option variations", OPTIONS, 150],
  ])("%s, by default and with compat", async (_title, runs, count) => {
    const lines = [...runs.map((run) => runToLine(run, false)), ...runs.map((run) => runToLine(run, true))];
    const { answers, summary } = await put(lines, true);
    expect(answers).toEqual([]);
    expect(summary).toEqual({ cases: 2 * count, differences: 0, errors: 0 });
  });

  test("compat reproduces what follows an epoch without a majority, and nothing else does", async () => {
    const run = OPTIONS.find(
      (found) => found.undefined_consensus_epochs !== undefined && found.version === "YUMA3",
    );
    const { answers } = await put([runToLine(run!, false), runToLine(run!, true)]);
    const [plain, compat] = answers.map((answer) => answer.out as { incentives: number[][] });
    expect(compat!.incentives[1]).toEqual([0.2, 0.2]);
    expect(plain!.incentives[1]).toEqual([0, 0]);
  });

  test("the family declares its tolerance", async () => {
    const { family } = await openFamily("variant");
    expect(family.tolerance?.("float64")).toContain("dividends, incentives and alpha within 1e-6");
  });
});

describe("a check finds", () => {
  const liquid = CASES1_9.find(
    (run) => run.version === "YUMA3_LIQUID" && run.case === 5 && run.bond_penalty === 0.99,
  );
  const unpaid = CASES1_9.find((run) => run.unpaid_epochs !== undefined);
  const undecided = OPTIONS.find((run) => run.undefined_consensus_epochs !== undefined);
  const twoC = CASES1_9.find((run) => run.version === "YUMA2C" && run.case === 2);

  /** The line of a run, one number of its result moved. */
  function planted(
    run: (typeof CASES1_9)[number],
    path: readonly (string | number)[],
    by: number,
    compat = false,
  ) {
    const line = structuredClone(runToLine(run, compat)) as { out: Record<string, unknown> };
    let place = line.out as Record<string | number, unknown>;
    for (const key of path.slice(0, -1)) place = place[key] as Record<string | number, unknown>;
    const last = path.at(-1)!;
    place[last] = (place[last] as number) + by;
    return line;
  }

  test.each([
    ["dividends[7][1]", liquid, ["dividends", 7, 1], 1.3e-6],
    ["incentives[39][0]", liquid, ["incentives", 39, 0], -1.3e-6],
    ["bonds[12][2][1]", liquid, ["bonds", 12, 2, 1], 2.5e-6],
    ["bonds[12][0][1]", twoC, ["bonds", 12, 0, 1], 1e15],
    ["alpha[0][0][0]", liquid, ["alpha", 0, 0, 0], 1.3e-6],
    ["consensus[3][0]", liquid, ["consensus", 3, 0], -2 / 65_535],
    ["total_per_1000_tao[2]", liquid, ["total_per_1000_tao", 2], 7e-6],
    ["percent_vs_base[0]", liquid, ["percent_vs_base", 0], 2e-3],
    ["unpaid_epochs[0]", unpaid, ["unpaid_epochs", 0], 1],
    ["undefined_consensus_epochs[1]", undecided, ["undefined_consensus_epochs", 1], 1],
  ] as const)("a planted difference at %s", async (path, run, keys, by) => {
    const { answers, summary } = await put([planted(run!, keys, by)], true);
    expect(answers).toMatchObject([{ path }]);
    expect(summary.differences).toBe(1);
  });

  test("a difference after the first undefined epoch only with compat", async () => {
    const key = ["incentives", 30, 0];
    expect((await put([planted(undecided!, key, 1e-3)], true)).answers).toEqual([]);
    expect((await put([planted(undecided!, key, 1e-3, true)], true)).answers).toMatchObject([
      { path: "incentives[30][0]" },
    ]);
  });

  test("a member too many or too few", async () => {
    const { alpha: _alpha, ...without } = liquid!;
    const lines = [runToLine(without, false), runToLine({ ...twoC!, alpha: [] }, false)];
    const { answers } = await put(lines, true);
    expect(answers).toMatchObject([
      { path: "alpha", expected: null },
      { path: "alpha", expected: [], actual: null },
    ]);
  });

  test("one step of consensus is let through where the quotient is whole, and nowhere else", async () => {
    const input = {
      case: {
        stakes: [[1, 1, 1]],
        weights: [
          [
            [0.6, 0.4],
            [0.6, 0.4],
            [0.6, 0.4],
          ],
        ],
      },
      version: "yuma3",
      bond_penalty: 0,
    };
    const { answers } = await put([{ in: input }]);
    const out = answers[0]!.out as { consensus: number[][] };
    expect(out.consensus).toEqual([[39_321 / 65_535, 26_214 / 65_535]]);
    const flipped = { ...out, consensus: [[39_320 / 65_535, 26_214 / 65_535]] };
    expect((await put([{ in: input, out: flipped }], true)).answers).toEqual([]);
    const elsewhere = {
      ...input,
      case: {
        ...input.case,
        weights: [
          [
            [0.61, 0.39],
            [0.61, 0.39],
            [0.61, 0.39],
          ],
        ],
      },
    };
    const there = (await put([{ in: elsewhere }])).answers[0]!.out as { consensus: number[][] };
    const off = { ...there, consensus: [[there.consensus[0]![0]! - 1 / 65_535, there.consensus[0]![1]!]] };
    expect((await put([{ in: elsewhere, out: off }], true)).answers).toMatchObject([
      { path: "consensus[0][0]" },
    ]);
  });
});

describe("lines", () => {
  const shipped = (
    JSON.parse(
      readFileSync(new URL("../../../scenarios/cases/yuma-cases.json", import.meta.url), "utf8"),
    ) as {
      cases: JsonObject[];
    }
  ).cases;

  test("a case is an id or an object with its members", async () => {
    const input = { version: "yuma2", bond_penalty: 0.5 };
    const { answers } = await put([
      { name: "a", in: { ...input, case: 7 } },
      { name: "b", in: { ...input, case: shipped[6] } },
    ]);
    expect(answers[0]!.out).toEqual(answers[1]!.out);
    expect(Object.keys(answers[0]!.out as JsonObject)).toEqual([
      "dividends",
      "incentives",
      "consensus",
      "bonds",
      "total_per_1000_tao",
      "percent_vs_base",
    ]);
  });

  test("a variation and its settings are the same; the rate has two names", async () => {
    const line = (options: unknown, version = "YUMA3_LIQUID") => ({
      in: { case: 5, version, bond_penalty: 0.99, options },
    });
    const pairs = [
      ["liquid-previous", { liquid_alpha_consensus_mode: "PREVIOUS" }],
      ["liquid-effective-weights", { liquid_alpha_effective_weights: true }],
      ["liquid-steep-wide", { alpha_low: 0.05, alpha_high: 0.9, alpha_sigmoid_steepness: 100 }],
      ["winner-takes-all", { winner_takes_all: true }],
      ["no-resets", { bond_resets: false }],
      ["kappa-0.3", { kappa: 0.3 }],
      ["rectangular", { square_matrices: false }],
      ["ema-0.9", { bond_moving_avg: 0.9 }],
      [
        "csv-table",
        { liquid_alpha_consensus_mode: "CURRENT", bond_resets: false, alpha_low: 0.3, alpha_high: 0.1 },
      ],
      [{ bond_moving_avg: 0.75 }, { bonds_rate: 0.25 }],
    ];
    const { answers } = await put(pairs.flat().map((options) => line(options)));
    for (let k = 0; k < answers.length; k += 2) expect(answers[k]!.out).toEqual(answers[k + 1]!.out);
    const onYuma2 = await put([
      line("liquid-on-ema-versions", "YUMA2"),
      line({ liquid_alpha: true }, "yuma2"),
    ]);
    expect(onYuma2.answers[0]!.out).toEqual(onYuma2.answers[1]!.out);
    const capped = [
      line("slow-capacity", "yuma2c"),
      line({ decay_rate: 0.02, capacity_alpha: 0.3, total_epoch_emission: 100 }, "yuma2c"),
    ];
    const slow = await put(capped);
    expect(slow.answers[0]!.out).toEqual(slow.answers[1]!.out);
  });

  test("the payout settings scale the totals alone", async () => {
    const { answers } = await put(
      [
        undefined,
        { total_epoch_emission: 200, validator_emission_ratio: 0.205, total_subnet_stake: 500_000 },
      ].map((options) => ({
        in: { case: 2, version: "yuma3", bond_penalty: 0, ...(options && { options }) },
      })),
    );
    const [usual, doubled] = answers.map((answer) => answer.out as { total_per_1000_tao: number[] });
    doubled!.total_per_1000_tao.forEach((total, i) =>
      expect(total).toBeCloseTo(2 * usual!.total_per_1000_tao[i]!, 10),
    );
  });

  const good = { case: 1, version: "yuma3", bond_penalty: 0 };
  const tiny = { stakes: [[1, 1]], weights: [[[1], [1]]] };
  test.each<[string, unknown, RegExp]>([
    ["no in", {}, /^in: this member is missing/],
    ["a member beside in", { in: good, case: 1 }, /^case: unknown member/],
    ["no case", { in: { version: "yuma3", bond_penalty: 0 } }, /^in\.case: this member is missing/],
    ["an unknown member", { in: { ...good, penalty: 1 } }, /^in\.penalty: unknown member/],
    [
      "an unknown version",
      { in: { ...good, version: "yuma4" } },
      /^in\.version: found "yuma4"; allowed: yuma1, /,
    ],
    ["an unknown case", { in: { ...good, case: 25 } }, /^in\.case: found 25; allowed: an id 1\.\.24/],
    [
      "a penalty above 1",
      { in: { ...good, bond_penalty: 1.5 } },
      /^in\.bond_penalty: found 1\.5; allowed: a number 0\.\.1/,
    ],
    ["a penalty as text", { in: { ...good, bond_penalty: "1" } }, /^in\.bond_penalty: found "1"/],
    [
      "an unknown variation",
      { in: { ...good, options: "kappa" } },
      /^in\.options: found "kappa"; allowed: web-defaults, /,
    ],
    [
      "an unknown setting",
      { in: { ...good, options: { kapa: 1 } } },
      /^in\.options\.kapa: unknown setting; known: kappa, /,
    ],
    ["options as a list", { in: { ...good, options: [] } }, /^in\.options: allowed/],
    [
      "both rates",
      { in: { ...good, options: { bonds_rate: 0.1, bond_moving_avg: 0.9 } } },
      /^in\.options\.bonds_rate: /,
    ],
    [
      "an unknown mode",
      { in: { ...good, options: { liquid_alpha_consensus_mode: "OLD" } } },
      /allowed: CURRENT, PREVIOUS, MIXED/,
    ],
    [
      "an unknown method",
      { in: { ...good, options: { consensus_method: "median" } } },
      /allowed: sorted, bisection/,
    ],
    [
      "part of a step",
      { in: { ...good, options: { consensus_method: "mean_reduction", consensus_steps: 1.5 } } },
      /^in\.options\.consensus_steps: found 1\.5/,
    ],
    ["a negative kappa", { in: { ...good, options: { kappa: -0.1 } } }, /^in\.options\.kappa: found -0\.1/],
    [
      "compat as text",
      { in: { ...good, compat: "yes" } },
      /^in\.compat: found "yes"; allowed: true or false/,
    ],
    [
      "a case without weights",
      { in: { ...good, case: { stakes: [[1]] } } },
      /^in\.case\.weights: this member is missing/,
    ],
    [
      "no epochs",
      { in: { ...good, case: { stakes: [], weights: [] } } },
      /^in\.case\.stakes: found an empty array/,
    ],
    [
      "fewer weights than epochs",
      { in: { ...good, case: { ...tiny, weights: [] } } },
      /^in\.case\.weights: found 0 elements; allowed: 1/,
    ],
    [
      "a short row",
      { in: { ...good, case: { ...tiny, weights: [[[1], []]] } } },
      /^in\.case\.weights\[0\]\[1\]: found 0 elements/,
    ],
    [
      "a negative weight",
      { in: { ...good, case: { ...tiny, weights: [[[1], [-1]]] } } },
      /^in\.case\.weights\[0\]\[1\]\[0\]: found -1/,
    ],
    [
      "no stake",
      { in: { ...good, case: { ...tiny, stakes: [[0, 0]] } } },
      /^in\.case\.stakes\[0\]: all stakes are 0/,
    ],
    [
      "stakes too large",
      { in: { ...good, case: { ...tiny, stakes: [[1e308, 1e308]] } } },
      /^in\.case\.stakes\[0\]: the sum is too large/,
    ],
    ["epochs that disagree", { in: { ...good, case: { ...tiny, epochs: 2 } } }, /^in\.case\.epochs: found 2/],
    [
      "labels that disagree",
      { in: { ...good, case: { ...tiny, servers: ["a", "b"] } } },
      /^in\.case\.servers: found 2 elements/,
    ],
    [
      "a base past the end",
      { in: { ...good, case: { ...tiny, base_validator: 2 } } },
      /^in\.case\.base_validator: found 2/,
    ],
    [
      "a reset past the end",
      { in: { ...good, case: { ...tiny, bond_reset: { server: 1, epoch: 0 } } } },
      /^in\.case\.bond_reset\.server: found 1/,
    ],
    [
      "a case with a strange member",
      { in: { ...good, case: { ...tiny, stake: 1 } } },
      /^in\.case\.stake: unknown member/,
    ],
  ])("%s is an error that says what is allowed", async (_title, line, message) => {
    const { answers, summary } = await put([line]);
    expect(summary.errors).toBe(1);
    expect(answers[0]!.error).toMatch(message);
  });

  test("an object of a case needs stakes and weights only", async () => {
    const { answers } = await put([
      { in: { ...good, case: tiny, options: { consensus_method: "bisection" } } },
    ]);
    const out = answers[0]!.out as { percent_vs_base: number[]; total_per_1000_tao: number[] };
    expect(out.percent_vs_base).toEqual([0, 0]);
    expect(out.total_per_1000_tao[0]).toBeGreaterThan(0);
  });
});
