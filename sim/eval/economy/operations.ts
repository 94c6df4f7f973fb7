/** The calls of the sequences: an operation of a line as a call of the chain. */
import { bareName, isError } from "../../chain/errors.ts";
import { dispatch, type Call } from "../../chain/calls/dispatch.ts";
import type { Chain } from "../../chain/chain.ts";
import { claimRootDividends } from "../../chain/staking/rootClaims.ts";
import type { RootClaimType } from "../../chain/state/network.ts";
import { InputError } from "../../errors.ts";
import type { Fields } from "./fields.ts";

/** Makes the call and answers "ok" or the error's bare name. */
export type Operation = (chain: Chain) => string;

const answer = (chain: Chain, call: Call): string => {
  const result = dispatch(chain, call);
  return result.ok ? "ok" : bareName(result.error);
};

/** A claim type as the vectors write it: Swap, Keep or KeepSubnets[1,3]. */
export function claimTypeOf(text: string, at: string): RootClaimType {
  if (text === "Swap" || text === "Keep") return { kind: text };
  const list = /^KeepSubnets\[([0-9, ]*)\]$/.exec(text)?.[1];
  if (list === undefined)
    throw new InputError(`${at}: found ${text}; allowed: Swap, Keep, KeepSubnets[netuids]`);
  return { kind: "KeepSubnets", subnets: list.split(",").map(Number) };
}

/** A claim on all subnets that does not index the coldkey, as the vectors make it. */
function claim(fields: Fields, coldkey: number): Operation {
  const member = "claim_type_set_before";
  const type = fields.has(member) ? claimTypeOf(fields.text(member), fields.at(member)) : null;
  // Present in some lines, without meaning for a claim.
  for (const unused of ["hotkey", "netuid"]) fields.value(unused);
  return (chain) => {
    const { state, journal } = chain;
    if (type !== null) journal.mapSet(state.rootClaimTypes, coldkey, type);
    const outcome = journal.atomically(() => claimRootDividends(chain, coldkey, state.netuids));
    return isError(outcome) ? bareName(outcome) : "ok";
  };
}

/** Reads an operation with the members that it needs. */
export function operationOf(fields: Fields): Operation {
  const op = fields.text("op");
  const coldkey = fields.account("coldkey");
  if (op === "claim_root") return claim(fields, coldkey);
  const hotkey = fields.account("hotkey");
  const netuid = fields.u16("netuid");
  const amount = (): bigint => fields.unsigned("amount");
  const limitPrice = (): bigint => fields.unsigned("limit_price");
  const call = ((): Pick<Call, "call" | "args"> => {
    switch (op) {
      case "add_stake":
        return { call: "addStake", args: { hotkey, netuid, amountStaked: amount() } };
      case "add_stake_limit":
        return {
          call: "addStakeLimit",
          args: {
            hotkey,
            netuid,
            amountStaked: amount(),
            limitPrice: limitPrice(),
            allowPartial: fields.boolean("allow_partial"),
          },
        };
      case "remove_stake":
        return { call: "removeStake", args: { hotkey, netuid, amountUnstaked: amount() } };
      case "remove_stake_limit":
        return {
          call: "removeStakeLimit",
          args: {
            hotkey,
            netuid,
            amountUnstaked: amount(),
            limitPrice: limitPrice(),
            allowPartial: fields.boolean("allow_partial"),
          },
        };
      case "unstake_all":
        return { call: "unstakeAll", args: { hotkey } };
      case "unstake_all_alpha":
        return { call: "unstakeAllAlpha", args: { hotkey } };
      case "move_stake":
        return {
          call: "moveStake",
          args: {
            originHotkey: hotkey,
            destinationHotkey: fields.account("to_hotkey"),
            originNetuid: netuid,
            destinationNetuid: fields.u16("to_netuid"),
            alphaAmount: amount(),
          },
        };
      case "transfer_stake":
        return {
          call: "transferStake",
          args: {
            destinationColdkey: fields.account("to_coldkey"),
            hotkey,
            originNetuid: netuid,
            destinationNetuid: fields.u16("to_netuid"),
            alphaAmount: amount(),
          },
        };
      case "swap_stake":
      case "swap_stake_limit": {
        const args = {
          hotkey,
          originNetuid: netuid,
          destinationNetuid: fields.u16("to_netuid"),
          alphaAmount: amount(),
        };
        if (op === "swap_stake") return { call: "swapStake", args };
        const limit = { limitPrice: limitPrice(), allowPartial: fields.boolean("allow_partial") };
        return { call: "swapStakeLimit", args: { ...args, ...limit } };
      }
      case "recycle_alpha":
        return { call: "recycleAlpha", args: { hotkey, netuid, amount: amount() } };
      case "burn_alpha":
        return { call: "burnAlpha", args: { hotkey, netuid, amount: amount() } };
      default:
        throw new InputError(`${fields.at("op")}: found ${op}; allowed: a staking call of golden/economy.md`);
    }
  })();
  return (chain) => answer(chain, { ...call, origin: { signed: coldkey } } as Call);
}
