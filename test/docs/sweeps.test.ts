/** The files beside docs/sweeps.md, run as they are, but for the machines. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { type BuiltCommand, buildCommand } from "../sim/cli/built-command.ts";
import { contents, sweepScenario } from "../sim/sweep/sweeps.ts";

const FILES = join(import.meta.dirname, "../../docs/sweeps");
const SWEEP = `  keep: [small]
  grid:
    subnets[0].hyperparameters.kappa: { from: 0.3, to: 0.7, count: 8 }
  replicas: 3`;

let command: BuiltCommand;
let expected: Record<string, string>;
beforeAll(async () => {
  command = await buildCommand();
  writeFileSync(join(command.folder, "my.yaml"), sweepScenario(SWEEP));
  expect(await command.run(["sweep", "my.yaml", "--out", "alone", "--quiet"])).toMatchObject({ code: 0 });
  expected = contents(join(command.folder, "alone"));
});
afterAll(() => command.remove());

interface Job {
  readonly spec: {
    readonly completions?: number;
    readonly template: { readonly spec: { readonly containers: readonly { readonly args: string[] }[] } };
  };
}

test("the pods of kubernetes.yaml come to what one process does", async () => {
  const text = readFileSync(join(FILES, "kubernetes.yaml"), "utf8");
  const [sweep, gather] = parseAllDocuments(text).map((document) => document.toJS() as Job);
  const argsOf = (job: Job): string[] =>
    job.spec.template.spec.containers[0]!.args.map((arg) => arg.replace(/^\/data/, command.folder));
  const { completions = 0 } = sweep!.spec;
  expect(completions).toBeGreaterThan(1);
  try {
    for (let index = 0; index < completions; index++) {
      process.env["JOB_COMPLETION_INDEX"] = String(index);
      expect(await command.run(argsOf(sweep!))).toMatchObject({ code: 0, stderr: "" });
    }
  } finally {
    delete process.env["JOB_COMPLETION_INDEX"];
  }
  const { code, stdout } = await command.run(argsOf(gather!));
  expect({ code, first: stdout.split("\n")[0] }).toEqual({ code: 0, first: "24 cells" });
  expect(contents(join(command.folder, "my"))).toEqual(expected);
}, 120_000);

const hasParallel = ["/usr/bin/parallel", "/usr/local/bin/parallel"].some(existsSync);
if (!hasParallel)
  console.warn("SKIPPED: parallel.sh; GNU parallel is not installed (apt-get install parallel)");

test.skipIf(!hasParallel)(
  "parallel.sh comes to the same, also when it is run again after a failure",
  async () => {
    const program = join(command.folder, "dist/sim/cli/main.js");
    const hosts = join(command.folder, "hosts");
    writeFileSync(hosts, "2/:\n");
    const run = (yumasim: string) =>
      promisify(execFile)(
        join(FILES, "parallel.sh"),
        [join(command.folder, "my.yaml"), join(command.folder, "shared"), "3", hosts],
        { env: { ...process.env, YUMASIM: yumasim } },
      );
    await expect(run("false")).rejects.toThrow();
    const { stdout } = await run(`${process.execPath} ${program}`);
    expect(stdout).toContain("24 cells\n");
    expect(contents(join(command.folder, "shared"))).toEqual(expected);
  },
  120_000,
);
