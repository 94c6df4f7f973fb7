/** Childkeys: links between parents and children on a subnet (spec/staking.md 8, spec/calls.md 7). */
import { signed, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { U64_MAX } from "../numbers/integers.ts";
import { ROOT, type AccountId, type ChildLink, type Netuid, type Subnet } from "../state/network.ts";
import { tokenEnabled } from "./checks.ts";
import { totalStakeValue } from "./stakeWeight.ts";

export interface ChildrenCalls {
  setChildren: {
    readonly hotkey: AccountId;
    readonly netuid: Netuid;
    /** Proportions are u64 of 2^64 - 1. */
    readonly children: readonly ChildLink[];
  };
}

const NO_LINKS: readonly ChildLink[] = [];

const byAccount = (links: readonly ChildLink[]): ChildLink[] =>
  [...links].sort((a, b) => a.hotkey - b.hotkey);

const proportionSum = (links: readonly ChildLink[]): bigint =>
  links.reduce((sum, { proportion }) => sum + proportion, 0n);

/** Whether a child would be a parent of its own parent here. */
const conflicts = (subnet: Subnet, hotkey: AccountId, children: readonly ChildLink[]): boolean =>
  (subnet.parents.get(hotkey) ?? NO_LINKS).some((parent) =>
    children.some((child) => child.hotkey === parent.hotkey),
  );

function setLinks(
  { journal }: Chain,
  map: Map<AccountId, readonly ChildLink[]>,
  hotkey: AccountId,
  links: readonly ChildLink[],
): void {
  if (links.length === 0) journal.mapDelete(map, hotkey);
  else journal.mapSet(map, hotkey, links);
}

/** The parent list of a child with the parent's entry updated in place, or appended. */
function withParent(parents: readonly ChildLink[], link: ChildLink): ChildLink[] {
  const known = parents.some(({ hotkey }) => hotkey === link.hotkey);
  return known ? parents.map((entry) => (entry.hotkey === link.hotkey ? link : entry)) : [...parents, link];
}

/** Makes `children` the children of `hotkey`; a list that breaks the rules changes nothing (8.2). */
export function applyChildren(
  chain: Chain,
  subnet: Subnet,
  hotkey: AccountId,
  children: readonly ChildLink[],
): boolean {
  const links = byAccount(children.filter((child) => child.hotkey !== hotkey));
  if (proportionSum(links) > U64_MAX || conflicts(subnet, hotkey, links)) return false;
  const { parents } = subnet;
  for (const former of subnet.children.get(hotkey) ?? NO_LINKS)
    if (!links.some((link) => link.hotkey === former.hotkey)) {
      const rest = (parents.get(former.hotkey) ?? NO_LINKS).filter((parent) => parent.hotkey !== hotkey);
      setLinks(chain, parents, former.hotkey, rest);
    }
  for (const { proportion, hotkey: child } of links)
    setLinks(chain, parents, child, withParent(parents.get(child) ?? NO_LINKS, { proportion, hotkey }));
  setLinks(chain, subnet.children, hotkey, links);
  setLinks(chain, parents, hotkey, byAccount(parents.get(hotkey) ?? NO_LINKS));
  return true;
}

function checkSetChildren(
  { state, protocol }: Chain,
  coldkey: AccountId,
  hotkey: AccountId,
  netuid: Netuid,
  children: readonly ChildLink[],
): Outcome {
  const subnet = state.subnets.get(netuid);
  const last = subnet?.childrenSetAt.get(hotkey) ?? 0;
  if (last !== 0 && state.block - last < protocol.constants.setChildrenRateLimit)
    return "TxRateLimitExceeded";
  if (netuid === ROOT) return "RegistrationNotPermittedOnRootSubnet";
  if (subnet === undefined) return "SubnetNotExists";
  if (state.hotkeys.get(hotkey)?.owner !== coldkey) return "NonAssociatedColdKey";
  if (new Set(children.map((child) => child.hotkey)).size !== children.length) return "DuplicateChild";
  if (children.some((child) => child.hotkey === hotkey)) return "InvalidChild";
  if (children.length > protocol.constants.maxChildren) return "TooManyChildren";
  if (proportionSum(children) > U64_MAX) return "ProportionOverflow";
  if (conflicts(subnet, hotkey, children)) return "ChildParentInconsistency";
  const trusted = children.length === 0 || subnet.ownerHotkey === hotkey;
  return trusted || totalStakeValue(state, hotkey) >= state.parameters.stakeThreshold
    ? null
    : "NotEnoughStakeToSetChildkeys";
}

/** Schedules new children; without subnet token they count at once (8.1). */
export function setChildren(
  chain: Chain,
  coldkey: AccountId,
  hotkey: AccountId,
  netuid: Netuid,
  children: readonly ChildLink[],
): Outcome {
  const { state, journal } = chain;
  const refused = checkSetChildren(chain, coldkey, hotkey, netuid, children);
  const subnet = state.subnets.get(netuid);
  if (refused !== null || subnet === undefined) return refused;
  journal.mapSet(subnet.childrenSetAt, hotkey, state.block);
  if (tokenEnabled(state, netuid)) {
    const cooldownBlock = state.block + Number(state.parameters.pendingChildKeyCooldown);
    journal.mapSet(subnet.pendingChildren, hotkey, { children, cooldownBlock });
  } else applyChildren(chain, subnet, hotkey, children);
  return null;
}

/** Applies the pending lists of a subnet whose cool-down is over (8.3). */
export function applyPendingChildren(chain: Chain, subnet: Subnet): void {
  const { state, journal } = chain;
  if (subnet.pendingChildren.size === 0) return;
  const enabled = tokenEnabled(state, subnet.netuid);
  const due = [...subnet.pendingChildren]
    .filter(([, { cooldownBlock }]) => !enabled || cooldownBlock < state.block)
    .sort(([a], [b]) => a - b);
  for (const [hotkey, { children }] of due) {
    applyChildren(chain, subnet, hotkey, children);
    journal.mapDelete(subnet.pendingChildren, hotkey);
  }
}

export const childrenCalls: Handlers<ChildrenCalls> = {
  setChildren: signed((chain, coldkey, { hotkey, netuid, children }) =>
    setChildren(chain, coldkey, hotkey, netuid, children),
  ),
};
