import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as prettier from "prettier";
import { describe, expect, test } from "vitest";
import { attacksDocument } from "../../reports/documents/attacks.ts";
import { asExpected, experimentJson, loadExperiment, runExperiment } from "../../sim/experiment/index.ts";
import { libraryOf } from "../../sim/scenario/index.ts";
import type { ExperimentResult } from "../../sim/trace/index.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RESULTS = join(ROOT, "scenarios", "attacks", "results");
const attacks = libraryOf("attacks").map(({ name, file }) => ({ name: name.replace("attacks/", ""), file }));
const textOf = (name: string): string => readFileSync(join(RESULTS, `${name}.json`), "utf8");
const resultOf = (name: string): ExperimentResult => JSON.parse(textOf(name)) as ExperimentResult;

/*
 * The results are committed and made again by .ci/run, which compares them byte for byte (scripts/attacks.mjs --check). Here they
 * are held against the scenarios that they come from and against what is published.
 */
describe.each(attacks)("$name", ({ name, file }) => {
  const experiment = loadExperiment(file);
  const result = resultOf(name);

  test("the result is that of the scenario as it stands", () => {
    const { text } = experiment;
    const written = text.published.map((line) => ({
      says: line.says,
      metric: line.metric,
      operator: line.operator,
      value: line.value,
      tolerance: line.tolerance,
      evidence: line.evidence,
      source: line.source,
      expected: line.agrees,
      disagreement: line.disagreement ?? null,
    }));
    expect(result).toMatchObject({
      name,
      title: experiment.title,
      entry: text.entry,
      question: text.question,
      replicas: text.replicas,
      control: text.control,
      attacks: experiment.attacks,
      published: written,
    });
  });

  test("every check holds", () => {
    expect(result.checks.filter(({ passed }) => !passed)).toEqual([]);
  });

  if (result.published.length > 0)
    test.each(result.published)("[$evidence] $says", (line) => {
      expect([line.ours, line.verdict, asExpected(line)]).toEqual([line.ours, line.verdict, true]);
    });
});

test("docs/attacks.md and its pictures are made from the results", async () => {
  const results = readdirSync(RESULTS)
    .filter((file) => file.endsWith(".json"))
    .map((file) => resultOf(file.slice(0, -".json".length)));
  const options = JSON.parse(readFileSync(join(ROOT, ".prettierrc.json"), "utf8")) as prettier.Options;
  const files = await attacksDocument(results);
  for (const { path, text } of files) {
    const wanted = path.endsWith(".md")
      ? await prettier.format(text, { ...options, parser: "markdown" })
      : text;
    expect(readFileSync(join(ROOT, "docs", path), "utf8") === wanted, `docs/${path} is not up to date`).toBe(
      true,
    );
  }
  expect(readdirSync(join(ROOT, "docs", "images", "attacks")).length).toBe(files.length - 1);
});

test("one of them, run again, comes out byte for byte", async () => {
  // The cheapest one; all of them are run again by .ci/run.
  const first = attacks.find((attack) => attack.name === "idle-validators");
  const { result } = await runExperiment(loadExperiment(first!.file), { workers: 2 });
  expect(experimentJson(result)).toBe(textOf(first!.name));
});
