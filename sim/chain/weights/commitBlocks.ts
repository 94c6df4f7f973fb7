/** The earliest open commit of every neuron: the epoch masks weights older than a miner by it (spec/epoch.md 5.4). */
import { NO_COMMIT } from "../../../kernels/epoch.ts";
import type { Mechanism, Subnet } from "../state/network.ts";

/**
 * By uid the block of the earliest commit that has not expired, or NO_COMMIT.
 * @param epoch SubnetEpochIndex at the epoch
 */
export function earliestCommitBlocks(
  { neurons, parameters }: Subnet,
  stored: Mechanism,
  epoch: number,
): BigUint64Array {
  const { revealPeriodEpochs } = parameters;
  const blocks = new BigUint64Array(neurons.count).fill(NO_COMMIT);
  const note = (hotkey: number, block: number): void => {
    const uid = neurons.uidOf.get(hotkey);
    if (uid !== undefined && BigInt(block) < (blocks[uid] ?? 0n)) blocks[uid] = BigInt(block);
  };
  for (const [hotkey, queue] of stored.hashCommits) {
    const first = queue.find((commit) => epoch <= commit.epoch + revealPeriodEpochs);
    if (first !== undefined) note(hotkey, first.block);
  }
  for (const [committed, queue] of stored.timelockCommits)
    if (epoch <= committed + revealPeriodEpochs) for (const { hotkey, block } of queue) note(hotkey, block);
  return blocks;
}
