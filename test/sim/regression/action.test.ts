import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { type BuiltCommand, buildCommand } from "../cli/built-command.ts";

const ROOT = join(import.meta.dirname, "../../..");

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
  mkdirSync(join(command.folder, "scripts"));
  cpSync(join(ROOT, "scripts/check-action.sh"), join(command.folder, "scripts/check-action.sh"));
  cpSync(join(ROOT, "scenarios/regression/ties.yaml"), join(command.folder, "deep/in/ties.yaml"));
  cpSync(join(ROOT, "scenarios/regression/baseline"), join(command.folder, "baseline"), { recursive: true });
});
afterAll(() => command.remove());

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly runs: {
    readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[];
  };
}

/** Runs the steps of action.yml that are commands, as GitHub does, in an empty workspace. */
async function runAction(given: Readonly<Record<string, string>>) {
  const { inputs, runs } = parse(readFileSync(join(ROOT, "action.yml"), "utf8")) as Action;
  const filled = (text: string): string =>
    text.replace(
      /\$\{\{ inputs\.([\w-]+) \}\}/g,
      (_, name: string) => given[name] ?? inputs[name]?.default ?? "",
    );
  const summary = join(command.folder, "summary.md");
  writeFileSync(summary, "");
  let [code, stdout] = [0, ""];
  for (const { run, env = {} } of runs.steps) {
    if (run === undefined || code !== 0) continue;
    const own = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, filled(text)]));
    [code, stdout] = await new Promise<[number, string]>((resolve) => {
      const child = execFile(
        "bash",
        ["--noprofile", "--norc", "-eo", "pipefail", "-c", run],
        {
          cwd: command.folder,
          env: { ...process.env, GITHUB_ACTION_PATH: command.folder, GITHUB_STEP_SUMMARY: summary, ...own },
        },
        (_, text) => resolve([child.exitCode ?? -1, text]),
      );
    });
  }
  return { code, stdout, summary: readFileSync(summary, "utf8") };
}

test("the action passes, fails with an annotation and a JUnit file, and refuses patterns without files", async () => {
  const given = { scenarios: "deep/**/*.yaml", against: "baseline" };
  const good = await runAction(given);
  expect(good).toMatchObject({ code: 0, stdout: expect.stringMatching(/^deep\/in\/ties\.yaml: the same/) });
  expect(readFileSync(join(command.folder, "yumasim.xml"), "utf8")).toContain('tests="1" failures="0"');
  const page = (folder: string): string => readFileSync(join(command.folder, folder, "report.html"), "utf8");
  expect(page("yumasim-report")).toContain("<h1>Regression check: as expected</h1>");

  const scenario = join(command.folder, "deep/in/ties.yaml");
  const text = readFileSync(scenario, "utf8");
  writeFileSync(scenario, text.replace("emission: 1.000000019", "emission: 1.00000002"));
  const bad = await runAction({ ...given, junit: "other.xml", report: "other" });
  expect(bad.code).toBe(1);
  expect(bad.stdout).toMatch(/^::error file=deep\/in\/ties\.yaml,title=/);
  expect(bad.summary).toMatch(/^```text\ndeep\/in\/ties\.yaml: DIFFERS\n/);
  expect(readFileSync(join(command.folder, "other.xml"), "utf8")).toContain('failures="1"');
  expect(page("other")).toContain("<h1>Regression check: not as expected</h1>");

  const none = await runAction({ ...given, scenarios: "nothing/*.yaml" });
  expect(none).toMatchObject({
    code: 2,
    stdout: "::error title=yumasim check::no file is named by: nothing/*.yaml\n",
  });

  const missing = await runAction({ ...given, against: "elsewhere" });
  const message = "deep/in/ties.yaml: there is no baseline elsewhere/ties.json; write it with --update";
  expect(missing).toMatchObject({
    code: 2,
    stdout: `::error title=yumasim check::${message}\n${message}\n`,
    summary: `\`\`\`text\n${message}\n\`\`\`\n`,
  });
}, 60_000);
