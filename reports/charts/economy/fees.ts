import { type EconomyRun, networkDays } from "../../data/economy/economy-run.ts";
import { numberColumn } from "../../data/table.ts";
import { countOf, formatPercent, formatSignificant, formatTokens, raoToDecimal } from "../../text/format.ts";
import type { Chart } from "../chart.ts";
import { stackedPanel } from "../stacked.ts";
import { MOST_BARS, stretchText, tokensText } from "./common.ts";

/** Calls that went through and that did not, and the fees of both, per day. */
export function fees(economy: EconomyRun): Chart {
  const { network } = economy;
  const days = networkDays(economy);
  const [calls, failures] = [network.numbers("calls"), network.numbers("failures")];
  const rao = network.amounts("fees");
  const size = Math.max(1, Math.ceil((days.length - 1) / MOST_BARS));
  // Counters run from the beginning, fees from the row before.
  const stretches = Array.from({ length: Math.ceil((days.length - 1) / size) }, (_, i) => {
    const [from, to] = [i * size, Math.min(days.length - 1, (i + 1) * size)];
    return {
      from: days[from]!,
      to: days[to]!,
      succeeded: calls[to]! - calls[from]!,
      failed: failures[to]! - failures[from]!,
      fees: rao.slice(from + 1, to + 1).reduce((sum, amount) => sum + amount, 0n),
    };
  });
  const perDay = (count: number, i: number): number => count / (stretches[i]!.to - stretches[i]!.from || 1);
  const tips = stretches.map(({ from, to, succeeded, failed, fees: paid }) =>
    [
      stretchText(from, to),
      `${countOf(succeeded, "call")} went through, ${countOf(failed, "call")} did not`,
      `${formatTokens(paid)} TAO of fees`,
    ].join("\n"),
  );
  const common = {
    mark: "bar" as const,
    from: stretches.map(({ from }) => from),
    to: stretches.map(({ to }) => to),
    tips,
    height: 180,
  };
  const [all, failed] = [calls.at(-1)! + failures.at(-1)!, failures.at(-1)!];
  const total = rao.reduce((sum, amount) => sum + amount, 0n);
  return {
    id: "fees",
    title: `${countOf(all, "call")}, of which ${failed === 0 ? "none" : formatPercent(failed / all)} failed, paid ${formatTokens(total)} TAO of fees`,
    description:
      "Calls of all agents per day, those that the chain accepted and those that it refused, and the fees of those that got into a block (M73), in TAO or alpha of that worth.",
    panels: [
      stackedPanel({
        ...common,
        title: "Calls",
        series: [
          {
            label: "Accepted",
            color: (theme) => theme.categorical[0]!,
            values: stretches.map(({ succeeded }, i) => perDay(succeeded, i)),
          },
          {
            label: "Refused",
            color: (theme) => theme.categorical[1]!,
            values: stretches.map(({ failed: refused }, i) => perDay(refused, i)),
          },
        ],
        yTitle: "Calls per day",
      }),
      stackedPanel({
        ...common,
        title: "Fees",
        series: [
          {
            label: "",
            color: (theme) => theme.categorical[2]!,
            values: stretches.map(({ fees: paid }, i) => perDay(Number(paid) / 1e9, i)),
          },
        ],
        yTitle: "TAO per day",
        labels: false,
      }),
    ],
    table: {
      columns: [
        numberColumn("from_day", "From day", formatSignificant),
        numberColumn("to_day", "To day", formatSignificant),
        numberColumn("accepted", "Calls accepted"),
        numberColumn("refused", "Calls refused"),
        numberColumn("fees_tao", "Fees, TAO", (value) => tokensText(value)),
      ],
      rows: stretches.map(({ from, to, succeeded, failed: refused, fees: paid }) => [
        from,
        to,
        succeeded,
        refused,
        raoToDecimal(paid),
      ]),
    },
  };
}
