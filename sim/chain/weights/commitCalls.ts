/** Calls of commits by hash and of their reveals (spec/calls.md 5). */
import { signed, type Handlers } from "../calls/call.ts";
import type { Netuid } from "../state/network.ts";
import { commitWeights, revealBatch, revealWeights, type Reveal } from "./hashCommits.ts";

interface CommitArguments {
  readonly netuid: Netuid;
  /** Hexadecimal blake2b-256, `revealHash` gives it. */
  readonly commitHash: string;
}

interface RevealArguments {
  readonly netuid: Netuid;
  /** u16, each. */
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly salt: readonly number[];
  readonly versionKey: bigint;
}

export interface BatchRevealArguments {
  readonly netuid: Netuid;
  readonly uidsList: readonly (readonly number[])[];
  readonly valuesList: readonly (readonly number[])[];
  readonly saltsList: readonly (readonly number[])[];
  readonly versionKeys: readonly bigint[];
}

export interface CommitCalls {
  commitWeights: CommitArguments;
  commitMechanismWeights: CommitArguments & { readonly mecid: number };
  batchCommitWeights: { readonly netuids: readonly Netuid[]; readonly commitHashes: readonly string[] };
  revealWeights: RevealArguments;
  revealMechanismWeights: RevealArguments & { readonly mecid: number };
  batchRevealWeights: BatchRevealArguments;
}

/** The reveals of a batch; null where its lists differ in length. */
export function batchedReveals(batch: BatchRevealArguments): Reveal[] | null {
  const { netuid, uidsList, valuesList, saltsList, versionKeys } = batch;
  const count = uidsList.length;
  if (valuesList.length !== count || saltsList.length !== count || versionKeys.length !== count) return null;
  return uidsList.map((uids, i) => ({
    netuid,
    mechanism: 0,
    uids,
    values: valuesList[i] ?? [],
    salt: saltsList[i] ?? [],
    versionKey: versionKeys[i] ?? 0n,
  }));
}

export const commitCalls: Handlers<CommitCalls> = {
  commitWeights: signed((chain, hotkey, { netuid, commitHash }) =>
    commitWeights(chain, hotkey, netuid, 0, commitHash),
  ),
  commitMechanismWeights: signed((chain, hotkey, { netuid, mecid, commitHash }) =>
    commitWeights(chain, hotkey, netuid, mecid, commitHash),
  ),
  batchCommitWeights: signed((chain, hotkey, { netuids, commitHashes }) => {
    if (netuids.length !== commitHashes.length) return "InputLengthsUnequal";
    for (const [i, netuid] of netuids.entries()) {
      const hash = commitHashes[i] ?? "";
      // A failing item is only reported: the others count.
      chain.journal.atomically(() => commitWeights(chain, hotkey, netuid, 0, hash));
    }
    return null;
  }),
  revealWeights: signed((chain, hotkey, args) => revealWeights(chain, hotkey, { ...args, mechanism: 0 })),
  revealMechanismWeights: signed((chain, hotkey, { mecid, ...args }) =>
    revealWeights(chain, hotkey, { ...args, mechanism: mecid }),
  ),
  batchRevealWeights: signed((chain, hotkey, args) => {
    const reveals = batchedReveals(args);
    return reveals === null ? "InputLengthsUnequal" : revealBatch(chain, hotkey, args.netuid, reveals);
  }),
};
