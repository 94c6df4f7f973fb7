/** What the tables `blocks`, `pools` and `emission` hold of a simulation at one block. */
import { priceNumber } from "../../agents/index.ts";
import { type Netuid, type NetworkState, ROOT } from "../../chain/index.ts";
import { mintable } from "../../chain/coinbase/issuance.ts";
import { alphaDust } from "../../chain/invariants.ts";
import { rolledLock } from "../../chain/locks/touch.ts";
import { networkLockCost } from "../../chain/subnets/lockCost.ts";
import { volumeOf } from "../../chain/swap/books.ts";
import type { RowValues } from "../../trace/index.ts";
import type { NetworkSums, SubnetSums } from "./ledger.ts";
import type { EconomySimulation } from "./simulation.ts";

const TWO_32 = 4_294_967_296;
const U64_MAX = 0xffff_ffff_ffff_ffffn;

/** The row of `blocks`. @param sums since the row before */
export function blocksRow({ chain, agents, epochs }: EconomySimulation, sums: NetworkSums): RowValues {
  const { state } = chain;
  let neurons = 0;
  for (const subnet of state.subnets.values()) neurons += subnet.neurons.count;
  let [calls, failures, present] = [0, 0, 0];
  for (const memory of agents.memories) {
    calls += memory.succeeded;
    failures += memory.failed;
    if (memory.present) present++;
  }
  let [balances, subnetAccounts] = [0n, 0n];
  for (const balance of state.balances.values()) balances += balance;
  for (const balance of state.columns.account) subnetAccounts += balance;
  return {
    issuance: state.totalIssuance,
    block_emission: mintable(state.totalIssuance, state.balancesIssuance),
    minted: sums.minted,
    unspent: sums.unspent,
    fees: sums.fees,
    balances,
    subnet_accounts: subnetAccounts,
    conservation: balances + subnetAccounts - state.balancesIssuance,
    total_stake: state.totalStake,
    root_stake: state.columns.tao[ROOT] ?? 0n,
    root_stakers: state.rootStakers.list.length,
    lock_cost: networkLockCost(state),
    subnets: state.netuids.length - 1,
    neurons,
    agents: present,
    epochs: BigInt(epochs),
    calls: BigInt(calls),
    failures: BigInt(failures),
  };
}

/** The row of `pools` of one subnet. */
export function poolRow(state: NetworkState, netuid: Netuid): RowValues {
  const { columns } = state;
  const subnet = state.subnets.get(netuid);
  const amount = (column: BigUint64Array): bigint => column[netuid] ?? 0n;
  const volume = volumeOf(state, netuid);
  let validators = 0;
  for (let uid = 0; uid < (subnet?.neurons.count ?? 0); uid++)
    validators += subnet?.neurons.validatorPermit[uid] ?? 0;
  return {
    netuid,
    tao: amount(columns.tao),
    alpha_in: amount(columns.alphaIn),
    alpha_out: amount(columns.alphaOut),
    price: priceNumber(state, netuid),
    moving_price: Number(columns.movingPrice[netuid] ?? 0n) / TWO_32,
    tao_emission: amount(columns.taoInEmission),
    alpha_emission: amount(columns.alphaOutEmission),
    burn: amount(columns.burn),
    neurons: subnet?.neurons.count ?? 0,
    validators,
    root_proportion: Number(columns.rootProportion[netuid] ?? 0n) / TWO_32,
    staked_alpha: subnet?.stakedAlpha ?? 0n,
    claimable_alpha: columns.claimableAlpha[netuid] ?? 0n,
    pending_alpha:
      amount(columns.pendingServer) +
      amount(columns.pendingValidator) +
      amount(columns.pendingRoot) +
      amount(columns.pendingOwnerCut),
    protocol_alpha: amount(columns.protocolAlpha),
    alpha_burned: amount(columns.alphaBurned),
    alpha_recycled: amount(columns.alphaRecycled),
    locked_alpha: lockedAlpha(state, netuid),
    volume: volume > U64_MAX ? U64_MAX : volume,
    user_flow: columns.taoFlow[netuid] ?? 0n,
    protocol_flow: columns.protocolFlow[netuid] ?? 0n,
    // On root the books of alpha are those of TAO.
    alpha_dust: subnet === undefined || netuid === ROOT ? 0n : alphaDust(state, subnet),
  };
}

/** Mass of all locks as they are now, rao. */
function lockedAlpha(state: NetworkState, netuid: Netuid): bigint {
  const subnet = state.subnets.get(netuid);
  if (subnet === undefined) return 0n;
  let mass = 0n;
  for (const coldkey of subnet.locks.keys()) mass += rolledLock(state, subnet, coldkey)?.mass ?? 0n;
  return mass;
}

/** The row of `emission` of one subnet. @param sums since the row before */
export function emissionRow(netuid: Netuid, blocks: number, sums: SubnetSums): RowValues {
  return {
    netuid,
    blocks,
    tao_injected: sums.taoInjected,
    tao_bought: sums.taoBought,
    root_sold_tao: sums.rootSoldTao,
    alpha_injected: sums.alphaInjected,
    alpha_emitted: sums.alphaEmitted,
    owner: sums.owner,
    miners: sums.miners,
    validators: sums.validators,
    take: sums.take,
    nominators: sums.nominators,
    root: sums.root,
    burned: sums.burned,
    recycled: sums.recycled,
    epochs: sums.epochs,
    dividend_yield: sums.dividendYield,
    registrations: sums.registrations,
    registration_tao: sums.registrationTao,
  };
}
