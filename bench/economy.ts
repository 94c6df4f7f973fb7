/** Whole blocks of the chain: how many per second, where the time goes, and how it grows with subnets. */
import { createHash } from "node:crypto";
import { createChain, type Chain, type EpochRunner } from "../sim/chain/chain.ts";
import type { CoinbaseArithmetic } from "../sim/chain/coinbase/arithmetic.ts";
import { blockStep } from "../sim/chain/coinbase/blockStep.ts";
import { FAST_ARITHMETIC } from "../sim/chain/coinbase/fastArithmetic.ts";
import { checkInvariants } from "../sim/chain/invariants.ts";
import { benchmarkNetwork, type NetworkSize } from "./economy-network.ts";
import { print } from "./print.ts";

const BLOCKS_PER_DAY = 7_200;
/** Blocks from one epoch of a subnet to the next. */
const EPOCH_BLOCKS = 360;

/**
 * The network of the growth curve: mainnet's size at 128 subnets.
 * @param priceSum above one, root dividends are paid and five coldkeys per block claim them on every subnet
 */
export const mainnetSize = (subnets: number, priceSum: number): NetworkSize => ({
  subnets,
  neurons: 256,
  validators: 64,
  nominators: 20_000,
  onRoot: 0.1,
  priceSum,
  seed: 425,
});

/**
 * Parts of a block's time: what touches every subnet in every block; epochs in the kernel; their payout; root claims
 * and the invariants' share of the rest; everything else.
 */
export const BLOCK_PARTS = ["coinbase", "kernel", "payout", "claims", "invariants", "rest"] as const;
export type BlockPart = (typeof BLOCK_PARTS)[number];

export interface EconomyTiming {
  readonly blocks: number;
  readonly epochs: number;
  readonly wallSeconds: number;
  /** User and system time of all threads, the collector's included: what other processes hardly change. */
  readonly cpuSeconds: number;
  /** Fractions of the time: of the invariants by processor time, of the others by the clock. */
  readonly shares: Readonly<Record<BlockPart, number>>;
  /** Largest resident size of the process so far, MiB. */
  readonly residentMiB: number;
  /** Of the columns at the end: the same on every machine. */
  readonly hash: string;
}

/** Processor seconds of the invariants of one block: of the last blocks' turns and epochs, many times over. */
function checkSeconds(chain: Chain): number {
  const { state } = chain;
  const last = state.block;
  const ROUNDS = 40;
  const start = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round++)
    for (let block = last - EPOCH_BLOCKS + 1; block <= last; block++) {
      state.block = block;
      checkInvariants(chain);
    }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6 / (ROUNDS * EPOCH_BLOCKS);
}

/** Runs `blocks` blocks of a network. An epoch of every subnet is due once in EPOCH_BLOCKS. */
export function timeEconomy(size: NetworkSize, blocks: number): EconomyTiming {
  const built = benchmarkNetwork(size);
  const spent: Record<BlockPart, number> = {
    coinbase: 0,
    kernel: 0,
    payout: 0,
    claims: 0,
    invariants: 0,
    rest: 0,
  };
  let epochs = 0;
  const timed = <T>(part: BlockPart, work: () => T): T => {
    const start = performance.now();
    const result = work();
    spent[part] += performance.now() - start;
    return result;
  };
  let emitted = 0;
  let claimsStart = 0;
  const arithmetic: CoinbaseArithmetic = {
    decayBurns: (chain) => timed("coinbase", () => FAST_ARITHMETIC.decayBurns(chain)),
    emit(chain, credit) {
      const eligible = timed("coinbase", () => FAST_ARITHMETIC.emit(chain, credit));
      emitted = performance.now();
      return eligible;
    },
    updatePrices(chain, eligible) {
      // Between the two lie the epochs and their payouts.
      spent.payout += performance.now() - emitted;
      timed("coinbase", () => FAST_ARITHMETIC.updatePrices(chain, eligible));
    },
    claimRows(chain) {
      claimsStart = performance.now();
      return FAST_ARITHMETIC.claimRows(chain);
    },
  };
  const runEpoch: EpochRunner = (chain, netuid, rao) => {
    epochs += 1;
    return timed("kernel", () => built.runEpoch(chain, netuid, rao));
  };
  const chain = createChain(built.state, { ...built, runEpoch });
  const cpuStart = process.cpuUsage();
  let total = 0;
  for (let i = 0; i < blocks; i++) {
    claimsStart = 0;
    const start = performance.now();
    blockStep(chain, arithmetic);
    const end = performance.now();
    total += end - start;
    if (claimsStart > 0) spent.claims += end - claimsStart;
  }
  const cpu = process.cpuUsage(cpuStart);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  const hash = createHash("sha256")
    .update(new Uint8Array(chain.state.columns.slab))
    .digest("hex")
    .slice(0, 12);
  spent.payout -= spent.kernel;
  spent.invariants = (total * checkSeconds(chain) * blocks) / cpuSeconds;
  // The block step ends with the invariants.
  if (spent.claims > 0) spent.claims -= spent.invariants;
  spent.rest = total - BLOCK_PARTS.reduce((sum, part) => sum + spent[part], 0);
  const shares = { ...spent };
  for (const part of BLOCK_PARTS) shares[part] = spent[part] / total;
  return {
    blocks,
    epochs,
    wallSeconds: total / 1_000,
    cpuSeconds,
    shares,
    residentMiB: process.resourceUsage().maxRSS / 1024,
    hash,
  };
}

/**
 * Prints a day by number of subnets, without and with root claims; rates are per second of processor time.
 * @param small a few blocks of the smallest
 */
export function benchEconomy(small: boolean): void {
  print([
    "subnets",
    "blocks",
    "epochs",
    "s",
    "CPU s",
    "blocks/s",
    "us/subnet",
    "MiB",
    ...BLOCK_PARTS,
    "hash",
  ]);
  const blocks = small ? 8 : BLOCKS_PER_DAY;
  // The compiler's work belongs to no row.
  if (!small) timeEconomy(mainnetSize(8, 1.3), 1_000);
  // The process's largest size only grows, so the smallest network comes first.
  for (const subnets of small ? [8] : [8, 32, 128])
    for (const [name, priceSum] of [
      [`${subnets}`, 0.9],
      [`${subnets}, claims`, 1.3],
    ] as const) {
      const timing = timeEconomy(mainnetSize(subnets, priceSum), blocks);
      print([
        name,
        timing.blocks,
        timing.epochs,
        timing.wallSeconds.toFixed(2),
        timing.cpuSeconds.toFixed(2),
        (timing.blocks / timing.cpuSeconds).toFixed(0),
        ((1e6 * timing.cpuSeconds) / timing.blocks / subnets).toFixed(2),
        timing.residentMiB.toFixed(0),
        ...BLOCK_PARTS.map((part) => `${(100 * timing.shares[part]).toFixed(1)}%`),
        timing.hash,
      ]);
    }
}

// For this alone: node dist/bench/economy.js [--small]
if (process.argv[1]?.endsWith("economy.js") === true) benchEconomy(process.argv.includes("--small"));
