import { dividendSplit, emit, epochSchedule, parentChild, terms } from "../economy/coinbaseUnits.ts";
import { economyFamily } from "../economy/family.ts";
import { NO_EPOCH } from "../economy/network.ts";
import { sequenceKinds } from "../economy/sequence.ts";

/** Emission of a block to the subnets, payouts, and whole runs with scripted epochs (golden/economy.md, coinbase). */
export const COINBASE_FAMILY = economyFamily("coinbase", () => ({
  terms,
  emit,
  dividend_split: dividendSplit,
  parent_child: parentChild,
  epoch_schedule: epochSchedule,
  ...sequenceKinds(NO_EPOCH, false),
}));
