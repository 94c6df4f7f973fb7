/** The kinds of the staking family that are one computation each. */
import { mintTao, balanceOf, subnetAccount } from "../../chain/accounts/accounts.ts";
import { rollDeltas, rollLock } from "../../chain/locks/roll.ts";
import { exponentialDecay } from "../../chain/numbers/transcendental.ts";
import { claimedOf, rateOf, setClaimed, setRate } from "../../chain/staking/claimRecords.ts";
import {
  adjustRootClaimed,
  autoClaimIndices,
  makeRootClaimable,
  rootOwed,
} from "../../chain/staking/rootClaims.ts";
import { increaseStake, stakeOf } from "../../chain/staking/stake.ts";
import { ROOT } from "../../chain/state/network.ts";
import { bumpedBurn, clampBurn, decayedBurn } from "../../chain/subnets/burnPrice.ts";
import { dissolveSubnet } from "../../chain/subnets/dissolve.ts";
import { lockCost, lockReductionInterval } from "../../chain/subnets/lockCost.ts";
import type { Kind } from "./family.ts";
import { Row } from "./fields.ts";
import { emptyChain, linkHotkey, newSubnet } from "./network.ts";

const HOTKEY = 101;
const OWNER = 1;
const NOMINATOR = 2;
const NETUID = 1;

export const rootClaimable: Kind = (fields) => {
  const rootTotal = fields.unsigned("root_total");
  const amount = fields.unsigned("amount");
  const rate = fields.unsigned("rate_bits_before", 127);
  return () => {
    const chain = emptyChain();
    newSubnet(chain, NETUID);
    linkHotkey(chain, HOTKEY, OWNER, null);
    increaseStake(chain, HOTKEY, NOMINATOR, ROOT, rootTotal);
    if (rate !== 0n) setRate(chain, HOTKEY, NETUID, rate);
    makeRootClaimable(chain, HOTKEY, NETUID, amount);
    return {
      rate_bits_after: rateOf(chain.state, HOTKEY, NETUID)?.toString() ?? null,
      given_to_owner: `${stakeOf(chain.state, HOTKEY, OWNER, NETUID)}`,
    };
  };
};

export const rootOwedKind: Kind = (fields) => {
  const own = fields.unsigned("my_root_stake");
  const other = fields.unsigned("other_root_stake");
  const rate = fields.unsigned("rate_bits", 127);
  const claimed = fields.unsigned("claimed", 128);
  const added = fields.unsigned("stake_added");
  const removed = fields.unsigned("stake_removed");
  return () => {
    const chain = emptyChain();
    newSubnet(chain, NETUID);
    increaseStake(chain, HOTKEY, OWNER, ROOT, own);
    increaseStake(chain, HOTKEY, NOMINATOR, ROOT, other);
    setRate(chain, HOTKEY, NETUID, rate);
    setClaimed(chain, HOTKEY, OWNER, NETUID, claimed);
    const owed = rootOwed(rate, stakeOf(chain.state, HOTKEY, OWNER, ROOT), claimed);
    const claimedNow = (): string => `${claimedOf(chain.state, HOTKEY, OWNER, NETUID)}`;
    adjustRootClaimed(chain, HOTKEY, OWNER, added);
    const afterAdd = claimedNow();
    adjustRootClaimed(chain, HOTKEY, OWNER, -removed);
    return {
      owed_bits: `${owed}`,
      owed: `${owed < 0n ? 0n : owed >> 32n}`,
      claimed_after_add: afterAdd,
      claimed_after_remove: claimedNow(),
    };
  };
};

export const autoClaims: Kind = (fields) => {
  const words = fields.unsignedList("hash_words_be");
  const count = fields.unsigned("count");
  const stakers = fields.unsigned("n");
  return () => ({ indices: autoClaimIndices(words, Number(count), stakers).map(String) });
};

export const decay: Kind = (fields) => {
  const dt = fields.unsigned("dt");
  const tau = fields.unsigned("tau");
  return () => ({ bits: `${exponentialDecay(dt, tau)}` });
};

export const lockRoll: Kind = (fields) => {
  const row = new Row(
    fields.value("lock_mass_convictionbits_block"),
    fields.at("lock_mass_convictionbits_block"),
  );
  const lock = {
    mass: row.unsigned(0),
    conviction: row.unsigned(1, 128),
    lastBlock: Number(row.unsigned(2, 32)),
  };
  const now = fields.block("now");
  const rates = {
    unlockRate: fields.unsigned("unlock_rate"),
    maturityRate: fields.unsigned("maturity_rate"),
  };
  const ownerLock = fields.boolean("owner_lock");
  const perpetual = fields.boolean("perpetual");
  return () => {
    const rolled = rollLock(lock, now, rates, perpetual, ownerLock);
    const deltas = rollDeltas(lock, rolled);
    return {
      out: [`${rolled.mass}`, `${rolled.conviction}`, `${rolled.lastBlock}`],
      mass_delta: `${deltas.mass}`,
      conviction_delta_bits: `${deltas.conviction}`,
    };
  };
};

export const dissolve: Kind = (fields) => {
  const pot = fields.unsigned("pot");
  const alphaIn = fields.unsigned("alpha_in");
  const protocolAlpha = fields.unsigned("protocol_alpha");
  const registeredAt = fields.block("registered_at");
  const deploymentBlock = fields.block("deployment_block");
  const startBlock = fields.block("network_registration_start_block");
  const account = fields.unsigned("subnet_account");
  const stakes = fields.rows("stakes").map((row) => [row.number(0), row.number(1), row.unsigned(2)] as const);
  // What the share pools make of the stakes: the same as our own share pools.
  fields.list("values");
  const issuance = fields.unsigned("issuance_before");
  return () => {
    const chain = emptyChain();
    const { state } = chain;
    const { columns } = state;
    const subnet = newSubnet(chain, NETUID);
    subnet.registeredAt = registeredAt;
    state.parameters.taoInRefundDeploymentBlock = deploymentBlock;
    state.parameters.networkRegistrationStartBlock = startBlock;
    columns.mechanism[NETUID] = 1;
    columns.tao[NETUID] = pot;
    columns.alphaIn[NETUID] = alphaIn;
    columns.protocolAlpha[NETUID] = protocolAlpha;
    state.totalStake = pot;
    mintTao(chain, subnetAccount(NETUID), account);
    state.totalIssuance = issuance;
    for (const [hotkey, coldkey, alpha] of stakes) increaseStake(chain, hotkey, coldkey, NETUID, alpha);
    dissolveSubnet(chain, NETUID);
    const coldkeys = [...new Set(stakes.map(([, coldkey]) => coldkey))].sort((a, b) => a - b);
    const shown = coldkeys.flatMap((coldkey) => {
      const balance = balanceOf(state, coldkey);
      return balance === 0n ? [] : [[`${coldkey}`, `${balance}`]];
    });
    return {
      result: "ok",
      balances_after: [...shown, ["subnet", `${balanceOf(state, subnetAccount(NETUID))}`]],
      issuance_after: `${state.totalIssuance}`,
      total_stake_after: `${state.totalStake}`,
    };
  };
};

export const burnPrice: Kind = (fields) => {
  const halfLife = fields.u16("half_life");
  const minBurn = fields.unsigned("min_burn");
  const maxBurn = fields.unsigned("max_burn");
  const start = fields.unsigned("burn");
  const mult = fields.unsigned("mult_bits", 128);
  const blocks = fields.list("block_bumped").map((value, i) => {
    const row = new Row(value, `${fields.at("block_bumped")}[${i}]`);
    return [Number(row.unsigned(0, 32)), row.columns[1] === true] as const;
  });
  return () => {
    let burn = start;
    return {
      afterdecay_afterbump: blocks.map(([block, bumped]) => {
        const decayed = clampBurn(decayedBurn(burn, halfLife, block), minBurn, maxBurn);
        burn = bumped ? clampBurn(bumpedBurn(decayed, mult), minBurn, maxBurn) : decayed;
        return [`${decayed}`, `${burn}`];
      }),
    };
  };
};

export const lockCostKind: Kind = (fields) => {
  const block = fields.unsigned("block");
  const totalIssuance = fields.unsigned("total_issuance");
  const lastCost = fields.unsigned("last_cost");
  const lastBlock = fields.unsigned("last_block");
  const setting = fields.unsigned("interval_setting");
  const minimum = fields.unsigned("min_cost");
  return () => {
    const interval = lockReductionInterval(setting, totalIssuance);
    return { interval: `${interval}`, cost: `${lockCost(lastCost, lastBlock, block, interval, minimum)}` };
  };
};
