import type { ReportSettings } from "../../sim/report-settings.ts";
import type { RunManifest, Trace, TraceBatch } from "../../sim/trace/index.ts";

/** Names that try to be more than text. */
export const HOSTILE = [
  "</script><script>alert(1)</script>",
  "<img src=x onerror=alert(2)>",
  "javascript:alert(3)",
  `"'\`;alert(4);//`,
  "\u202Eevil\u2066\u200f",
  "=cmd|' /C calc'!A0",
  "${alert(5)}{{alert(6)}}",
  "<!--<script>",
  "back\\slash\\",
  "datum['x'] || alert(7)",
  "line\nbreak\ttab\u0000nul",
  "x".repeat(10_000),
  "😀".repeat(300),
  "[a link](javascript:alert(8)) ![x](http://127.0.0.1/x.png) | cell |",
  "]]><svg onload=alert(9)>",
  "@SUM(1+1)*cmd",
  "",
];

/** Another text for a name; the same for the same, and never one for two. */
export type Rename = (name: string) => string;

/** Every name becomes a hostile one. */
export function hostileNames(): Rename {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const text = HOSTILE[known.size % HOSTILE.length]!;
    const hostile = known.size < HOSTILE.length ? text : `${text}${known.size}`;
    known.set(name, hostile);
    return hostile;
  };
}

/** Columns of tables that hold names of the scenario's author. */
const NAMES: ReadonlySet<string> = new Set(["hotkey", "agent", "population", "metric", "comparison"]);

/** A trace as somebody would write it who can name things as he likes. */
export function renamedTrace(trace: Trace, rename: Rename): Trace {
  const batch = (found: TraceBatch): TraceBatch => ({
    ...found,
    labels: (name) => (NAMES.has(name) ? found.labels(name).map(rename) : found.labels(name)),
  });
  return {
    ...trace,
    manifest: trace.manifest && renamedManifest(trace.manifest, rename),
    batches: async function* (table) {
      for await (const found of trace.batches(table)) yield batch(found);
    },
    read: async (table, columns) => batch(await trace.read(table, columns)),
  };
}

function renamedManifest(manifest: RunManifest, rename: Rename): RunManifest {
  const { economy, report, variants } = manifest;
  const comparisonOf = <T extends { readonly comparison: string }>(one: T): T => ({
    ...one,
    comparison: rename(one.comparison),
  });
  return {
    ...manifest,
    name: rename(manifest.name),
    title: HOSTILE.join(" "),
    description: HOSTILE.join(" "),
    seed: HOSTILE[0]!,
    inputs: [{ path: HOSTILE[1]!, sha256: "0" }],
    comparisons: manifest.comparisons.map(rename),
    ...(variants && {
      variants: Object.fromEntries(Object.entries(variants).map(([name, one]) => [rename(name), one])),
    }),
    ...(economy && {
      economy: {
        plans: economy.plans.map(comparisonOf),
        expectations: economy.expectations.map((one) => ({
          ...comparisonOf(one),
          metric: rename(one.metric),
        })),
      },
    }),
    ...(report && { report: renamedReport(report, rename) }),
  };
}

function renamedReport(report: ReportSettings, rename: Rename): ReportSettings {
  return {
    ...report,
    text: HOSTILE.join("\n\n"),
    sections: report.sections.map((section) => ({
      title: HOSTILE[0]!,
      text: HOSTILE.join("\n\n"),
      charts: section.charts.map((chart, i) => ({
        ...chart,
        title: i === 0 ? HOSTILE[1]! : null,
        text: HOSTILE.join(" "),
        unit: HOSTILE[7]!,
        ...(chart.kind === "metrics" && { metrics: chart.metrics.map(rename) }),
      })),
    })),
  };
}

/** A JSON value whose texts are all renamed, but for those of the members that mean something to the program. */
export function renamedTexts<T>(value: T, rename: Rename, kept: ReadonlySet<string>): T {
  const visit = (one: unknown): unknown => {
    if (typeof one === "string") return rename(one);
    if (Array.isArray(one)) return one.map(visit);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([name, member]) => [name, kept.has(name) ? member : visit(member)]),
    );
  };
  return visit(value) as T;
}
