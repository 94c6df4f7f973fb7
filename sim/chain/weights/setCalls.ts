/** setWeights, setMechanismWeights, batchSetWeights (spec/calls.md 5). */
import { signed, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import type { AccountId, Netuid } from "../state/network.ts";
import { applyWeights, type SentWeights } from "./setWeights.ts";

interface SetArguments {
  readonly netuid: Netuid;
  /** u16 uids, in the order in which they are stored. */
  readonly dests: readonly number[];
  /** u16. */
  readonly weights: readonly number[];
  readonly versionKey: bigint;
}

export interface SetWeightsCalls {
  setWeights: SetArguments;
  setMechanismWeights: SetArguments & { readonly mecid: number };
  batchSetWeights: {
    readonly netuids: readonly Netuid[];
    /** Per subnet a list of [uid, value]. */
    readonly weights: readonly (readonly (readonly [number, number])[])[];
    readonly versionKeys: readonly bigint[];
  };
}

/** Sets weights in the open. */
function setDirectly(chain: Chain, hotkey: AccountId, sent: SentWeights): Outcome {
  const subnet = chain.state.subnets.get(sent.netuid);
  // A netuid without subnet has the compiled default of the switch: on.
  if (subnet?.parameters.commitRevealWeightsEnabled ?? true) return "CommitRevealEnabled";
  return applyWeights(chain, hotkey, sent);
}

export const setWeightsCalls: Handlers<SetWeightsCalls> = {
  setWeights: signed((chain, hotkey, { netuid, dests, weights, versionKey }) =>
    setDirectly(chain, hotkey, { netuid, mechanism: 0, uids: dests, values: weights, versionKey }),
  ),
  setMechanismWeights: signed((chain, hotkey, { netuid, mecid, dests, weights, versionKey }) =>
    setDirectly(chain, hotkey, { netuid, mechanism: mecid, uids: dests, values: weights, versionKey }),
  ),
  batchSetWeights: signed((chain, hotkey, { netuids, weights, versionKeys }) => {
    if (netuids.length !== weights.length || netuids.length !== versionKeys.length)
      return "InputLengthsUnequal";
    for (const [i, netuid] of netuids.entries()) {
      const row = weights[i] ?? [];
      // A failing item is only reported: the others count.
      chain.journal.atomically(() =>
        setDirectly(chain, hotkey, {
          netuid,
          mechanism: 0,
          uids: row.map(([uid]) => uid),
          values: row.map(([, value]) => value),
          versionKey: versionKeys[i] ?? 0n,
        }),
      );
    }
    return null;
  }),
};
