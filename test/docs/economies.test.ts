import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import { describe, expect, test } from "vitest";
import { ROLES, StrategyRegistry } from "../../sim/agents/index.ts";
import { runEconomy, strategiesOf } from "../../sim/run/index.ts";
import { isEconomy, loadAnyScenario } from "../../sim/scenario/index.ts";
import { schemaFaults } from "../sim/scenario/json-schema.ts";
import { writeFiles } from "../sim/scenario/files.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(join(ROOT, "docs", "economies.md"), "utf8");
const schema = JSON.parse(readFileSync(join(ROOT, "scenarios", "schema.json"), "utf8")) as Record<
  string,
  unknown
>;

const blocks = (kind: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map((match) => match[1]!);

const [whole, ...parts] = blocks("yaml");
const files: Record<string, string> = {
  "base.yaml": whole!,
  ...Object.fromEntries(
    [...blocks("csv"), ...blocks("js")].map((text) => [
      /^(?:#|\/\/) (\S+)/.exec(text)![1]!,
      text.replace(/^.*\n/, ""),
    ]),
  ),
};

/** The first example with the keys of another one in their place. */
function scenarioOf(part: string): string {
  if (part.startsWith("extends:")) return part;
  const base = parse(whole!) as Record<string, unknown>;
  const own = parse(part) as Record<string, unknown>;
  if ("populations" in own || "network" in own) {
    delete base["metrics"];
    delete base["expect"];
  }
  return stringify({ ...base, ...own });
}

describe("the examples of docs/economies.md", () => {
  test.each([whole!, ...parts].map((text): [string, string] => [text.split("\n", 1)[0]!, text]))(
    "%s",
    async (_, part) => {
      const text = part === whole ? part : scenarioOf(part);
      expect(schemaFaults(schema, parse(text, { merge: true }))).toEqual([]);
      const directory = writeFiles({ ...files, "e.yaml": text });
      const scenario = loadAnyScenario(join(directory, "e.yaml"));
      if (!isEconomy(scenario)) throw new Error("no economy");
      const summary = await runEconomy(scenario, { outDir: join(directory, "run"), stopAfter: 500 });
      expect(summary.completedBlocks).toBe(500);
    },
  );

  test("the module of a strategy is loaded only when that is allowed, and then runs", async () => {
    const text = stringify({
      ...(parse(whole!) as object),
      horizon: "1 days",
      strategies: ["patient.mjs"],
      populations: [
        ...(parse(whole!) as { populations: object[] }).populations,
        { name: "p", role: "delegator", count: 2, strategy: "patient", parameters: { wait: "1 hours" } },
      ],
    });
    const directory = writeFiles({ ...files, "e.yaml": text });
    const path = join(directory, "e.yaml");
    await expect(strategiesOf(path, {}, false)).rejects.toThrow("allow it with --allow-code");
    const strategies = await strategiesOf(path, {}, true);
    const scenario = loadAnyScenario(path, { strategies });
    if (!isEconomy(scenario)) throw new Error("no economy");
    const { manifest } = await runEconomy(scenario, { outDir: join(directory, "run"), strategies });
    expect(manifest?.economy?.plans[0]?.agents).toBe(30);
  });

  test("every strategy stands in the table", () => {
    const registry = new StrategyRegistry();
    for (const role of ROLES) {
      const row = new RegExp(`^\\| ${role} +\\| (.*?) +\\|$`, "m").exec(page)?.[1];
      expect(row?.split(", "), role).toEqual(registry.names(role));
    }
  });
});
