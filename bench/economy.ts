/** Whole blocks of the chain: how many per second, where the time goes, and how it grows with subnets. */
import { createHash } from "node:crypto";
import { createChain, type EpochRunner } from "../sim/chain/chain.ts";
import type { CoinbaseArithmetic } from "../sim/chain/coinbase/arithmetic.ts";
import { blockStep } from "../sim/chain/coinbase/blockStep.ts";
import { FAST_ARITHMETIC } from "../sim/chain/coinbase/fastArithmetic.ts";
import { benchmarkNetwork, type NetworkSize } from "./economy-network.ts";

/** The network of the growth curve: mainnet's size at 128 subnets. */
export const mainnetSize = (subnets: number, priceSum = 0.9): NetworkSize => ({
  subnets,
  neurons: 256,
  validators: 64,
  nominators: 20_000,
  onRoot: 0.1,
  priceSum,
  seed: 425,
});

export interface EconomyTiming {
  readonly blocks: number;
  readonly epochs: number;
  readonly millisecondsPerBlock: number;
  /** Parts of the time: emission to all subnets, epochs in the kernel, everything else (payouts, claims...). */
  readonly coinbase: number;
  readonly kernel: number;
  readonly rest: number;
  /** Of the columns at the end: the same on every machine. */
  readonly hash: string;
}

/** Runs `blocks` blocks after `warmUp` blocks. An epoch of every subnet is due once in 360 blocks. */
export function timeEconomy(size: NetworkSize, warmUp: number, blocks: number): EconomyTiming {
  const built = benchmarkNetwork(size);
  let coinbase = 0;
  let kernel = 0;
  let epochs = 0;
  const timed = <T>(add: (milliseconds: number) => void, work: () => T): T => {
    const start = performance.now();
    const result = work();
    add(performance.now() - start);
    return result;
  };
  const addCoinbase = (milliseconds: number): void => void (coinbase += milliseconds);
  const arithmetic: CoinbaseArithmetic = {
    decayBurns: (chain) => timed(addCoinbase, () => FAST_ARITHMETIC.decayBurns(chain)),
    emit: (chain, credit) => timed(addCoinbase, () => FAST_ARITHMETIC.emit(chain, credit)),
    updatePrices: (chain, eligible) =>
      timed(addCoinbase, () => FAST_ARITHMETIC.updatePrices(chain, eligible)),
    claimRows: FAST_ARITHMETIC.claimRows,
  };
  const runEpoch: EpochRunner = (chain, netuid, rao) => {
    epochs += 1;
    return timed(
      (milliseconds) => void (kernel += milliseconds),
      () => built.runEpoch(chain, netuid, rao),
    );
  };
  const chain = createChain(built.state, { ...built, runEpoch });
  for (let i = 0; i < warmUp; i++) blockStep(chain, arithmetic);
  coinbase = 0;
  kernel = 0;
  epochs = 0;
  const start = performance.now();
  for (let i = 0; i < blocks; i++) blockStep(chain, arithmetic);
  const total = performance.now() - start;
  return {
    blocks,
    epochs,
    millisecondsPerBlock: total / blocks,
    coinbase: coinbase / total,
    kernel: kernel / total,
    rest: 1 - (coinbase + kernel) / total,
    hash: createHash("sha256").update(new Uint8Array(chain.state.columns.slab)).digest("hex").slice(0, 12),
  };
}

/** Prints the growth curve. @param small seconds instead of a minute */
export function benchEconomy(small: boolean, print: (cells: readonly (string | number)[]) => void): void {
  print([
    "economy",
    "blocks",
    "epochs",
    "ms/block",
    "blocks/s",
    "day s",
    "coinbase",
    "kernel",
    "rest",
    "hash",
  ]);
  const blocks = small ? 8 : 720;
  const percent = (part: number): string => `${(100 * part).toFixed(0)}%`;
  const row = (name: string, size: NetworkSize): void => {
    const timing = timeEconomy(size, small ? 0 : 360, blocks);
    const { millisecondsPerBlock: each } = timing;
    print([
      name,
      timing.blocks,
      timing.epochs,
      each.toFixed(3),
      (1000 / each).toFixed(0),
      (each * 7.2).toFixed(1),
      percent(timing.coinbase),
      percent(timing.kernel),
      percent(timing.rest),
      timing.hash,
    ]);
  };
  for (const subnets of small ? [8] : [8, 32, 128]) row(`${subnets} subnets`, mainnetSize(subnets));
  // Above a price sum of one, root dividends are paid and five coldkeys per block claim on every subnet.
  if (!small) row("128, root claims", mainnetSize(128, 1.3));
}
