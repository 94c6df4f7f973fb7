/** The kinds of the coinbase family that are one computation each. */
import {
  selfContribution,
  splitAmongParents,
  splitDividends,
  takeFraction,
} from "../../chain/coinbase/dividends.ts";
import { emitToSubnets } from "../../chain/coinbase/emission.ts";
import { deferredAtStart, drainDueSubnets } from "../../chain/coinbase/schedule.ts";
import { subnetTerms, taoWeightFraction } from "../../chain/coinbase/terms.ts";
import { mintTao, subnetAccount } from "../../chain/accounts/accounts.ts";
import { inherited, stakeWeight } from "../../chain/staking/stakeWeight.ts";
import { ROOT, type AccountId } from "../../chain/state/network.ts";
import { cell, volumeOf } from "../../chain/swap/books.ts";
import { currentPrice } from "../../chain/swap/engine.ts";
import type { JsonObject } from "../../json.ts";
import type { Kind } from "./family.ts";
import type { Fields } from "./fields.ts";
import { emptyChain, newSubnet } from "./network.ts";

/** TaoWeight of the unit kinds that do not give one. */
const TAO_WEIGHT = 971_718_665_099_567_868n;

const poolFields = (subnet: Fields) => ({
  netuid: subnet.u16("netuid"),
  mechanism: subnet.u16("mechanism"),
  quoteWeight: subnet.unsigned("wq"),
  tao: subnet.unsigned("tao"),
  alphaIn: subnet.unsigned("alpha_in"),
  alphaOut: subnet.unsigned("alpha_out"),
  taoEmission: subnet.unsigned("tao_emission_bits", 128),
});

export const terms: Kind = (fields) => {
  const rootTao = fields.unsigned("root_tao");
  const taoWeight = fields.unsigned("tao_weight");
  const subnets = fields.objects("subnets").map((subnet) => {
    const parsed = poolFields(subnet);
    subnet.done();
    return parsed;
  });
  return () => {
    const weight = taoWeightFraction(taoWeight);
    const results = subnets.map((subnet) => {
      const price = currentPrice({ ...subnet, alpha: subnet.alphaIn });
      return [subnet.netuid, subnetTerms({ ...subnet, price }, rootTao, weight)] as const;
    });
    const column = (name: "taoIn" | "alphaIn" | "alphaOut" | "excess"): JsonObject =>
      Object.fromEntries(results.map(([netuid, result]) => [`${netuid}`, `${result[name]}`]));
    return {
      tao_in_bits: column("taoIn"),
      alpha_in_bits: column("alphaIn"),
      alpha_out_bits: column("alphaOut"),
      excess_tao_bits: column("excess"),
    };
  };
};

export const emit: Kind = (fields) => {
  const rootTao = fields.unsigned("root_tao");
  const ownerCut = fields.u16("owner_cut");
  const credit = fields.unsigned("credit");
  const rootSellFlag = fields.boolean("root_sell_flag");
  const issuance = fields.unsigned("issuance_before_mint");
  const subnets = fields.objects("subnets").map((subnet) => {
    const parsed = { ...poolFields(subnet), ownerCutEnabled: subnet.boolean("owner_cut_enabled") };
    subnet.done();
    return parsed;
  });
  return () => {
    const chain = emptyChain();
    const { state } = chain;
    const { columns } = state;
    state.parameters.subnetOwnerCut = ownerCut;
    state.parameters.taoWeight = TAO_WEIGHT;
    columns.tao[ROOT] = rootTao;
    for (const subnet of subnets) {
      const { netuid } = subnet;
      newSubnet(chain, netuid);
      columns.mechanism[netuid] = subnet.mechanism;
      columns.quoteWeight[netuid] = subnet.quoteWeight;
      columns.poolInitialised[netuid] = 1;
      columns.tao[netuid] = subnet.tao;
      columns.alphaIn[netuid] = subnet.alphaIn;
      columns.alphaOut[netuid] = subnet.alphaOut;
      columns.ownerCutEnabled[netuid] = Number(subnet.ownerCutEnabled);
      mintTao(chain, subnetAccount(netuid), subnet.tao);
    }
    state.totalIssuance = issuance + credit;
    state.balancesIssuance = issuance + credit;
    const netuids = subnets.map(({ netuid }) => netuid);
    const emissions = subnets.map(({ taoEmission }) => taoEmission);
    emitToSubnets(chain, netuids, emissions, rootSellFlag, credit);
    const text = (name: Parameters<typeof cell>[1], netuid: number): string =>
      `${cell(columns, name, netuid)}`;
    return {
      after: netuids.map((netuid) => ({
        netuid,
        wq: text("quoteWeight", netuid),
        tao: text("tao", netuid),
        alpha_in: text("alphaIn", netuid),
        alpha_out: text("alphaOut", netuid),
        tao_in_emission: text("taoInEmission", netuid),
        alpha_in_emission: text("alphaInEmission", netuid),
        alpha_out_emission: text("alphaOutEmission", netuid),
        excess_tao: text("excessTao", netuid),
        protocol_alpha: text("protocolAlpha", netuid),
        protocol_flow: `${columns.protocolFlow[netuid]}`,
        pending_server: text("pendingServer", netuid),
        pending_validator: text("pendingValidator", netuid),
        pending_root: text("pendingRoot", netuid),
        pending_owner_cut: text("pendingOwnerCut", netuid),
        volume: `${volumeOf(state, netuid)}`,
        subnet_account: text("account", netuid),
      })),
      total_stake_after: `${state.totalStake}`,
      issuance_after: `${state.totalIssuance}`,
      balances_issuance_after: `${state.balancesIssuance}`,
    };
  };
};

export const dividendSplit: Kind = (fields) => {
  const validatorAlpha = fields.unsigned("pending_alpha");
  const rootAlpha = fields.unsigned("pending_root_alpha");
  const taoWeight = fields.unsigned("tao_weight_bits", 128);
  const hotkeys = fields.objects("hotkeys").map((entry) => {
    const parsed = {
      hotkey: entry.account("hotkey"),
      counted: entry.boolean("in_stake_map"),
      alpha: entry.unsigned("alpha_stake"),
      root: entry.unsigned("root_stake"),
      dividend: entry.unsigned("dividend_bits", 128),
    };
    entry.done();
    return parsed;
  });
  return () => {
    const counted = hotkeys.filter((entry) => entry.counted).sort((a, b) => a.hotkey - b.hotkey);
    const split = splitDividends(counted, validatorAlpha, rootAlpha, taoWeight);
    const column = (values: readonly bigint[]): JsonObject =>
      Object.fromEntries(counted.map(({ hotkey }, i) => [`${hotkey}`, `${values[i]}`]));
    return { alpha_dividends_bits: column(split.alpha), root_alpha_dividends_bits: column(split.root) };
  };
};

const CHILD: AccountId = 1;

export const parentChild: Kind = (fields) => {
  const dividend = fields.unsigned("dividends");
  const burn = fields.unsigned("ck_burn");
  const take = fields.u16("childkey_take");
  const owner = fields.account("owner");
  const alpha = fields.unsigned("alpha");
  const root = fields.unsigned("root");
  const parents = fields.objects("parents").map((parent) => {
    const parsed = {
      hotkey: parent.account("hotkey"),
      proportion: parent.unsigned("proportion"),
      alpha: parent.unsigned("alpha"),
      root: parent.unsigned("root"),
      foreign: parent.account("owner") !== owner,
    };
    parent.done();
    return parsed;
  });
  const proportions = fields.unsignedList("child_proportions");
  return () => {
    const taoWeight = taoWeightFraction(TAO_WEIGHT);
    const own = selfContribution(alpha, root, proportions, taoWeight);
    const split = splitAmongParents(CHILD, dividend, own, parents, takeFraction(take), burn, taoWeight);
    const children = proportions.map((proportion, i) => ({ proportion, hotkey: i }));
    const stakes = new Map(parents.map((parent) => [parent.hotkey, parent]));
    const inheritedOf = (stake: bigint, side: "alpha" | "root"): bigint =>
      inherited(stake, children, parents, (parent) => stakes.get(parent)?.[side] ?? 0n);
    const alphaCounted = inheritedOf(alpha, "alpha");
    const taoCounted = inheritedOf(root, "root");
    return {
      self_contribution: `${own}`,
      out: split.paid.map(([hotkey, amount]) => [hotkey, `${amount}`]),
      recycled: `${split.recycled}`,
      inherited_alpha: `${alphaCounted}`,
      inherited_tao: `${taoCounted}`,
      total_stake_weight_bits: `${stakeWeight(alphaCounted, taoCounted, taoWeight)}`,
    };
  };
};

export const epochSchedule: Kind = (fields) => {
  const cap = fields.number("max_epochs_per_block", 0, 255);
  const start = fields.block("start_block");
  const blocks = fields.number("blocks", 0, 100_000);
  const subnets = fields.objects("subnets").map((subnet) => {
    const parsed = {
      netuid: subnet.u16("netuid"),
      tempo: subnet.u16("tempo"),
      lastEpochBlock: subnet.block("last_epoch_block"),
      pendingEpochAt: subnet.block("pending_epoch_at"),
      blocksSinceLastStep: subnet.block("blocks_since_last_step"),
    };
    subnet.done();
    return parsed;
  });
  return () => {
    const chain = emptyChain();
    const { state } = chain;
    const { columns } = state;
    state.block = start;
    state.parameters.maxEpochsPerBlock = cap;
    for (const { netuid, ...schedule } of subnets) {
      newSubnet(chain, netuid);
      for (const [column, value] of Object.entries(schedule))
        columns[column as keyof typeof schedule][netuid] = value;
    }
    return {
      blocks_ran_deferred: Array.from({ length: blocks }, () => {
        state.block += 1;
        const deferred = deferredAtStart(state);
        return [drainDueSubnets(chain).map(({ netuid }) => netuid), deferred];
      }),
      final: subnets.map(({ netuid }) => ({
        netuid,
        last_epoch_block: `${columns.lastEpochBlock[netuid]}`,
        pending_epoch_at: `${columns.pendingEpochAt[netuid]}`,
        blocks_since_last_step: `${columns.blocksSinceLastStep[netuid]}`,
        epoch_index: `${columns.epochIndex[netuid]}`,
      })),
    };
  };
};
