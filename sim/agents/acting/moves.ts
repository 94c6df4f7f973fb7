/** What a holder of stake does: stake, unstake, move. */
import { ROOT, type AccountId, type Netuid } from "../../chain/index.ts";
import type { Submission } from "../strategy.ts";
import type { ChainView, Holding } from "../view/chain-view.ts";
import { sign, SMALLEST_STAKE } from "./sign.ts";

/**
 * Stakes TAO; nothing when it is less than the chain takes.
 *
 * @param tolerance most that the price may rise, as a part; 0 = no limit. With a limit all is staked or nothing
 */
export function stake(
  view: ChainView,
  hotkey: AccountId,
  netuid: Netuid,
  tao: bigint,
  tolerance = 0,
): Submission[] {
  if (tao < SMALLEST_STAKE) return [];
  const what = { hotkey, netuid, amountStaked: tao };
  if (tolerance === 0) return [sign(view.agent.coldkey, "addStake", what)];
  const limitPrice = BigInt(Math.floor(view.price(netuid) * (1 + tolerance) * 1e9));
  return [sign(view.agent.coldkey, "addStakeLimit", { ...what, limitPrice, allowPartial: false })];
}

/** Unstakes alpha; nothing when it is worth less than the chain pays out. */
export const unstake = (view: ChainView, { hotkey, netuid }: Holding, alpha: bigint): Submission[] =>
  alpha <= 0n || view.quote(netuid, "sell", alpha) < SMALLEST_STAKE
    ? []
    : [sign(view.agent.coldkey, "removeStake", { hotkey, netuid, amountUnstaked: alpha })];

/** Moves a stake to another hotkey or subnet; nothing when it is worth too little or stays where it is. */
export const move = (
  view: ChainView,
  from: Holding,
  hotkey: AccountId,
  netuid: Netuid,
  alpha: bigint,
): Submission[] =>
  (from.hotkey === hotkey && from.netuid === netuid) ||
  alpha <= 0n ||
  view.quote(from.netuid, "sell", alpha) < SMALLEST_STAKE
    ? []
    : [
        sign(view.agent.coldkey, "moveStake", {
          originHotkey: from.hotkey,
          destinationHotkey: hotkey,
          originNetuid: from.netuid,
          destinationNetuid: netuid,
          alphaAmount: alpha,
        }),
      ];

/** What one TAO staked there would earn in an epoch, TAO: dividends per stake at the present price. */
export function yieldOf(view: ChainView, hotkey: AccountId, netuid: Netuid): number {
  if (netuid === ROOT) {
    const root = rootStake(view, hotkey);
    if (root === 0) return 0;
    let tao = 0;
    for (const other of view.netuids)
      if (other !== ROOT) tao += Number(view.rootDividendsOf(hotkey, other)) * view.price(other);
    return tao / root;
  }
  const subnet = view.subnet(netuid);
  const uid = subnet?.uidOf(hotkey);
  if (subnet === undefined || uid === undefined) return 0;
  const staked = Number(subnet.alphaStake(uid));
  return staked === 0 ? 0 : Number(view.dividendsOf(hotkey, netuid)) / staked;
}

function rootStake(view: ChainView, hotkey: AccountId): number {
  return Number(view.stakedTo(hotkey, ROOT));
}

/** A place for a stake, and what it yields. */
export interface Place {
  readonly hotkey: AccountId;
  readonly netuid: Netuid;
  readonly gain: number;
}

/** Every validator with dividends on the given subnets, and what it yields. */
export function places(view: ChainView, netuids: readonly Netuid[]): Place[] {
  const found: Place[] = [];
  for (const netuid of netuids) {
    const subnet = view.subnet(netuid);
    if (subnet === undefined || !subnet.tradable) continue;
    for (let uid = 0; uid < subnet.count; uid++) {
      const hotkey = subnet.hotkey(uid);
      if (hotkey === undefined || (netuid !== ROOT && !subnet.validatorPermit(uid))) continue;
      const gain = yieldOf(view, hotkey, netuid);
      if (gain > 0) found.push({ hotkey, netuid, gain });
    }
  }
  return found;
}

/** The place with the highest yield; among equals the one that comes first. */
export const best = (found: readonly Place[]): Place | undefined =>
  found.reduce<Place | undefined>(
    (top, place) => (top === undefined || place.gain > top.gain ? place : top),
    undefined,
  );
