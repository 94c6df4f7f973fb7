import { atEpoch, lastEpochIndex, ratioOfBits, type SubnetRun, validatorUids } from "../data/subnet-run.ts";
import { type Cell, numberColumn, type TableColumn, textColumn } from "../data/table.ts";
import { ratioOf, sumAmounts } from "../metrics/amounts.ts";
import { formatNumber, formatPercent, formatTokens, raoToDecimal } from "../text/format.ts";
import type { TableSection } from "./report.ts";

/** Every validator after the last epoch: stake, weights, trust, and what it earned under each compared run. */
export function validatorsTable(subnets: readonly SubnetRun[], base: SubnetRun): TableSection {
  const uids = validatorUids(base);
  const allStake = sumAmounts(base.last.stake);
  const weighed = weighedMiners(base);
  const compared = subnets.filter((subnet) => subnet.n === base.n);
  return {
    id: "validators-table",
    title: "Table of validators",
    description:
      `Neurons with a permit and stake after the last epoch${subnets.length > 1 ? ` under ${base.label}` : ""}, largest stake first. ` +
      "Dividends are shares of the last epoch; alpha and alpha per 1,000 of stake are sums over the run, before take.",
    table: {
      columns: [
        numberColumn("uid", "Uid"),
        textColumn("hotkey", "Hotkey"),
        tokenColumn("alpha_stake", "Alpha stake"),
        tokenColumn("tao_stake_tao", "Root stake, TAO"),
        numberColumn("stake_share", "Share of stake", formatPercent),
        numberColumn("miners_weighed", "Miners weighed"),
        numberColumn("validator_trust_ratio", "Validator trust", formatPercent),
        ...compared.flatMap((subnet): TableColumn[] => {
          const name = compared.length > 1 ? `_${subnet.label}` : "";
          const columns = [
            numberColumn(`dividends_ratio${name}`, "Dividends", formatPercent),
            tokenColumn(`dividends_alpha${name}`, "Alpha"),
            numberColumn(`alpha_per_1000_stake${name}`, "Alpha per 1,000", (value) => formatNumber(value, 3)),
          ];
          return columns.map((column) => ({
            ...column,
            group: compared.length > 1 ? subnet.label : "Earned",
          }));
        }),
      ],
      rows: uids.map((uid): Cell[] => [
        uid,
        base.hotkeys[uid]!,
        raoToDecimal(base.last.alphaStake[uid]!),
        raoToDecimal(base.last.taoStake[uid]!),
        allStake === 0n ? null : ratioOf(base.last.stake[uid]!, allStake),
        weighed[uid]!,
        ratioOfBits(base.last.validatorTrust[uid]!),
        ...compared.flatMap((subnet): Cell[] => [
          ratioOfBits(atEpoch(subnet, subnet.dividends, lastEpochIndex(subnet))[uid]!),
          raoToDecimal(subnet.validatorEmission[uid]!),
          subnet.last.stake[uid]! > 0n ? 1000 * subnet.dividendYield[uid]! : null,
        ]),
      ]),
    },
  };
}

/** Amounts with all nine digits in data files, rounded for readers. */
function tokenColumn(name: string, title: string): TableColumn {
  return {
    name,
    title,
    numeric: true,
    format: (value) => formatTokens(BigInt(String(value).replace(".", ""))),
  };
}

/** Targets with a weight above zero per uid. */
function weighedMiners(subnet: SubnetRun): Uint32Array {
  const counts = new Uint32Array(subnet.n);
  const { rows, values } = subnet.last.weights;
  for (let k = 0; k < values.length; k++) if (values[k]! > 0) counts[rows[k]!]!++;
  return counts;
}
