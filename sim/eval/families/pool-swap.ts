import { isError, bareName, type SwapError } from "../../chain/errors.ts";
import { buy, cell, poolOf, priceOf, sell, volumeOf } from "../../chain/swap/books.ts";
import {
  currentPrice,
  maxAdd,
  maxMove,
  maxRemove,
  simSwap,
  swap,
  type Pool,
  type SwapResult,
} from "../../chain/swap/engine.ts";
import {
  adjustedWeight,
  alphaToReachPrice,
  expScaled,
  HALF_WEIGHT,
  poolPrice,
  taoToReachPrice,
  weightForPrice,
} from "../../chain/swap/pool.ts";
import { poolPower } from "../../chain/swap/power.ts";
import { U64_MAX } from "../../chain/numbers/integers.ts";
import type { JsonObject } from "../../json.ts";
import { economyFamily, type Kind } from "../economy/family.ts";
import type { Fields } from "../economy/fields.ts";
import { emptyChain, newSubnet } from "../economy/network.ts";

const SIDES = ["buy", "sell"] as const;

const resultOf = (result: SwapResult | SwapError): JsonObject =>
  isError(result)
    ? { error: bareName(result) }
    : {
        paid_in: `${result.paidIn}`,
        paid_out: `${result.paidOut}`,
        fee: `${result.fee}`,
        fee_to_author: `${result.feeToAuthor}`,
      };

const amountOf = (amount: bigint | SwapError): string | JsonObject =>
  isError(amount) ? { error: bareName(amount) } : `${amount}`;

/** A U64F64, as a price. */
const price = (fields: Fields, member: string): bigint => fields.unsigned(member, 128);

const exponential: Kind = (fields) => {
  const weight = fields.unsigned("wq");
  const x = fields.unsigned("x");
  const dx = fields.signed("dx", 65);
  const base = fields.boolean("base_quote");
  return () => ({ e_bits: `${expScaled(x, dx, base, weight)}` });
};

const power: Kind = (fields) => {
  const base = [fields.unsigned("num", 512), fields.unsigned("den", 512)] as const;
  const exponent = [fields.unsigned("en", 512), fields.unsigned("ed", 512)] as const;
  const precision = fields.number("precision", 0, 4096);
  const scale = fields.unsigned("scale", 512);
  return () => ({ out: poolPower(...base, ...exponent, BigInt(precision), scale)?.toString() ?? null });
};

const weights: Kind = (fields) => {
  const pool = {
    quoteWeight: fields.unsigned("wq"),
    tao: fields.unsigned("tao"),
    alpha: fields.unsigned("alpha"),
  };
  const dTao = fields.unsigned("d_tao");
  const dAlpha = fields.unsigned("d_alpha");
  return () => {
    const weight = adjustedWeight(pool, dTao, dAlpha);
    return { ok: weight !== null, wq_after: `${weight ?? pool.quoteWeight}` };
  };
};

const priceReach =
  (reach: typeof taoToReachPrice): Kind =>
  (fields) => {
    const weight = fields.unsigned("wq");
    const current = price(fields, "current_bits");
    const target = price(fields, "target_bits");
    const reserve = fields.unsigned("reserve");
    return () => ({ out: `${reach(reserve, current, target, weight)}` });
  };

const initialisation: Kind = (fields) => {
  const start = fields.nullable("price_bits", () => price(fields, "price_bits"));
  const tao = fields.unsigned("tao");
  const alpha = fields.unsigned("alpha");
  return () => {
    const weight = start === null ? HALF_WEIGHT : weightForPrice(start, tao, alpha);
    return {
      error: weight === null ? "ReservesOutOfBalance" : null,
      wq: `${weight ?? HALF_WEIGHT}`,
      initialized: weight !== null,
    };
  };
};

const swapKind: Kind = (fields) => {
  const side = fields.choice("side", SIDES);
  const pool: Pool = {
    mechanism: fields.u16("mechanism"),
    quoteWeight: fields.unsigned("wq"),
    feeRate: BigInt(fields.u16("fee_rate")),
    tao: fields.unsigned("tao"),
    alpha: fields.unsigned("alpha"),
    initialised: true,
  };
  const amount = fields.unsigned("amount");
  const limit = fields.unsigned("limit_price_rao");
  const dropFees = fields.boolean("drop_fees");
  // A simulation answers the same: the engine never changes reserves.
  fields.boolean("simulate");
  return () => ({ result: resultOf(swap(pool, side, amount, limit, dropFees)) });
};

const poolOperations: Kind = (fields) => {
  const mechanism = fields.u16("mechanism");
  const feeRate = fields.u16("fee_rate");
  const start = {
    quoteWeight: fields.unsigned("wq"),
    tao: fields.unsigned("tao"),
    alphaIn: fields.unsigned("alpha_in"),
    alphaOut: fields.unsigned("alpha_out"),
  };
  const totalStake = fields.unsigned("total_stake");
  const volume = fields.unsigned("volume", 128);
  const steps = fields.objects("steps").map((step) => {
    const parsed = {
      side: step.choice("side", SIDES),
      amount: step.unsigned("amount"),
      limit: step.unsigned("limit_price_rao"),
      dropFees: step.boolean("drop_fees"),
    };
    step.done();
    return parsed;
  });
  return () => {
    const chain = emptyChain();
    const { state, journal } = chain;
    const { columns } = state;
    const netuid = 1;
    newSubnet(chain, netuid);
    columns.mechanism[netuid] = mechanism;
    columns.feeRate[netuid] = feeRate;
    columns.poolInitialised[netuid] = 1;
    for (const [column, value] of Object.entries(start))
      columns[column as keyof typeof start][netuid] = value;
    columns.volumeLow[netuid] = volume & U64_MAX;
    columns.volumeHigh[netuid] = volume >> 64n;
    state.totalStake = totalStake;
    return {
      steps: steps.map(({ side, amount, limit, dropFees }) => {
        const simulated = simSwap(poolOf(state, netuid), side, amount);
        const trade = side === "buy" ? buy : sell;
        const result = journal.atomically<SwapResult>(() => trade(chain, netuid, amount, limit, dropFees));
        return {
          sim_swap: resultOf(simulated),
          result: resultOf(result as SwapResult | SwapError),
          tao: `${cell(columns, "tao", netuid)}`,
          alpha_in: `${cell(columns, "alphaIn", netuid)}`,
          alpha_out: `${cell(columns, "alphaOut", netuid)}`,
          total_stake: `${state.totalStake}`,
          volume: `${volumeOf(state, netuid)}`,
          price_bits: `${priceOf(state, netuid)}`,
        };
      }),
    };
  };
};

const STABLE: Pool = {
  mechanism: 0,
  quoteWeight: HALF_WEIGHT,
  feeRate: 0n,
  tao: 0n,
  alpha: 0n,
  initialised: true,
};

const maxAmounts: Kind = (fields) => {
  const pools = new Map<number, Pool>([[0, STABLE]]);
  for (const subnet of fields.objects("subnets")) {
    pools.set(subnet.u16("netuid"), {
      mechanism: subnet.u16("mechanism"),
      quoteWeight: subnet.unsigned("wq"),
      tao: subnet.unsigned("tao"),
      alpha: subnet.unsigned("alpha_in"),
      feeRate: 33n,
      initialised: true,
    });
    subnet.done();
  }
  const limit = fields.unsigned("limit_price_rao");
  const origin = pools.get(fields.u16("move_origin")) ?? STABLE;
  const destination = pools.get(fields.u16("move_destination")) ?? STABLE;
  return () => {
    const first = pools.get(1) ?? STABLE;
    return {
      add_1: amountOf(maxAdd(first, limit)),
      remove_1: amountOf(maxRemove(first, limit)),
      move: amountOf(maxMove(origin, destination, limit)),
    };
  };
};

const injections: Kind = (fields) => {
  const start = {
    quoteWeight: fields.unsigned("wq"),
    tao: fields.unsigned("tao"),
    alpha: fields.unsigned("alpha_in"),
  };
  const steps = fields.objects("steps").map((step) => {
    const parsed = { dTao: step.unsigned("d_tao"), dAlpha: step.unsigned("d_alpha") };
    step.done();
    return parsed;
  });
  return () => {
    let pool = start;
    return {
      steps: steps.map(({ dTao, dAlpha }) => {
        const weight = adjustedWeight(pool, dTao, dAlpha);
        const [tao, alpha] = weight === null ? [0n, 0n] : [dTao, dAlpha];
        pool = { quoteWeight: weight ?? pool.quoteWeight, tao: pool.tao + tao, alpha: pool.alpha + alpha };
        return {
          injected_tao: `${tao}`,
          injected_alpha: `${alpha}`,
          wq: `${pool.quoteWeight}`,
          price_bits: `${currentPrice({ ...pool, mechanism: 1 })}`,
        };
      }),
    };
  };
};

/** The weighted pool (golden/economy.md, pool-swap). */
export const POOL_SWAP_FAMILY = economyFamily("pool-swap", () => ({
  exp: exponential,
  pow: power,
  price: (fields) => {
    const pool = {
      quoteWeight: fields.unsigned("wq"),
      alpha: fields.unsigned("alpha"),
      tao: fields.unsigned("tao"),
    };
    return () => ({ price_bits: `${poolPrice(pool)}` });
  },
  weights,
  quote_delta_in: priceReach(taoToReachPrice),
  base_delta_in: priceReach(alphaToReachPrice),
  init: initialisation,
  swap: swapKind,
  pool_ops: poolOperations,
  max_amounts: maxAmounts,
  inject_seq: injections,
}));
