/** The payout of one epoch (spec/emission.md 9). */
import type { Chain, EpochPayment, EpochPayout } from "../chain.ts";
import { fromInteger, safeDiv, saturatingMul, saturatingSub, U96F32 } from "../numbers/fixed.ts";
import { distributeLeaseDividends } from "../leases/dividends.ts";
import { addU64 } from "../numbers/integers.ts";
import { autoLockOwnerCut } from "../ownership/autoLock.ts";
import { makeRootClaimable } from "../staking/rootClaims.ts";
import { sharePoolPart } from "../staking/sharePool.ts";
import { hotkeyAlpha, increaseStake, raiseStakePool } from "../staking/stake.ts";
import { childkeyTake, delegateTake } from "../staking/takes.ts";
import { ROOT, type AccountId, type Subnet } from "../state/network.ts";
import { lower, raise } from "../swap/books.ts";
import {
  selfContribution,
  splitAmongParents,
  splitDividends,
  takeFraction,
  type DividendInput,
  type DividendSplit,
  type ParentContribution,
} from "./dividends.ts";
import type { Drained } from "./schedule.ts";
import { taoWeightFraction } from "./terms.ts";

/** Recycled alpha leaves the subnet and can be emitted again. */
function recycleAlpha({ state, journal }: Chain, subnet: Subnet, amount: bigint): void {
  if (amount === 0n) return;
  lower(journal, state.columns, "alphaOut", subnet.netuid, amount);
  raise(journal, state.columns, "alphaRecycled", subnet.netuid, amount);
}

/** Dividends per hotkey after parents had their part (9.2), whole rao. */
function dividendsWithParents(
  chain: Chain,
  subnet: Subnet,
  payments: readonly EpochPayment[],
  taoWeight: bigint,
): { readonly totals: Map<AccountId, bigint>; readonly recycled: bigint } {
  const { state, journal } = chain;
  const { netuid } = subnet;
  let recycled = 0n;
  const totals = new Map<AccountId, bigint>();
  const credit = (hotkey: AccountId, amount: bigint): void => {
    totals.set(hotkey, (totals.get(hotkey) ?? 0n) + amount);
  };
  for (const { hotkey, dividend } of payments) {
    const links = subnet.parents.get(hotkey);
    // Without parents nothing is divided: the hotkey gets floor(D), which is D.
    if (links === undefined) {
      credit(hotkey, dividend);
      continue;
    }
    const owner = state.hotkeys.get(hotkey)?.owner;
    const parents = links.map(({ hotkey: parent, proportion }): ParentContribution => ({
      hotkey: parent,
      proportion,
      alpha: hotkeyAlpha(state, parent, netuid),
      root: hotkeyAlpha(state, parent, ROOT),
      foreign: state.hotkeys.get(parent)?.owner !== owner,
    }));
    const proportions = (subnet.children.get(hotkey) ?? []).map(({ proportion }) => proportion);
    const own = selfContribution(
      hotkeyAlpha(state, hotkey, netuid),
      hotkeyAlpha(state, hotkey, ROOT),
      proportions,
      taoWeight,
    );
    const take = takeFraction(childkeyTake(state, hotkey, netuid));
    const split = splitAmongParents(hotkey, dividend, own, parents, take, state.parameters.ckBurn, taoWeight);
    recycleAlpha(chain, subnet, split.recycled);
    journal.set(subnet, "childkeyBurned", subnet.childkeyBurned + split.recycled);
    recycled += split.recycled;
    for (const [receiver, amount] of split.paid) credit(receiver, amount);
  }
  return { totals, recycled };
}

/** The owner's cut (9.4, 1). @returns what was paid, rao */
function payOwnerCut(chain: Chain, subnet: Subnet, cut: bigint): bigint {
  const { owner, ownerHotkey, netuid } = subnet;
  if (owner === null || ownerHotkey === null) return 0n;
  increaseStake(chain, ownerHotkey, owner, netuid, cut);
  distributeLeaseDividends(chain, subnet, cut);
  autoLockOwnerCut(chain, subnet, cut);
  return cut;
}

/** Miners' alpha; what the owner's own hotkeys earn is withheld (9.4, 2 and 3). */
function payServers(
  chain: Chain,
  subnet: Subnet,
  payments: readonly EpochPayment[],
): Pick<EpochPayout, "miners" | "burned" | "recycled"> {
  const { state, journal } = chain;
  const { netuid, neurons } = subnet;
  const record = state.netuidParameters.get(netuid);
  let withheld = 0n;
  let paid = 0n;
  let total = 0n;
  for (const { hotkey, server } of payments) {
    total += server;
    const owner = state.hotkeys.get(hotkey)?.owner;
    const ownedBySubnetOwner = owner !== undefined && owner === subnet.owner;
    if (neurons.uidOf.has(hotkey) && (ownedBySubnetOwner || hotkey === subnet.ownerHotkey)) {
      withheld += server;
      if (record?.recycleOrBurn === "Recycle") recycleAlpha(chain, subnet, server);
      else raise(journal, state.columns, "alphaBurned", netuid, server);
    } else if (owner !== undefined) {
      increaseStake(chain, record?.autoStake.get(owner) ?? hotkey, owner, netuid, server);
      paid += server;
    }
  }
  const burned = safeDiv(U96F32, fromInteger(U96F32, withheld), fromInteger(U96F32, total));
  journal.set(state.columns.minerBurned, netuid, burned);
  const recycles = record?.recycleOrBurn === "Recycle";
  return { miners: paid, burned: recycles ? 0n : withheld, recycled: recycles ? withheld : 0n };
}

/** Validators' alpha and root alpha (9.4, 4 and 5). `hotkeys` ascending, `split` in their order. */
function payDividends(
  chain: Chain,
  subnet: Subnet,
  hotkeys: readonly AccountId[],
  split: DividendSplit,
): Pick<EpochPayout, "take" | "validators" | "nominators" | "root" | "stake"> {
  const { state, journal } = chain;
  const { netuid } = subnet;
  const paid = { take: 0n, validators: 0n, nominators: 0n, root: 0n, stake: 0n };
  const alphaDividends = new Map<AccountId, bigint>();
  const rootDividends = new Map<AccountId, bigint>();
  const payTake = (hotkey: AccountId, dividend: bigint): bigint => {
    if (dividend === 0n) return 0n;
    const taken = saturatingMul(U96F32, takeFraction(delegateTake(chain, hotkey)), dividend);
    const owner = state.hotkeys.get(hotkey)?.owner;
    if (owner !== undefined) {
      increaseStake(chain, hotkey, owner, netuid, taken >> 32n);
      paid.take += taken >> 32n;
    }
    return saturatingSub(U96F32, dividend, taken) >> 32n;
  };
  for (const [i, hotkey] of hotkeys.entries()) {
    const stake = hotkeyAlpha(state, hotkey, netuid);
    const rest = payTake(hotkey, split.alpha[i] ?? 0n);
    raiseStakePool(chain, hotkey, netuid, rest);
    if (rest === 0n) continue;
    alphaDividends.set(hotkey, rest);
    // Only for who is told.
    const own = chain.onPayout === undefined ? 0n : ownersPart(chain, subnet, hotkey, rest);
    paid.validators += own;
    paid.nominators += rest - own;
    paid.stake += stake;
  }
  for (const [i, hotkey] of hotkeys.entries()) {
    const rest = payTake(hotkey, split.root[i] ?? 0n);
    makeRootClaimable(chain, hotkey, netuid, rest);
    if (rest > 0n) rootDividends.set(hotkey, rest);
    paid.root += rest;
  }
  journal.set(subnet, "alphaDividends", alphaDividends);
  journal.set(subnet, "rootDividends", rootDividends);
  return paid;
}

/** What of an amount paid to all stakers of a hotkey falls to the hotkey's owner, rao. */
function ownersPart({ state }: Chain, subnet: Subnet, hotkey: AccountId, amount: bigint): bigint {
  const pool = subnet.pools.get(hotkey);
  const owner = state.hotkeys.get(hotkey)?.owner;
  return pool === undefined || owner === undefined ? 0n : sharePoolPart(pool, owner, amount);
}

/** The stakes of who gets nothing do not matter. */
const NO_DIVIDEND: DividendInput = { dividend: 0n, alpha: 0n, root: 0n };

/** Runs the epoch of a drained subnet and pays it out. */
export function payOutEpoch(chain: Chain, subnet: Subnet, drained: Drained): void {
  const { state, journal } = chain;
  const { netuid } = subnet;
  const rao = addU64(addU64(drained.server, drained.validator), drained.root);
  const payments = chain.runEpoch(chain, netuid, rao);
  const incentives = payments.reduce((sum, { server }) => sum + server, 0n);
  const validatorAlpha = incentives > 0n ? drained.validator : addU64(drained.validator, drained.server);
  const taoWeight = taoWeightFraction(state.parameters.taoWeight);
  const { totals, recycled } = dividendsWithParents(chain, subnet, payments, taoWeight);
  const hotkeys = [...totals.keys()].sort((a, b) => a - b);
  const inputs = hotkeys.map((hotkey) => {
    const dividend = fromInteger(U96F32, totals.get(hotkey) ?? 0n);
    if (dividend === 0n) return NO_DIVIDEND;
    return { dividend, alpha: hotkeyAlpha(state, hotkey, netuid), root: hotkeyAlpha(state, hotkey, ROOT) };
  });
  const split = splitDividends(inputs, validatorAlpha, drained.root, taoWeight);
  const owner = payOwnerCut(chain, subnet, drained.ownerCut);
  const servers = payServers(chain, subnet, payments);
  const dividends = payDividends(chain, subnet, hotkeys, split);
  chain.onPayout?.({ netuid, owner, ...servers, ...dividends, recycled: servers.recycled + recycled });
  journal.set(state.columns.lastMechanismStepBlock, netuid, state.block);
}
