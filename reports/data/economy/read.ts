import type { Trace } from "../../../sim/trace/index.ts";
import { displayText } from "../../text/labels.ts";
import { NO_ACTIVITY, readActivity } from "./activity.ts";
import { type Columns, readByComparison } from "./columns.ts";
import type { EconomyRun, Happening, PerSubnet } from "./economy-run.ts";
import { NO_HOLDINGS, readHoldings } from "./holdings.ts";
import { NO_LIVES, readLives } from "./lives.ts";

const NO_NETUID = 65_535;

/**
 * Reads the networks of a run of a whole economy, in the order of the scenario's `compare:`.
 *
 * @param runLabel put before the names of its comparisons, for reports over several runs; null for one.
 */
export async function readEconomies(trace: Trace, runLabel: string | null): Promise<EconomyRun[]> {
  const [blocks, pools, emission, metrics, events] = [
    await readByComparison(trace, "blocks"),
    await readByComparison(trace, "pools"),
    await readByComparison(trace, "emission"),
    await readByComparison(trace, "metrics"),
    await readByComparison(trace, "events"),
  ];
  const { manifest } = trace;
  const plans = new Map(manifest?.economy?.plans.map((plan) => [plan.comparison, plan]));
  const holdings = await readHoldings(trace, (comparison) => plans.get(comparison)?.blocks ?? null);
  const activity = await readActivity(trace);
  const lives = await readLives(trace, (comparison, netuid) =>
    happeningsOf(events.get(comparison)).flatMap((happening) =>
      happening.kind === "subnet-dissolved" && happening.netuid === netuid ? [happening.block] : [],
    ),
  );
  const comparisons = manifest?.comparisons ?? [...blocks.keys()];
  return comparisons.flatMap((comparison): EconomyRun[] => {
    const network = blocks.get(comparison);
    // A run that was stopped may not have begun with it, or does not trace it.
    if (network === undefined) return [];
    const name = displayText(comparison, 40);
    const label = [
      ...(runLabel === null ? [] : [runLabel]),
      ...(runLabel !== null && comparisons.length === 1 ? [] : [name]),
    ];
    return [
      {
        label: label.join(" / "),
        run: runLabel,
        comparison: name,
        scenario: manifest?.name ?? "",
        seed: manifest?.seed ?? "",
        protocol: manifest?.protocol ?? "",
        startBlock: plans.get(comparison)?.startBlock ?? network.numbers("block")[0]!,
        network,
        pools: perSubnet(pools.get(comparison)),
        emission: perSubnet(emission.get(comparison)),
        holdings: holdings.get(comparison) ?? NO_HOLDINGS,
        activity: activity.get(comparison) ?? NO_ACTIVITY,
        lives: lives.get(comparison) ?? NO_LIVES,
        happenings: happeningsOf(events.get(comparison)),
        metrics: metricsOf(metrics.get(comparison)),
        expectations:
          manifest?.economy?.expectations.filter((expectation) => expectation.comparison === comparison) ??
          [],
      },
    ];
  });
}

function perSubnet(rows: Columns | undefined): PerSubnet {
  if (rows === undefined) return { blocks: [], subnets: new Map() };
  const blocks = [...new Set(rows.numbers("block"))].sort((a, b) => a - b);
  const subnets = [...rows.groupedBy("netuid")].sort(([a], [b]) => a - b);
  return { blocks, subnets: new Map(subnets) };
}

function happeningsOf(rows: Columns | undefined): Happening[] {
  if (rows === undefined) return [];
  const [blocks, kinds] = [rows.numbers("block"), rows.texts("event")];
  const [netuids, amounts] = [rows.numbers("netuid"), rows.amounts("amount")];
  return blocks.flatMap((block, i): Happening[] =>
    kinds[i] === "epoch"
      ? []
      : [
          {
            block,
            kind: kinds[i]!,
            netuid: netuids[i] === NO_NETUID ? null : netuids[i]!,
            amount: amounts[i]!,
          },
        ],
  );
}

function metricsOf(rows: Columns | undefined): EconomyRun["metrics"] {
  const found = new Map<string, { blocks: number[]; values: number[] }>();
  if (rows === undefined) return found;
  const [names, blocks, values] = [rows.texts("metric"), rows.numbers("block"), rows.numbers("value")];
  names.forEach((name, i) => {
    let series = found.get(name);
    if (series === undefined) {
      series = { blocks: [], values: [] };
      found.set(name, series);
    }
    series.blocks.push(blocks[i]!);
    series.values.push(values[i]!);
  });
  return found;
}
