import { economyFamily } from "../economy/family.ts";
import { stakeOperations } from "../economy/stakeOperations.ts";

/** Staking calls, root claims, locks, children, takes, dissolving, prices (golden/economy.md, staking). */
export const STAKING_FAMILY = economyFamily("staking", () => ({
  stake_ops: stakeOperations,
}));
