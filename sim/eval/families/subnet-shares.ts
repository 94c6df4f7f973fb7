import { nextFlowEma, sharesByFlow } from "../../chain/coinbase/flowShares.ts";
import { nextMovingPrice } from "../../chain/coinbase/movingPrice.ts";
import { movingPriceOf, subnetShares } from "../../chain/coinbase/shares.ts";
import { rootProportion, taoWeightFraction } from "../../chain/coinbase/terms.ts";
import { addU64 } from "../../chain/numbers/integers.ts";
import { ONE, poolPrice } from "../../chain/swap/pool.ts";
import type { JsonObject } from "../../json.ts";
import { economyFamily, type Kind } from "../economy/family.ts";

const shares: Kind = (fields) => {
  const minted = fields.unsigned("block_emission");
  const subnets = fields.objects("subnets").map((subnet) => {
    const first = subnet.nullable("first_emission_block", () => subnet.unsigned("first_emission_block"));
    const subtokenEnabled = subnet.boolean("subtoken_enabled");
    const registrationAllowed = subnet.boolean("registration_allowed");
    const parsed = {
      netuid: subnet.u16("netuid"),
      mechanism: subnet.u16("mechanism"),
      movingPrice: subnet.signed("moving_price_bits", 128),
      minerBurned: subnet.unsigned("miner_burned_bits", 128),
      emissionEnabled: subnet.boolean("emission_enabled"),
      eligible: first !== null && subtokenEnabled && registrationAllowed,
    };
    subnet.done();
    return parsed;
  });
  return () => {
    const eligible = subnets.filter((subnet) => subnet.eligible && subnet.netuid !== 0);
    const result = subnetShares(eligible, minted);
    const byNetuid = (values: readonly bigint[]): JsonObject =>
      Object.fromEntries(eligible.map(({ netuid }, i) => [`${netuid}`, `${values[i]}`]));
    return {
      emit_to: eligible.map(({ netuid }) => netuid),
      share_bits: byNetuid(result.shares),
      emission_bits: byNetuid(result.emissions),
      root_sell_flag: result.rootSellFlag,
    };
  };
};

const movingPrice: Kind = (fields) => {
  const mechanism = fields.u16("mechanism");
  const reserves = {
    quoteWeight: fields.unsigned("wq"),
    tao: fields.unsigned("tao"),
    alpha: fields.unsigned("alpha_in"),
  };
  const start = fields.signed("moving_price_bits", 128);
  const movingAlpha = fields.signed("moving_alpha_bits", 128);
  const halvingBlocks = fields.unsigned("halving_blocks");
  const firstEmissionBlock = fields.nullable("first_emission_block", () =>
    fields.unsigned("first_emission_block"),
  );
  const block = fields.unsigned("block");
  const blocks = fields.number("blocks", 0, 100_000);
  return () => {
    const price = mechanism === 1 ? poolPrice(reserves) : ONE;
    const after: string[] = [];
    let moving = start;
    for (let i = 0n; i < blocks; i++) {
      const old = movingPriceOf({ mechanism, movingPrice: moving });
      moving = nextMovingPrice(price, old, movingAlpha, block + i, firstEmissionBlock ?? 0n, halvingBlocks);
      after.push(`${moving}`);
    }
    return { after_each_block: after };
  };
};

const rootProportionKind: Kind = (fields) => {
  const alphaIssuance = addU64(fields.unsigned("alpha_in"), fields.unsigned("alpha_out"));
  const rootTao = fields.unsigned("root_tao");
  const taoWeight = fields.unsigned("tao_weight");
  return () => {
    const weight = taoWeightFraction(taoWeight);
    return { tao_weight_bits: `${weight}`, out_bits: `${rootProportion(rootTao, alphaIssuance, weight)}` };
  };
};

const flowUnused: Kind = (fields) => {
  const n = fields.number("n", 0, 65_535);
  const parameters = {
    netFlow: fields.boolean("net_flow_enabled"),
    exponent: fields.unsigned("exponent_bits", 128),
    cutoff: fields.signed("cutoff_bits", 128),
    smoothing: fields.unsigned("smoothing"),
  };
  const blocks = fields.objects("blocks").map((block) => {
    const flows = block.rows("flows").map((row) => [row.signed(0), row.signed(1)] as const);
    block.done();
    return flows;
  });
  return () => {
    let user = Array.from({ length: n }, () => 0n);
    let protocol = [...user];
    return {
      blocks: blocks.map((flows) => {
        user = user.map((ema, i) => nextFlowEma(ema, flows[i]?.[0] ?? 0n, parameters.smoothing));
        protocol = protocol.map((ema, i) => nextFlowEma(ema, flows[i]?.[1] ?? 0n, parameters.smoothing));
        return {
          user_ema_bits: user.map(String),
          protocol_ema_bits: protocol.map(String),
          share_bits: sharesByFlow(user, protocol, parameters).map(String),
        };
      }),
    };
  };
};

/** Shares of TAO, moving prices and root proportions (golden/economy.md, subnet-shares). */
export const SUBNET_SHARES_FAMILY = economyFamily("subnet-shares", () => ({
  shares,
  moving_price: movingPrice,
  root_proportion: rootProportionKind,
  flow_unused: flowUnused,
}));
