/** The kind `stake_ops`: staking calls on a small network, with the full state after each that succeeds. */
import { mintTao, balanceOf } from "../../chain/accounts/accounts.ts";
import type { Chain } from "../../chain/chain.ts";
import { setRate } from "../../chain/staking/claimRecords.ts";
import { increaseStake, indexRootStaker } from "../../chain/staking/stake.ts";
import { sharePoolValue } from "../../chain/staking/sharePool.ts";
import { ROOT, type NetworkState } from "../../chain/state/network.ts";
import { rowGet, rowNetuids } from "../../chain/state/netuidRow.ts";
import { cell, volumeOf } from "../../chain/swap/books.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import type { Kind } from "./family.ts";
import type { Fields } from "./fields.ts";
import { emptyChain, fundSubnet, linkHotkey, newSubnet } from "./network.ts";
import { operationOf } from "./operations.ts";

const START_BLOCK = 1_000;
/** The block author of the vectors; its balance is shown also where there is none. */
const AUTHOR = 999;

const ascending = (values: Iterable<number>): number[] => [...new Set(values)].sort((a, b) => a - b);

/** Builds the network; returns it with the accounts whose balances are shown. */
function genesisOf(fields: Fields): { build: () => Chain; accounts: number[] } {
  const blockAuthor = fields.nullable("block_author", () => fields.account("block_author"));
  const subnets = fields.objects("subnets").map((subnet) => {
    const parsed = {
      netuid: subnet.u16("netuid"),
      mechanism: subnet.u16("mechanism"),
      subtokenEnabled: subnet.boolean("subtoken_enabled"),
      transferToggle: subnet.boolean("transfer_toggle"),
      feeRate: subnet.u16("fee_rate"),
      tao: subnet.unsigned("tao"),
      alphaIn: subnet.unsigned("alpha_in"),
      alphaOut: subnet.unsigned("alpha_out"),
      quoteWeight: subnet.unsigned("wq"),
      poolInitialised: subnet.boolean("pool_initialized"),
      account: subnet.unsigned("subnet_account"),
    };
    subnet.done();
    return parsed;
  });
  const rootTao = fields.unsigned("root_tao");
  const totalStake = fields.unsigned("total_stake");
  const balances = fields.rows("balances").map((row) => [row.number(0), row.unsigned(1)] as const);
  const owners = fields.rows("hotkey_owner").map((row) => [row.number(0), row.number(1)] as const);
  const nominator = fields.unsigned("nominator_min_required_stake");
  const stakes = fields
    .rows("stakes_in_order_hotkey_coldkey_netuid_alpha")
    .map((row) => [row.number(0), row.number(1), row.number(2), row.unsigned(3)] as const);
  const rates = fields
    .rows("root_claimable_hotkey_netuid_bits")
    .map((row) => [row.number(0), row.number(1), row.unsigned(2)] as const);
  fields.done();
  const build = (): Chain => {
    const chain = emptyChain();
    const { state } = chain;
    const { columns } = state;
    state.block = START_BLOCK;
    state.blockAuthor = blockAuthor;
    state.parameters.nominatorMinRequiredStake = nominator;
    for (const subnet of subnets) {
      const { netuid } = subnet;
      newSubnet(chain, netuid).parameters.transferToggle = subnet.transferToggle;
      columns.mechanism[netuid] = subnet.mechanism;
      columns.subtokenEnabled[netuid] = Number(subnet.subtokenEnabled);
      columns.feeRate[netuid] = subnet.feeRate;
      columns.tao[netuid] = subnet.tao;
      columns.alphaIn[netuid] = subnet.alphaIn;
      columns.alphaOut[netuid] = subnet.alphaOut;
      columns.quoteWeight[netuid] = subnet.quoteWeight;
      columns.poolInitialised[netuid] = Number(subnet.poolInitialised);
      fundSubnet(chain, netuid, subnet.account);
    }
    columns.tao[ROOT] = rootTao;
    columns.alphaOut[ROOT] = rootTao;
    fundSubnet(chain, ROOT, rootTao);
    state.totalStake = totalStake;
    for (const [account, amount] of balances) mintTao(chain, account, amount);
    for (const [hotkey, owner] of owners) linkHotkey(chain, hotkey, owner, null);
    for (const [hotkey, coldkey, netuid, alpha] of stakes) {
      increaseStake(chain, hotkey, coldkey, netuid, alpha);
      if (netuid === ROOT) indexRootStaker(chain, coldkey);
    }
    for (const [hotkey, netuid, bits] of rates) {
      if (state.subnets.has(netuid)) setRate(chain, hotkey, netuid, bits);
      state.claimableHotkeys.set(hotkey, true);
    }
    return chain;
  };
  const accounts = [...balances.map(([account]) => account), ...owners.map(([, owner]) => owner), AUTHOR];
  return { build, accounts: ascending(accounts) };
}

/** [hotkey, coldkey, netuid, value, mantissa, exponent] of every share. */
function stakesOf({ subnets, netuids }: NetworkState): JsonValue[] {
  const rows: [number, number, number, string, string, string][] = [];
  for (const netuid of netuids)
    for (const [hotkey, pool] of subnets.get(netuid)?.pools ?? [])
      for (const [coldkey, { mantissa, exponent }] of pool.shares)
        rows.push([
          hotkey,
          coldkey,
          netuid,
          `${sharePoolValue(pool, coldkey)}`,
          `${mantissa}`,
          `${exponent}`,
        ]);
  return rows.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
}

/** [netuid, hotkey, coldkey, amount] of every entry ever adjusted. */
export function rootClaimedOf({ rootClaims }: NetworkState): JsonValue[] {
  const rows: [number, number, number, string][] = [];
  for (const [hotkey, { claimed }] of rootClaims)
    for (const [coldkey, row] of claimed)
      for (const netuid of rowNetuids(row))
        rows.push([netuid, hotkey, coldkey, `${rowGet(row, netuid) ?? 0n}`]);
  return rows.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
}

function stateOf({ state }: Chain, accounts: readonly number[]): JsonObject {
  const { columns } = state;
  return {
    subnets_tao_alphain_alphaout_volume_flow_account: state.netuids.map((netuid) => [
      `${cell(columns, "tao", netuid)}`,
      `${cell(columns, "alphaIn", netuid)}`,
      `${cell(columns, "alphaOut", netuid)}`,
      `${volumeOf(state, netuid)}`,
      `${columns.taoFlow[netuid]}`,
      `${cell(columns, "account", netuid)}`,
    ]),
    stakes_hot_cold_net_value_m_e: stakesOf(state),
    balances: accounts.map((account) => [account, `${balanceOf(state, account)}`]),
    total_stake: `${state.totalStake}`,
    total_issuance: `${state.totalIssuance}`,
    balances_issuance: `${state.balancesIssuance}`,
    root_claimed: rootClaimedOf(state),
    staking_coldkeys: [...state.rootStakers.list],
  };
}

export const stakeOperations: Kind = (fields) => {
  const { build, accounts } = genesisOf(fields.object("genesis"));
  const operations = fields.objects("ops").map((op) => {
    // Calls on all subnets name one too; it has no meaning there.
    for (const unused of ["netuid", "amount"]) op.value(unused);
    const operation = operationOf(op);
    op.done();
    return operation;
  });
  return () => {
    const chain = build();
    const state0 = stateOf(chain, accounts);
    return {
      state0,
      ops: operations.map((operation) => {
        chain.state.block += 1;
        const result = operation(chain);
        return result === "ok" ? { result, after: stateOf(chain, accounts) } : { result };
      }),
    };
  };
};
