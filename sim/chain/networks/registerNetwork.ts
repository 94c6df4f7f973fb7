/** Registering a subnet (NET of spec/calls.md 6, spec/subnets.md 1). */
import { balanceOf, isSubnetAccount, spendable, subnetAccount, transferTao } from "../accounts/accounts.ts";
import { isUnusedOrOwn, linkHotkey } from "../accounts/hotkeys.ts";
import type { Chain, Outcome } from "../chain.ts";
import { addU64, max, min, U64_MAX } from "../numbers/integers.ts";
import { isError, type ChainError } from "../errors.ts";
import { appendNeuron } from "../registration/neurons.ts";
import { setChildren } from "../staking/children.ts";
import { addSubnet, emptySubnet, netuidParametersOf } from "../state/genesis.ts";
import { ROOT, type AccountId, type Netuid, type NetworkState, type Subnet } from "../state/network.ts";
import { networkLockCost } from "../subnets/lockCost.ts";
import { initialAlpha, medianSubnetPrice } from "./initialPool.ts";
import { networkToPrune, removeNetwork } from "./pruneNetwork.ts";
import { assignSymbol } from "./symbols.ts";

/** Whether too little time passed since anybody registered a subnet. */
export function tooSoonForNetwork({ block, lastNetworkRegistration, parameters }: NetworkState): boolean {
  return (
    lastNetworkRegistration !== 0 && BigInt(block - lastNetworkRegistration) < parameters.networkRateLimit
  );
}

function checkNetwork(chain: Chain, coldkey: AccountId, hotkey: AccountId): Outcome {
  const { state } = chain;
  if (!isUnusedOrOwn(chain, hotkey, coldkey)) return "NonAssociatedColdKey";
  if (isSubnetAccount(hotkey)) return "CannotUseSystemAccount";
  if (state.block < state.parameters.networkRegistrationStartBlock) return "SubNetRegistrationDisabled";
  return tooSoonForNetwork(state) ? "NetworkTxRateLimitExceeded" : null;
}

/** The netuid of the new subnet, and the one to dissolve for it. */
function choosePlace(state: NetworkState): { netuid: Netuid; pruned: boolean } | ChainError {
  const used = new Set(state.netuids);
  if (used.size - 1 >= state.parameters.subnetLimit) {
    const pruned = networkToPrune(state);
    return pruned === undefined ? "SubnetLimitReached" : { netuid: pruned, pruned: true };
  }
  let netuid = 1;
  while (used.has(netuid)) netuid += 1;
  return { netuid, pruned: false };
}

/** The records and the row of a new subnet, without pool or neurons. */
function initialise(chain: Chain, netuid: Netuid): Subnet {
  const { state, journal, protocol } = chain;
  const subnet = emptySubnet(netuid, state.block, protocol.newSubnetParameters());
  addSubnet(journal, state, subnet);
  const { columns } = state;
  const tempo = protocol.newSubnetTempo;
  journal.set(columns.mechanism, netuid, 1);
  journal.set(columns.tempo, netuid, tempo);
  // Staggers the epochs of the subnets.
  journal.set(columns.lastEpochBlock, netuid, Math.max(0, state.block - (tempo === 0 ? 0 : netuid % tempo)));
  journal.set(columns.burn, netuid, protocol.constants.newSubnetBurn);
  journal.set(columns.registrationAllowed, netuid, 1);
  journal.set(columns.emissionEnabled, netuid, 0);
  const record = netuidParametersOf(journal, state, netuid);
  journal.set(record, "registrations", record.registrations + 1);
  assignSymbol(chain, netuid);
  return subnet;
}

/** Fills the pool with what was paid, at the median price of the other subnets. */
function fillPool(chain: Chain, netuid: Netuid, paid: bigint, median: bigint): void {
  const { state, journal } = chain;
  const tao = max(paid, state.parameters.networkMinLockCost);
  journal.set(state.columns.tao, netuid, tao);
  journal.set(state.columns.alphaIn, netuid, initialAlpha(tao, median));
  journal.set(state, "totalStake", addU64(state.totalStake, tao));
}

/** Every root validator tries to make the owner hotkey its only child on the new subnet. */
function delegateRootValidators(chain: Chain, netuid: Netuid, ownerHotkey: AccountId): void {
  const { state, journal } = chain;
  for (const hotkey of state.subnets.get(ROOT)?.neurons.hotkeys ?? []) {
    const owner = state.hotkeys.get(hotkey)?.owner;
    if (hotkey === ownerHotkey || owner === undefined || state.autoParentDelegationOff.has(hotkey)) continue;
    const children = [{ proportion: U64_MAX, hotkey: ownerHotkey }];
    journal.atomically(() => setChildren(chain, owner, hotkey, netuid, children));
  }
}

/** Registers a subnet for `coldkey`; the answer is its netuid. */
export function registerNetwork(chain: Chain, coldkey: AccountId, hotkey: AccountId): Netuid | ChainError {
  const { state, journal } = chain;
  const refused = checkNetwork(chain, coldkey, hotkey);
  if (refused !== null) return refused;
  const place = choosePlace(state);
  if (isError(place)) return place;
  const { netuid } = place;
  const cost = networkLockCost(state);
  if (balanceOf(state, coldkey) < cost) return "CannotAffordLockCost";
  if (place.pruned) removeNetwork(chain, netuid);
  const median = medianSubnetPrice(state);
  const subnet = initialise(chain, netuid);
  const paid = min(cost, spendable(chain, coldkey));
  if (paid === 0n && cost > 0n) return "InsufficientBalance";
  const moved = transferTao(chain, coldkey, subnetAccount(netuid), paid);
  if (moved !== null) return moved;
  journal.set(state, "lastLockCost", paid);
  journal.set(state, "lastNetworkRegistration", state.block);
  linkHotkey(chain, hotkey, coldkey);
  appendNeuron(chain, subnet, hotkey);
  journal.set(subnet, "locked", paid);
  journal.set(subnet, "owner", coldkey);
  journal.set(subnet, "ownerHotkey", hotkey);
  fillPool(chain, netuid, paid, median);
  delegateRootValidators(chain, netuid, hotkey);
  return netuid;
}
