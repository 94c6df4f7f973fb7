import type { MetricDefinition } from "./definition.ts";
import { METRICS } from "./registry.ts";

const HEAD = `# Measures

What the numbers of a report mean. Each measure has an id, which captions give in brackets; the report explains those that it uses. This page
is written from the definitions that stand beside the functions (\`npm run build && node scripts/write-docs.mjs\`), and a test holds it to them.

What holds for all of them:

- Amounts are integers in rao; sums are exact, ratios of sums are rounded once at the end. Reports show TAO or alpha, with the unit.
- Undefined is undefined (\`null\`), never 0 and no NaN: nobody holds anything, nobody earns, no stake. Charts leave a gap.
- One entity has a Gini index of 0. Ties in an order are broken by uid. Percentiles are of type 7, linear between order statistics, as in numpy and R.
- A day has 7,200 blocks, a year 365 days. Yields and inflation are ratios per year.
- TAO values of alpha are **spot** (amount times the price of the pool), **exit** (what the pool would pay for that sale now, after fee and
  slippage) or **EMA** (amount times the moving price), and say which ([\`taoValue\`](../reports/metrics/tao-value.ts)).
- "From" names the columns of a [trace](traces.md) that a measure is computed from, and what a trace does not hold and the caller has to know. All
  measures are implemented; where a trace lacks an input, a report can give the measure only when the scenario or the author brings it.
`;

const UNCERTAINTY = `## Several replicas

[\`uncertainty.ts\`](../reports/metrics/uncertainty.ts) has what several runs with different seeds say together:

- \`summarise\`: number, mean, median, the band from 5 to 95% and the 95% interval of the mean by Student's t. With fewer than 5 replicas there is
  neither band nor interval.
- \`pairedDifference\`: the same of the differences of two sides with the same seeds.
- \`bootstrapInterval\`: a 95% percentile bootstrap of any statistic, from a stream of a fixed name: the same values give the same interval.
- \`elasticity\`, \`rankSensitivities\`: by how many percent an outcome moves when a parameter moves by one, and the parameters in that order.
`;

/** The catalogue of measures, `docs/metrics.md`. */
export function metricsDocument(): string {
  const sections = [...new Set(METRICS.map(({ section }) => section))];
  const parts = sections.map((section) => {
    const metrics = METRICS.filter((metric) => metric.section === section);
    return `## ${section}\n\n${metrics.map(entry).join("\n")}`;
  });
  return [HEAD, ...parts, UNCERTAINTY].join("\n");
}

function entry(metric: MetricDefinition): string {
  const code = Object.entries(metric.functions).map(
    ([file, names]) => `[${names.map((name) => `\`${name}\``).join(", ")}](${link(file)})`,
  );
  return `### ${metric.id} ${metric.name}

${metric.text}

- Formula: \`${metric.formula}\`
- Unit: ${metric.units.join("; ")}
- Edge cases: ${metric.edges}
- Reference: ${metric.reference}
- From: ${metric.inputs}
- Code: ${code.join(", ")}
`;
}

/** Modules are named as from `reports/metrics`; the page lies in `docs`. */
function link(file: string): string {
  return file.startsWith("../../") ? file.slice("../".length) : `../reports/metrics/${file}`;
}
