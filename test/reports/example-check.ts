import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Baseline } from "../../sim/regression/baseline-format.ts";
import { checkScenarios, type CheckOptions } from "../../sim/regression/index.ts";
import { keptColumns } from "../../sim/regression/write-baseline.ts";
import type { CheckResult } from "../../sim/trace/index.ts";

const REGRESSION = fileURLToPath(new URL("../../scenarios/regression/", import.meta.url));

/** Small scenarios and their baselines in a folder of their own, where both can be changed. */
export class CheckExample {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    cpSync(join(REGRESSION, "baseline"), this.against, { recursive: true });
  }

  get against(): string {
    return join(this.folder, "baseline");
  }

  /** A copy of a scenario of scenarios/regression, changed, under a name of its own. @returns its path */
  scenario(name: string, change: (text: string) => string = (text) => text, as = name): string {
    const path = join(this.folder, `${as}.yaml`);
    writeFileSync(path, change(readFileSync(join(REGRESSION, `${name}.yaml`), "utf8")));
    if (as !== name) cpSync(join(REGRESSION, "baseline", `${name}.json`), join(this.against, `${as}.json`));
    return path;
  }

  /** Emission of uid 3 in these epochs is another one in the baseline of permits: by 255 rao. */
  movePermits(epochs: readonly number[], by = 255n): void {
    const path = join(this.against, "permits.json");
    const baseline = JSON.parse(readFileSync(path, "utf8")) as Baseline;
    const neurons = baseline.tables["neurons"]!;
    const sections = neurons.sections.map((section, epoch) => {
      if (!epochs.includes(epoch)) return section;
      const texts = (section.values["emission"] as string).split(" ").flatMap((part) => {
        const [value = "", count = "1"] = part.split("*");
        return Array.from({ length: Number(count) }, () => value);
      });
      texts[3] = String(BigInt(texts[3]!) + by);
      return { ...section, values: { ...section.values, emission: texts.join(" ") } };
    });
    const tables = { ...baseline.tables, neurons: { ...neurons, sections, digest: "0".repeat(64) } };
    writeFileSync(path, JSON.stringify({ ...baseline, tables }));
  }

  /** Checks scenarios; paths are those inside the folder, as they would be on any machine. */
  async check(
    scenarios: readonly string[],
    options: Partial<Omit<CheckOptions, "columns">> & { readonly columns?: readonly string[] } = {},
  ): Promise<CheckResult[]> {
    const { columns = [], ...rest } = options;
    const results = await checkScenarios(scenarios, {
      against: this.against,
      update: false,
      columns: keptColumns(columns),
      ...rest,
    });
    return results.map((result) => ({
      ...result,
      scenario: basename(result.scenario),
      baseline: `baseline/${basename(result.baseline)}`,
    }));
  }
}

/** Another emission of a subnet, which only columns of emission show. */
export const otherEmission = (text: string): string =>
  text.replace("emission: 1.000000019", "emission: 1.00000002");

/** Says of the whale of permits that it earns less than `value` rao. */
export const expecting =
  (value: number) =>
  (text: string): string =>
    `${text}\nmetrics:\n  whale: { column: neurons.emission, of: whale }\nexpect:\n  - { metric: whale, operator: "<", value: ${value} }\n`;

/** A check in which everything happens: equal, other values, digests only, a missed expectation. */
export async function exampleCheck(folder: string): Promise<CheckResult[]> {
  const example = new CheckExample(folder);
  const ties = example.scenario("ties");
  await example.check([ties], { update: true, columns: ["neurons.incentive_raw"] });
  example.movePermits([2, 3, 5]);
  return await example.check([
    example.scenario("bonds"),
    example.scenario("permits", expecting(1)),
    example.scenario("ties", otherEmission),
  ]);
}
