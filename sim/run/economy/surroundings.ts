import type { VariantKernel } from "../../../kernels/variants/subnet/kernel.ts";
import type { Chain, EpochPayout, Netuid, Protocol, Surroundings } from "../../chain/index.ts";
import { epochRunner, exactEpochRunner, type KernelEpoch } from "../../chain/epoch/runEpoch.ts";
import { openStream } from "../../engine/random.ts";

const U64 = 0xffff_ffff_ffff_ffffn;

/** Steps of splitmix64, which turns counters into words that look random. */
function mixed(counter: bigint): bigint {
  let word = (counter * 0x9e37_79b9_7f4a_7c15n) & U64;
  word = ((word ^ (word >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & U64;
  word = ((word ^ (word >> 27n)) * 0x94d0_49bb_1331_11ebn) & U64;
  return word ^ (word >> 31n);
}

/** Block hashes of a run: its seed and the block decide them. */
export function blockHashes(seed: string): (block: number) => readonly bigint[] {
  const stream = openStream(seed, "chain", "block-hashes");
  const start = (BigInt(stream.uint32()) << 32n) | BigInt(stream.uint32());
  return (block) => [0n, 1n, 2n, 3n].map((word) => mixed((start + 4n * BigInt(block) + word) & U64));
}

/** Who is told of epochs. */
export interface EpochListeners {
  /** Of every epoch that ran. */
  readonly onEpoch: (chain: Chain, netuid: Netuid, rao: bigint) => void;
  /** Of every epoch of a mechanism, before `onEpoch`. */
  readonly onKernelEpoch: (epoch: KernelEpoch) => void;
  /** Of every payout. */
  readonly onPayout: (payout: EpochPayout) => void;
}

/** Epochs by a formula in doubles; its bonds are its own, and what the chain stores is their image. */
const variantRunner = (kernel: VariantKernel, watch: EpochListeners["onKernelEpoch"]) =>
  epochRunner(
    (input, { netuid, neurons }, mechanism) =>
      kernel.runEpoch(input, {
        place: `${netuid}/${mechanism}`,
        hotkeys: neurons.hotkeys.slice(0, neurons.count),
      }),
    watch,
  );

/**
 * What a chain needs beside its state.
 * @param variant computes the epochs instead of the exact kernel; null = that one
 */
export function surroundings(
  protocol: Protocol,
  seed: string,
  variant: VariantKernel | null,
  { onEpoch, onKernelEpoch, onPayout }: EpochListeners,
): Surroundings {
  const run = variant === null ? exactEpochRunner(onKernelEpoch) : variantRunner(variant, onKernelEpoch);
  return {
    protocol,
    parentHash: blockHashes(seed),
    onPayout,
    runEpoch: (chain, netuid, rao) => {
      const payments = run(chain, netuid, rao);
      onEpoch(chain, netuid, rao);
      return payments;
    },
  };
}
