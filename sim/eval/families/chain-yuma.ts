import { exactEpochRunner } from "../../chain/epoch/runEpoch.ts";
import { economyFamily } from "../economy/family.ts";
import { sequenceKinds } from "../economy/sequence.ts";

/** A whole run with real epochs (golden/economy.md, chain-yuma). */
export const CHAIN_YUMA_FAMILY = economyFamily("chain-yuma", () => sequenceKinds(exactEpochRunner(), true));
