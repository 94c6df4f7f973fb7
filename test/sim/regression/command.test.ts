import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Baseline } from "../../../sim/regression/baseline-format.ts";
import type { Comparison } from "../../../sim/trace/index.ts";
import { type BuiltCommand, buildCommand } from "../cli/built-command.ts";

const REGRESSION = join(import.meta.dirname, "../../../scenarios/regression");

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
  for (const name of ["permits.yaml", "ties.yaml"]) cpSync(join(REGRESSION, name), inFolder(name));
  cpSync(join(REGRESSION, "baseline"), inFolder("baseline"), { recursive: true });
});
afterAll(() => command.remove());

const inFolder = (name: string): string => join(command.folder, name);
const readBaseline = (directory: string, name: string): Baseline =>
  JSON.parse(readFileSync(inFolder(`${directory}/${name}.json`), "utf8")) as Baseline;

/** A copy of the baselines in which one value of permits is another: emission of uid 3 at the third epoch. */
function changedBaseline(directory: string): { readonly was: string; readonly is: string } {
  cpSync(inFolder("baseline"), inFolder(directory), { recursive: true });
  const baseline = readBaseline(directory, "permits");
  const neurons = baseline.tables["neurons"]!;
  const section = neurons.sections[2]!;
  const texts = (section.values["emission"] as string).split(" ").flatMap((part) => {
    const [value = "", count = "1"] = part.split("*");
    return Array.from({ length: Number(count) }, () => value);
  });
  const is = texts[3]!;
  const was = String(BigInt(is) + 255n);
  texts[3] = was;
  const sections = neurons.sections.map((one) =>
    one === section ? { ...one, values: { ...one.values, emission: texts.join(" ") } } : one,
  );
  const tables = { ...baseline.tables, neurons: { ...neurons, sections, digest: "0".repeat(64) } };
  writeFileSync(inFolder(`${directory}/permits.json`), JSON.stringify({ ...baseline, tables }));
  return { was, is };
}

const hex = (value: string): string => `0x${BigInt(value).toString(16).padStart(16, "0")}`;

describe("check", () => {
  test("says what differs to the value, in every form", async () => {
    const { was, is } = changedBaseline("changed");
    const args = ["check", "permits.yaml", "ties.yaml", "--against", "changed"];
    const { code, stdout } = await command.run([...args, "--github", "--junit", "report.xml"]);
    expect(code).toBe(1);
    expect(stdout).toContain("permits.yaml: DIFFERS\n");
    expect(stdout).toContain(
      "  first difference: neurons.emission (spec/epoch.md 8), netuid 2, uid 3\n    at block 650, epoch 2, comparison base\n",
    );
    expect(stdout).toContain(`    baseline  ${was} (${hex(was)})\n    now       ${is} (${hex(is)})\n`);
    expect(stdout).toContain("neurons.emission: 1 row in 1 block, block 650, by at most 255\n");
    expect(stdout).toContain("ties.yaml: the same (4 tables, ");
    expect(stdout).toMatch(
      /1 of 2 not as expected; if the differences are meant, run the same with --update\n$/,
    );
    expect(stdout).toMatch(
      /^::error file=permits\.yaml,title=yumasim check%3A permits\.yaml failed::first difference: .*%0A/,
    );
    const xml = readFileSync(inFolder("report.xml"), "utf8");
    expect(xml).toContain('<testsuite name="yumasim check" tests="2" failures="1" errors="0">');
    expect(xml).toMatch(
      /<testcase classname="yumasim.check" name="permits" file="permits.yaml">\s*<failure message="neurons\.emission/,
    );
    expect(xml).toContain('name="ties" file="ties.yaml"/>');
    const json = await command.run([...args, "--json"]);
    const { results } = JSON.parse(json.stdout) as { results: { comparison: Comparison }[] };
    expect(results[0]?.comparison).toMatchObject({
      same: false,
      first: {
        table: "neurons",
        column: "emission",
        block: "650",
        epoch: 2,
        row: { netuid: "2", uid: "3" },
        before: { decimal: was, hex: hex(was) },
        after: { decimal: is, hex: hex(is) },
      },
    });
  });

  test("--update writes what is true now and says what moved", async () => {
    changedBaseline("updated");
    const { code, stdout } = await command.run(["check", "permits.yaml", "--against", "updated", "--update"]);
    expect(code).toBe(0);
    expect(stdout).toContain("permits.yaml: moved; wrote updated/permits.json\n");
    expect(stdout).toContain("by at most 255");
    expect(readBaseline("updated", "permits")).toEqual(readBaseline("baseline", "permits"));
  });

  test("a tolerance lets small differences pass, and only these", async () => {
    changedBaseline("tolerant");
    const scenario = readFileSync(inFolder("permits.yaml"), "utf8");
    const check = async (tolerance: number): Promise<number | null> => {
      mkdirSync(inFolder("t"), { recursive: true });
      writeFileSync(
        inFolder("t/permits.yaml"),
        `${scenario}\ncheck:\n  tolerances: { neurons.emission: ${tolerance} }\n`,
      );
      return (await command.run(["check", "t/permits.yaml", "--against", "tolerant"])).code;
    };
    expect(await check(254)).toBe(1);
    expect(await check(255)).toBe(0);
  });

  test("a strategy module that changed is told, and so is one that it imports", async () => {
    const of = (amount: number): string => `import { SHARE } from "./share.mjs";
// not "./gone.mjs", which nobody imports
export const buying = {
  name: "buying",
  role: "trader",
  summary: "buys once",
  parameters: {},
  hotkeys: () => 1,
  begin: () => ({}),
  wake: (view) => ({
    submissions: [
      {
        call: {
          call: "addStake",
          origin: { signed: view.agent.coldkey },
          args: { hotkey: view.agent.hotkeys[0], netuid: 1, amountStaked: ${amount}_000_000_000n / SHARE },
        },
      },
    ],
    state: {},
    nextWake: null,
  }),
};
`;
    mkdirSync(inFolder("own"), { recursive: true });
    const write = (name: string, text: string): void => writeFileSync(inFolder(`own/${name}`), text);
    write(
      "own.yaml",
      `title: A buyer
protocol: subtensor-425
horizon: 10 blocks
strategies: [buying.mjs]
network: { subnets: [{ netuid: 1, tao: 1000 TAO }] }
populations: [{ name: buyer, role: trader, balance: 9 TAO, strategy: buying }]
`,
    );
    write("buying.mjs", of(4));
    write("share.mjs", "export const SHARE = 2n;\n");
    const check = (...options: string[]) =>
      command.run(["check", "own/own.yaml", "--allow-code", "--against", "own", ...options]);
    expect(await command.run(["check", "own/own.yaml", "--against", "own", "--update"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("allow it with --allow-code") as string,
    });
    expect((await check("--update")).code).toBe(0);
    expect((await check()).code).toBe(0);
    write("share.mjs", "export const SHARE = 2n; // the same\n");
    expect(await check()).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(
        "note: the file share.mjs is another one than the baseline's\n",
      ) as string,
    });
    expect((await check("--update")).code).toBe(0);
    write("buying.mjs", of(5));
    const { code, stdout } = await check();
    expect(code).toBe(1);
    expect(stdout).toContain("note: the file buying.mjs is another one than the baseline's\n");
    expect(stdout).toMatch(/first difference: \w+\.\w+/);
    expect((await check("--update")).code).toBe(0);
    expect((await check()).code).toBe(0);
  });

  test("expectations are checked too", async () => {
    const scenario = readFileSync(inFolder("permits.yaml"), "utf8");
    const expecting = (value: number): string =>
      `${scenario}\nmetrics:\n  whale: { column: neurons.emission, of: whale }\nexpect:\n  - { metric: whale, operator: "<", value: ${value} }\n`;
    mkdirSync(inFolder("e"), { recursive: true });
    writeFileSync(inFolder("e/permits.yaml"), expecting(10_000_000_004));
    expect((await command.run(["check", "e/permits.yaml", "--against", "baseline"])).code).toBe(0);
    writeFileSync(inFolder("e/permits.yaml"), expecting(1));
    const { code, stdout } = await command.run(["check", "e/permits.yaml", "--against", "baseline"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /expectation missed: whale < 1, found \d+, comparison base\n1 of 1 not as expected\n$/,
    );
  });

  test("columns that are not kept are told apart by digests", async () => {
    const columns = ["--columns", "neurons.incentive_raw"];
    await command.run(["check", "ties.yaml", "--against", "small", "--update", ...columns]);
    const scenario = readFileSync(inFolder("ties.yaml"), "utf8").replace(
      "emission: 1.000000019",
      "emission: 1.00000002",
    );
    mkdirSync(inFolder("small-change"), { recursive: true });
    writeFileSync(inFolder("small-change/ties.yaml"), scenario);
    const { code, stdout } = await command.run(["check", "small-change/ties.yaml", "--against", "small"]);
    expect(code).toBe(1);
    expect(stdout).toContain("note: the scenario is another one than the baseline's");
    expect(stdout).toContain(
      "first difference: neurons.server_emission (spec/epoch.md 8)\n    at block 360, epoch 0",
    );
    expect(stdout).toContain("the baseline keeps no values of this column");
  });

  test("--report writes a page, in the formats that are asked for, and changes nothing else", async () => {
    changedBaseline("reported");
    const args = ["check", "permits.yaml", "ties.yaml", "--against", "reported"];
    const plain = await command.run(args);
    const reported = await command.run([...args, "--report", "page", "--format", "html,markdown"]);
    expect(reported).toMatchObject({ code: 1, stdout: plain.stdout });
    expect(reported.stderr).toContain("page/report.html\npage/report.md\npage/charts/verdicts.svg\n");
    const html = readFileSync(inFolder("page/report.html"), "utf8");
    expect(html).toContain("<h1>Regression check: not as expected</h1>");
    expect(html).toContain("permits parts at block 650, epoch 2, netuid 2, uid 3: baseline ");
    const lost = await command.run([...args, "--format", "svg"]);
    expect(lost).toMatchObject({ code: 2, stdout: "" });
    expect(lost.stderr).toContain("--format svg: say where the report goes with --report DIR");
    const unknown = await command.run([...args, "--report", "page", "--format", "pdf"]);
    expect(unknown).toMatchObject({ code: 2, stdout: "" });
  });

  test("a missing or broken baseline, a wrong column and a wrong scenario are the user's", async () => {
    writeFileSync(inFolder("broken.json"), "{");
    mkdirSync(inFolder("broken"), { recursive: true });
    writeFileSync(inFolder("broken/ties.json"), '{"format":"yumasim-baseline/1"}');
    for (const [args, message] of [
      [
        ["ties.yaml", "--against", "nowhere"],
        "ties.yaml: there is no baseline nowhere/ties.json; write it with --update",
      ],
      [["ties.yaml", "--against", "broken"], "broken/ties.json: "],
      [
        ["ties.yaml", "--against", "x", "--update", "--columns", "neurons.emision"],
        "did you mean neurons.emission?",
      ],
      [["gone.yaml", "--against", "baseline"], "there is no file gone.yaml"],
    ] as const) {
      const { code, stdout, stderr } = await command.run(["check", ...args]);
      expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(message);
    }
  });

  test("says all that is wrong before anything runs", async () => {
    const args = ["gone.yaml", "ties.yaml", "permits.yaml", "lost.yaml", "--against", "nowhere"];
    const { code, stdout, stderr } = await command.run(["check", ...args, "--junit", "wrong.xml"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("there is no file gone.yaml");
    expect(stderr).toContain("ties.yaml: there is no baseline nowhere/ties.json; write it with --update\n");
    expect(stderr).toContain(
      "permits.yaml: there is no baseline nowhere/permits.json; write it with --update\n",
    );
    expect(stderr).toContain("there is no file lost.yaml");
    expect(existsSync(inFolder("wrong.xml"))).toBe(false);
  });
});

describe("diff", () => {
  test("compares every column of two runs, and names what sets the runs apart", async () => {
    const run = (out: string, ...set: string[]) =>
      command.run(["run", "ties.yaml", "--no-report", "--quiet", "--out", out, ...set]);
    await run("a");
    await run("b");
    const kappa = ["--set", "subnets[0].hyperparameters.kappa=32768"];
    await run("c", ...kappa);
    const same = await command.run(["diff", "a", "b"]);
    expect(same).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^a and b: the same \(4 tables, \d+ rows\)\n$/),
    });
    const { code, stdout } = await command.run(["diff", "a", "c"]);
    expect(code).toBe(1);
    expect(stdout).toContain("a and c: DIFFERENT\n  note: another scenario: ");
    // Stake of exactly one half less a half step no longer reaches kappa: the miner that only it weighs loses consensus.
    expect(stdout).toMatch(
      /first difference: neurons\.consensus_raw \(spec\/epoch\.md 6\.1\), netuid 9, uid 2\n/,
    );
    expect(stdout).toMatch(/\n {4}a {2}\d+ \(0x[0-9a-f]{16}, 0\.\d+\)\n {4}c {2}0 \(0x0{16}, 0\)\n/);
    const { stdout: json } = await command.run(["diff", "a", "c", "--json"]);
    const { spread } = JSON.parse(json) as Comparison;
    // Two formulas have an epoch in every block: blocks are counted, not epochs.
    for (const { blocks, course, rows } of spread) {
      expect(course).toHaveLength(blocks);
      expect(course.reduce((sum, point) => sum + point.rows!, 0)).toBe(rows);
      expect(new Set(course.map(({ firstBlock }) => firstBlock)).size).toBe(blocks);
    }
    expect((await command.run(["diff", "a", "c", "--report", "difference"])).code).toBe(1);
    const asReport = ["report", "a", "c", "--template", "regression", "--out", "difference-again"];
    expect(await command.run(asReport)).toMatchObject({ code: 0, stdout: "difference-again/report.html\n" });
    expect(readFileSync(inFolder("difference-again/report.html"), "utf8")).toBe(
      readFileSync(inFolder("difference/report.html"), "utf8"),
    );
    const three = await command.run(["report", "a", "b", "c", "--template", "regression", "--out", "x"]);
    expect(three.code).toBe(2);
    expect(three.stderr).toContain("name two runs, the earlier one first");
    const wrong = await command.run(["diff", "a", "nothing"]);
    expect(wrong).toMatchObject({ code: 2, stderr: "nothing: no such run directory\n" });
  });
});
