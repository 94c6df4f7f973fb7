import { dayOf, DAYS_PER_YEAR, type EconomyRun, subnetsBySize } from "../../data/economy/economy-run.ts";
import type { Columns } from "../../data/economy/columns.ts";
import { Flows } from "../../data/economy/flows.ts";
import { type Cell, numberColumn, type TableColumn, textColumn } from "../../data/table.ts";
import { apyRealised } from "../../metrics/apy.ts";
import {
  formatNumber,
  formatPercent,
  formatSignificant,
  formatTokens,
  raoToDecimal,
} from "../../text/format.ts";
import type { TableSection } from "../report.ts";

const MOST_ROWS = 200;

/** The tables of a network; those that would be empty are left out. */
export function economyTables(economy: EconomyRun): TableSection[] {
  return [
    expectationsTable(economy),
    subnetsTable(economy),
    callsTable(economy),
    errorsTable(economy),
    happeningsTable(economy),
  ].filter(({ table }) => table.rows.length > 0);
}

/** What the scenario expects, and what came out. */
function expectationsTable({ expectations }: EconomyRun): TableSection {
  return {
    id: "expectations",
    title: "What the scenario expects",
    description: "Metrics at the end of the run against what the author of the scenario expects of them.",
    table: {
      columns: [
        textColumn("outcome", "Outcome"),
        textColumn("metric", "Metric"),
        textColumn("expected", "Expected"),
        numberColumn("found", "Found", formatSignificant),
      ],
      rows: expectations.map(({ metric, operator, value, found, met }) => [
        met ? "holds" : "fails",
        metric,
        `${operator} ${value}`,
        found,
      ]),
    },
  };
}

/** Every subnet at the end: its pool, what it got and gave, who is there. */
function subnetsTable(economy: EconomyRun): TableSection {
  const flows = new Flows(economy, 1);
  const days = flows.days[0] ?? 0;
  return {
    id: "subnets",
    title: "Table of subnets",
    description:
      "At the end, largest pool first; TAO and alpha over the whole run. Dividend APR is simple and in alpha: dividends after take over the stake that earned them (M40); APY is the same put back at every epoch (M42), rewards spread evenly over the epochs between two samples.",
    table: {
      columns: [
        numberColumn("netuid", "Subnet"),
        numberColumn("price_tao", "Price, TAO", formatSignificant),
        tokenColumn("pool_tao", "Pool, TAO"),
        tokenColumn("alpha_out", "Alpha outside"),
        tokenColumn("locked_alpha", "Locked alpha"),
        numberColumn("neurons", "Neurons"),
        numberColumn("validators", "Permits"),
        group("TAO over the run", tokenColumn("tao_injected", "Liquidity")),
        group("TAO over the run", tokenColumn("tao_bought", "Chain buys")),
        group("TAO over the run", tokenColumn("root_sold_tao", "Sold for root")),
        group("TAO over the run", tokenColumn("user_flow_tao", "Users, in less out")),
        group("Alpha over the run", tokenColumn("alpha_emitted", "Emitted")),
        group("Alpha over the run", tokenColumn("miners_alpha", "Miners")),
        group("Alpha over the run", tokenColumn("owner_alpha", "Owner")),
        numberColumn("dividend_apr", "Dividend APR", formatPercent),
        numberColumn("realised_apy", "Realised APY", formatPercent),
        numberColumn("registrations", "Registrations"),
      ],
      rows: subnetsBySize(economy).map((netuid): Cell[] => {
        const rows = economy.pools.subnets.get(netuid)!;
        const last = (column: string): bigint => rows.amounts(column).at(-1)!;
        const sum = (column: string): string =>
          raoToDecimal(flows.netuids.includes(netuid) ? (flows.of(netuid, column)[0] ?? 0n) : 0n);
        const own = economy.emission.subnets.get(netuid);
        const total = (column: string): number =>
          own?.numbers(column).reduce((all, value) => all + value, 0) ?? 0;
        return [
          netuid,
          rows.numbers("price").at(-1)!,
          raoToDecimal(last("tao")),
          raoToDecimal(last("alpha_out")),
          raoToDecimal(last("locked_alpha")),
          rows.numbers("neurons").at(-1)!,
          rows.numbers("validators").at(-1)!,
          sum("tao_injected"),
          sum("tao_bought"),
          sum("root_sold_tao"),
          raoToDecimal(last("user_flow") - rows.amounts("user_flow")[0]!),
          sum("alpha_emitted"),
          sum("miners"),
          sum("owner"),
          days === 0 ? null : (total("dividend_yield") * DAYS_PER_YEAR) / days,
          days === 0 || own === undefined ? null : realisedApy(own, days),
          total("registrations"),
        ];
      }),
    },
  };
}

/** M42 of one subnet; a row of several epochs counts as that many with the same reward. */
function realisedApy(rows: Columns, days: number): number | null {
  const [yields, epochs] = [rows.numbers("dividend_yield"), rows.numbers("epochs")];
  const rewards = yields.flatMap((sum, i) => Array.from({ length: epochs[i]! }, () => sum / epochs[i]!));
  return apyRealised(rewards, (rewards.length / days) * DAYS_PER_YEAR);
}

function callsTable({ activity }: EconomyRun): TableSection {
  return {
    id: "calls",
    title: "Calls",
    description: "What agents sent, by call, most frequent first.",
    table: {
      columns: [
        textColumn("call", "Call"),
        numberColumn("accepted", "Accepted", (value) => formatNumber(value, 0)),
        numberColumn("refused", "Refused", (value) => formatNumber(value, 0)),
        numberColumn("refused_share", "Refused, share", formatPercent),
        tokenColumn("fees_tao", "Fees, TAO"),
      ],
      rows: activity.calls.map(({ call, succeeded, failed, fees }) => [
        call,
        succeeded,
        failed,
        failed / (succeeded + failed),
        raoToDecimal(fees),
      ]),
    },
  };
}

function errorsTable({ activity }: EconomyRun): TableSection {
  return {
    id: "errors",
    title: "Why calls were refused",
    description: "The chain's errors, most frequent first.",
    table: {
      columns: [textColumn("call", "Call"), textColumn("error", "Error"), numberColumn("count", "Calls")],
      rows: activity.errors.map(({ call, error, count }) => [call, error, count]),
    },
  };
}

function happeningsTable(economy: EconomyRun): TableSection {
  return {
    id: "happenings",
    title: "What happened",
    description: `Shocks, subnets and agents that come and go${economy.happenings.length > MOST_ROWS ? `; the first ${MOST_ROWS} of ${economy.happenings.length}` : ""}. Amounts of trades and gifts are TAO or alpha; of other shocks they count agents or subnets.`,
    table: {
      columns: [
        numberColumn("day", "Day", formatSignificant),
        numberColumn("block", "Block"),
        textColumn("event", "Event"),
        numberColumn("netuid", "Subnet"),
        textColumn("amount", "Amount"),
      ],
      rows: economy.happenings
        .slice(0, MOST_ROWS)
        .map(({ block, kind, netuid, amount }) => [
          dayOf(economy, block),
          block,
          kind,
          netuid,
          amount === 0n ? "" : /outage|hyperparameters/.test(kind) ? String(amount) : formatTokens(amount),
        ]),
    },
  };
}

const group = (name: string, column: TableColumn): TableColumn => ({ ...column, group: name });

/** Amounts with all nine digits in data files, rounded for readers. */
function tokenColumn(name: string, title: string): TableColumn {
  return {
    name,
    title,
    numeric: true,
    format: (value) => formatTokens(BigInt(String(value).replace(".", ""))),
  };
}
