import type { RunManifest, Trace } from "../../sim/trace/index.ts";
import { displayText } from "../text/labels.ts";
import { formatNumber } from "../text/format.ts";
import type { ManifestEntry } from "./report.ts";

/** What a run says about itself. */
type RunRecord = Pick<Trace, "manifest" | "environment">;

/** Where the numbers come from: what makes each run repeatable, and what it ran on. */
export function manifestEntries(runs: readonly RunRecord[]): ManifestEntry[] {
  return runs.flatMap((run, i) => entriesOf(run, runs.length > 1 ? `Run ${i + 1}: ` : ""));
}

const ARITHMETICS: Readonly<Record<RunManifest["arithmetic"], string>> = {
  exact: "exact",
  float64: "float64: epochs by a Yuma variant in doubles, not the chain's own; the same on every machine",
  float32: "float32: approximate, the last digits depend on the device",
};

/** The formula of each comparison that has one. */
function variantEntries({ variants = {}, comparisons }: RunManifest): [string, string][] {
  return comparisons.flatMap((comparison): [string, string][] => {
    const variant = variants[comparison];
    if (variant === undefined) return [];
    const settings = Object.entries(variant.settings).map(([name, value]) => `${name} ${settingText(value)}`);
    return [[`variant of ${comparison}`, `${variant.formula}: ${settings.join(", ")}`]];
  });
}

const settingText = (value: string | number | boolean): string =>
  typeof value === "number" ? formatNumber(value, 4) : String(value);

function entriesOf({ manifest, environment }: RunRecord, before: string): ManifestEntry[] {
  const entries: [string, string | null | undefined][] = [];
  if (manifest !== null) {
    entries.push(
      ["scenario", manifest.name],
      ["scenario hash", manifest.scenarioHash],
      ["seed", manifest.seed],
      ["protocol", manifest.protocol],
      ["arithmetic", ARITHMETICS[manifest.arithmetic]],
      ...variantEntries(manifest),
      ["engine version", manifest.engineVersion],
      ["kernel sha256", manifest.kernelSha256],
      [
        "epochs",
        // An economy has epochs of its own in every subnet.
        manifest.economy !== undefined
          ? null
          : manifest.completedEpochs === manifest.epochs
            ? String(manifest.epochs)
            : `${manifest.completedEpochs} of ${manifest.epochs}: stopped before its end`,
      ],
      ...manifest.inputs.map((input): [string, string] => ["input", `${input.path}, sha256 ${input.sha256}`]),
    );
  }
  if (environment !== null) {
    const { backend } = environment;
    entries.push(
      [
        "backend",
        backend.asked === backend.ran ? backend.ran : `${backend.ran} (asked for ${backend.asked})`,
      ],
      ["executor", backend.executor],
      ["adapter", backend.adapter],
      ["driver", backend.driver],
      ["fallback", backend.fallback],
      ["node", environment.node],
      ["host", `${environment.platform}, ${environment.cpu}`],
      ["started", environment.started],
      ["wall time", `${formatNumber(environment.wallSeconds, 2)} s`],
    );
  }
  return entries
    .filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "")
    .map(([name, text]) => {
      const full = `${before}${name}`;
      return { name: full.charAt(0).toUpperCase() + full.slice(1), text: displayText(text, 300) };
    });
}
