/** What stake earns in a year, by who holds it. */
import { apr } from "../../metrics/apr.ts";
import { alongSamples, type EconomyRun } from "./economy-run.ts";
import { Flows } from "./flows.ts";

export interface Yields {
  readonly flows: Flows;
  /** Root dividends in TAO at spot over the stake on root; M40. */
  readonly root: readonly (number | null)[];
  /** Dividends after take over the alpha stake that earned them, weighted by that stake in TAO at spot; M40. */
  readonly nominators: readonly (number | null)[];
  /** The same with take, for the stake of the hotkeys' owners. */
  readonly validators: readonly (number | null)[];
}

/** Simple yearly yields in every stretch of time. Alpha yields are in alpha. */
export function yieldsOf(economy: EconomyRun, most: number): Yields {
  const flows = new Flows(economy, most);
  const rootValue = flows.value("root");
  const rootStake = rootStakeIn(economy, flows);
  const root = rootValue.map((tao, i) => {
    const stake = rootStake[i];
    return stake === undefined || stake === 0 ? null : apr([tao / stake], flows.days[i]!);
  });
  const perSubnet = flows.netuids.map((netuid) => ({
    rates: flows.perDay(netuid, "dividend_yield"),
    paid: flows
      .of(netuid, "nominators")
      .map((amount, i) => Number(amount + flows.of(netuid, "validators")[i]!)),
    own: flows.of(netuid, "validators").map(Number),
    take: flows.of(netuid, "take").map(Number),
    price: priceIn(economy, netuid, flows),
  }));
  const nominators = flows.to.map((_, i) =>
    weighted(
      perSubnet.map(({ rates, paid, price }) => {
        const rate = rates[i] ?? null;
        // Stake that earned is what was paid over the rate.
        return { value: rate, weight: rate === null || rate === 0 ? 0 : (paid[i]! / rate) * price[i]! };
      }),
    ),
  );
  const validators = flows.to.map((_, i) =>
    weighted(
      perSubnet.map(({ rates, own, take, price }) => {
        const rate = rates[i] ?? null;
        if (rate === null || own[i] === 0) return { value: null, weight: 0 };
        return {
          value: (rate * (own[i]! + take[i]!)) / own[i]!,
          weight: rate === 0 ? 0 : (own[i]! / rate) * price[i]!,
        };
      }),
    ),
  );
  const perYear = (rates: readonly (number | null)[]): (number | null)[] =>
    rates.map((rate) => (rate === null ? null : apr([rate], 1)));
  return { flows, root, nominators: perYear(nominators), validators: perYear(validators) };
}

function weighted(
  parts: readonly { readonly value: number | null; readonly weight: number }[],
): number | null {
  let [sum, weights] = [0, 0];
  for (const { value, weight } of parts) {
    if (value === null) continue;
    sum += value * weight;
    weights += weight;
  }
  return weights > 0 ? sum / weights : null;
}

/** Stake on root at the end of every stretch, TAO. */
function rootStakeIn({ network, startBlock }: EconomyRun, flows: Flows): number[] {
  const days = network.numbers("block").map((block) => (block - startBlock) / 7_200);
  const stakes = network.tokens("root_stake");
  return flows.to.map((end) => stakes[days.findLastIndex((day) => day <= end + 1e-9)] ?? 0);
}

function priceIn(economy: EconomyRun, netuid: number, flows: Flows): number[] {
  const { pools, startBlock } = economy;
  const prices = alongSamples(pools, netuid, (rows) => rows.numbers("price"));
  const days = pools.blocks.map((block) => (block - startBlock) / 7_200);
  return flows.to.map((end) => prices[days.findLastIndex((day) => day <= end + 1e-9)] ?? 0);
}
