import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { DIFFERENCE_TEMPLATE, REPORT_TEMPLATES } from "../../sim/report-settings.ts";
import { loadAnyScenario } from "../../sim/scenario/index.ts";
import { writeFiles } from "../sim/scenario/files.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(join(ROOT, "docs", "reports.md"), "utf8");

test("what docs/reports.md writes under report: is read as it says", () => {
  const [block] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map((match) => match[1]!);
  const text = `extends: ${join(ROOT, "scenarios/economy/baseline.yaml")}\n${block!}`;
  const { report } = loadAnyScenario(join(writeFiles({ "s.yaml": text }), "s.yaml"));
  expect(report).toMatchObject({ template: "economy", sections: [{ title: "Who gains" }] });
  expect(report!.sections[0]!.charts.map(({ kind }) => kind)).toEqual(["metrics", "column", "column"]);
  expect(report!.sections[0]!.charts[1]).toMatchObject({ by: "netuid", rows: null, scale: "log" });
});

test("docs/reports.md lists every template", () => {
  for (const template of [...REPORT_TEMPLATES, DIFFERENCE_TEMPLATE])
    expect(page, template).toContain(`| \`${template}\``);
});
