import { economyFamily } from "../economy/family.ts";
import { stakeOperations } from "../economy/stakeOperations.ts";
import { childrenSequence, lockSequence, takeSequence } from "../economy/stakingSequences.ts";
import {
  autoClaims,
  burnPrice,
  decay,
  dissolve,
  lockCostKind,
  lockRoll,
  rootClaimable,
  rootOwedKind,
} from "../economy/stakingUnits.ts";

/** Staking calls, root claims, locks, children, takes, dissolving, prices (golden/economy.md, staking). */
export const STAKING_FAMILY = economyFamily("staking", () => ({
  stake_ops: stakeOperations,
  root_claimable: rootClaimable,
  root_owed: rootOwedKind,
  auto_claim_indices: autoClaims,
  exp_decay: decay,
  lock_roll: lockRoll,
  lock_seq: lockSequence,
  children_seq: childrenSequence,
  take_seq: takeSequence,
  dissolve,
  burn_price: burnPrice,
  lock_cost: lockCostKind,
}));
