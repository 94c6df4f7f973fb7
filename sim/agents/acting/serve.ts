import type { Service, Submission } from "../strategy.ts";
import type { ChainView } from "../view/chain-view.ts";
import { sign } from "./sign.ts";

/** The service of a miner with its hotkeys on all of its subnets. */
export const serve = (view: ChainView, quality: number): Service[] =>
  view.agent.subnets.flatMap((netuid) => view.agent.hotkeys.map((hotkey) => ({ netuid, hotkey, quality })));

/** Registrations of its hotkeys where they are missing, at no more than `limit` rao each. */
export const register = (view: ChainView, limit: bigint): Submission[] =>
  view.subnets.flatMap((subnet) =>
    subnet.burn > limit
      ? []
      : view.agent.hotkeys
          .filter((hotkey) => subnet.uidOf(hotkey) === undefined)
          .map((hotkey) =>
            sign(view.agent.coldkey, "registerLimit", { netuid: subnet.netuid, hotkey, limitPrice: limit }),
          ),
  );

/** Sales of all alpha that the agent's hotkeys earned on its subnets, but what it keeps there. @param kept rao each */
export const sellEarnings = (view: ChainView, kept: bigint): Submission[] =>
  view.subnets.flatMap(({ netuid }) =>
    view.agent.hotkeys.flatMap((hotkey) => {
      const alpha = view.stakeOf(hotkey, netuid) - kept;
      return alpha > 0n && view.quote(netuid, "sell", alpha) > 2_000_000n
        ? [sign(view.agent.coldkey, "removeStake", { hotkey, netuid, amountUnstaked: alpha })]
        : [];
    }),
  );
