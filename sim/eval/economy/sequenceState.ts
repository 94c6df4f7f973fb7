/** What a sequence shows of its state. */
import { balanceOf } from "../../chain/accounts/accounts.ts";
import type { Chain } from "../../chain/chain.ts";
import { rateOf } from "../../chain/staking/claimRecords.ts";
import { sharePoolValue } from "../../chain/staking/sharePool.ts";
import type { U32Column, U64Column } from "../../chain/state/columns.ts";
import {
  ROOT,
  type Netuid,
  type NetworkState,
  type ShareFloat,
  type Subnet,
} from "../../chain/state/network.ts";
import { cell, priceOf, volumeOf } from "../../chain/swap/books.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import { rootClaimedOf } from "./stakeOperations.ts";

/** Coldkeys whose balances and shares are shown. */
const SHOWN_COLDKEYS = [...Array.from({ length: 20 }, (_, i) => i + 1), 888, 999];

const ascending = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

const shown = ({ mantissa, exponent }: ShareFloat): string[] => [`${mantissa}`, `${exponent}`];

function hotkeysOf({ pools, alphaDividends, rootDividends }: Subnet): JsonValue[] {
  return ascending(pools.keys()).flatMap((hotkey) => {
    const pool = pools.get(hotkey);
    if (pool === undefined || (pool.value === 0n && pool.denominator.mantissa === 0n)) return [];
    return {
      hotkey,
      alpha: `${pool.value}`,
      denominator: shown(pool.denominator),
      shares: SHOWN_COLDKEYS.flatMap((coldkey) => {
        const share = pool.shares.get(coldkey);
        return share === undefined ? [] : [[coldkey, ...shown(share), `${sharePoolValue(pool, coldkey)}`]];
      }),
      alpha_dividends: `${alphaDividends.get(hotkey) ?? 0n}`,
      root_dividends: `${rootDividends.get(hotkey) ?? 0n}`,
    };
  });
}

/** The results of the last epoch. */
function neuronsOf({ neurons, mechanisms }: Subnet): JsonObject {
  const { count } = neurons;
  const mechanism = mechanisms[0];
  const { bonds } = mechanism ?? { bonds: { offsets: [0], uids: [], values: [] } };
  const row = (uid: number): JsonValue[] => {
    const entries: JsonValue[] = [];
    for (let k = bonds.offsets[uid] ?? 0; k < (bonds.offsets[uid + 1] ?? 0); k++)
      entries.push([bonds.uids[k] ?? 0, bonds.values[k] ?? 0]);
    return entries;
  };
  return {
    emission: Array.from(neurons.emission.subarray(0, count), String),
    incentive: Array.from(mechanism?.incentive.subarray(0, count) ?? []),
    dividends: Array.from(neurons.dividends.subarray(0, count)),
    consensus: Array.from(neurons.consensus.subarray(0, count)),
    validator_trust: Array.from(neurons.validatorTrust.subarray(0, count)),
    validator_permit: Array.from(neurons.validatorPermit.subarray(0, count), (permit) => permit === 1),
    // Before the first epoch no row is stored, not even an empty one.
    bonds_uid_row: Array.from({ length: bonds.offsets.length - 1 }, (_, uid) => [uid, row(uid)]),
  };
}

const U64_SHOWN: readonly (readonly [string, U64Column])[] = [
  ["tao", "tao"],
  ["alpha_in", "alphaIn"],
  ["alpha_out", "alphaOut"],
  ["wq", "quoteWeight"],
  ["root_prop_bits", "rootProportion"],
  ["miner_burned_bits", "minerBurned"],
  ["pending_server", "pendingServer"],
  ["pending_validator", "pendingValidator"],
  ["pending_root", "pendingRoot"],
  ["pending_owner_cut", "pendingOwnerCut"],
  ["tao_in_emission", "taoInEmission"],
  ["alpha_in_emission", "alphaInEmission"],
  ["alpha_out_emission", "alphaOutEmission"],
  ["excess_tao", "excessTao"],
  ["root_sell_tao", "rootSellTao"],
  ["protocol_alpha", "protocolAlpha"],
  ["burn", "burn"],
  ["alpha_burned", "alphaBurned"],
  ["alpha_recycled", "alphaRecycled"],
  ["subnet_account", "account"],
];

const U32_SHOWN: readonly (readonly [string, U32Column])[] = [
  ["last_epoch_block", "lastEpochBlock"],
  ["pending_epoch_at", "pendingEpochAt"],
  ["blocks_since_last_step", "blocksSinceLastStep"],
  ["epoch_index", "epochIndex"],
];

function subnetState(state: NetworkState, netuid: Netuid, showsNeurons: boolean): JsonObject {
  const { columns } = state;
  const subnet = state.subnets.get(netuid);
  return {
    netuid,
    ...Object.fromEntries(U64_SHOWN.map(([name, column]) => [name, `${cell(columns, column, netuid)}`])),
    ...Object.fromEntries(U32_SHOWN.map(([name, column]) => [name, `${columns[column][netuid]}`])),
    price_bits: `${priceOf(state, netuid)}`,
    moving_price_bits: `${columns.movingPrice[netuid]}`,
    tao_flow: `${columns.taoFlow[netuid]}`,
    protocol_flow: `${columns.protocolFlow[netuid]}`,
    volume: `${volumeOf(state, netuid)}`,
    hotkeys: subnet === undefined ? [] : hotkeysOf(subnet),
    ...(showsNeurons && subnet !== undefined && netuid !== ROOT ? neuronsOf(subnet) : {}),
  };
}

/** [hotkey, { netuid: rate }] of every hotkey that has one. */
function rootClaimableOf(state: NetworkState): JsonValue[] {
  return ascending(state.rootClaims.keys()).flatMap((hotkey) => {
    const rates = state.netuids.flatMap((netuid) => {
      const rate = rateOf(state, hotkey, netuid);
      return rate === undefined ? [] : [[`${netuid}`, `${rate}`] as const];
    });
    return rates.length === 0 ? [] : [[hotkey, Object.fromEntries(rates)]];
  });
}

/** Everything. */
export function sequenceState({ state }: Chain, showsNeurons: boolean): JsonObject {
  return {
    total_issuance: `${state.totalIssuance}`,
    balances_issuance: `${state.balancesIssuance}`,
    total_stake: `${state.totalStake}`,
    balances: SHOWN_COLDKEYS.map((coldkey) => [coldkey, `${balanceOf(state, coldkey)}`]),
    subnets: state.netuids.map((netuid) => subnetState(state, netuid, showsNeurons)),
    root_claimable_bits: rootClaimableOf(state),
    root_claimed: rootClaimedOf(state),
    staking_coldkeys: [...state.rootStakers.list],
  };
}

/** Issuance and the pools. */
export function sequenceTrace({ state }: Chain): JsonObject {
  const { columns } = state;
  return {
    total_issuance: `${state.totalIssuance}`,
    tao_alpha_in_alpha_out_wq: state.netuids
      .filter((netuid) => netuid !== ROOT)
      .map((netuid) => [
        `${cell(columns, "tao", netuid)}`,
        `${cell(columns, "alphaIn", netuid)}`,
        `${cell(columns, "alphaOut", netuid)}`,
        `${cell(columns, "quoteWeight", netuid)}`,
      ]),
  };
}
