/** Every measure of the catalogue, in the order of its ids. Documents and reports take names, units and words from here. */
import type { MetricDefinition } from "./definition.ts";
import { ALIGNMENT } from "./alignment.ts";
import { APR } from "./apr.ts";
import { APY, REALISED_APY } from "./apy.ts";
import { ATTACK_ECONOMICS } from "./attack-economics.ts";
import { CAPPED } from "./capped.ts";
import { COALITION } from "./coalition.ts";
import { COPY_PENALTY } from "./copy-penalty.ts";
import { DIVIDENDS_PER_THOUSAND, DIVIDEND_RATE } from "./dividend-rate.ts";
import { DOMINANCE } from "./dominance.ts";
import { EMISSION_BY_ROLE } from "./emission-by-role.ts";
import { EMISSION_CONCENTRATION } from "./emission-concentration.ts";
import { FEES } from "./fees.ts";
import { GINI } from "./gini.ts";
import { HAIRCUT } from "./haircut.ts";
import { HERFINDAHL } from "./herfindahl.ts";
import { INCENTIVE_EFFICIENCY, REWARD_CORRELATION } from "./incentive-efficiency.ts";
import { INFLATION } from "./inflation.ts";
import { ISSUANCE } from "./issuance.ts";
import { KAPPA_COST } from "./kappa-cost.ts";
import { LIVENESS } from "./liveness.ts";
import { LORENZ } from "./lorenz.ts";
import { MAJORITY_TIME } from "./majority.ts";
import { MINER_MARGIN } from "./miner-margin.ts";
import { MOBILITY } from "./mobility.ts";
import { NAKAMOTO, RANK_AT_SHARE } from "./nakamoto.ts";
import { NET_SUBSIDY } from "./net-subsidy.ts";
import { NOMINATOR_PER_THOUSAND, NOMINATOR_RETURN, REAL_YIELD } from "./nominator-return.ts";
import { OWNER_EXTRACTION } from "./owner-extraction.ts";
import { PRICE } from "./pool.ts";
import { PRICE_SUM } from "./price-sum.ts";
import { PUMP } from "./pump.ts";
import { REGISTRATION_MARKET } from "./registration-market.ts";
import { RELATIVE_DIVIDEND } from "./relative-dividend.ts";
import { REQUIRED_UTILITY, RETENTION } from "./retention.ts";
import { ROOT_VERSUS_ALPHA } from "./root-versus-alpha.ts";
import { SANDWICH } from "./sandwich.ts";
import { EXIT_VALUE, SELL_PRESSURE } from "./sell-pressure.ts";
import { DEPTH, EFFECTIVE_SPREAD, PRICE_IMPACT, SLIPPAGE } from "./slippage.ts";
import { SOLVENCY } from "./solvency.ts";
import { STAKE_RATIO } from "./stake-ratio.ts";
import { SUBNET_TURNOVER } from "./subnet-turnover.ts";
import { SURVIVAL } from "./survival.ts";
import { TAKE_REVENUE } from "./take-revenue.ts";
import { TAO_SPLIT } from "./tao-split.ts";
import { ENTROPY, THEIL } from "./theil.ts";
import { TOP_SHARE } from "./top-share.ts";
import { VOLATILITY } from "./volatility.ts";

export const METRICS: readonly MetricDefinition[] = [
  GINI,
  LORENZ,
  NAKAMOTO,
  COALITION,
  HERFINDAHL,
  THEIL,
  ENTROPY,
  TOP_SHARE,
  RANK_AT_SHARE,
  DOMINANCE,
  MOBILITY,
  CAPPED,
  RETENTION,
  REQUIRED_UTILITY,
  MAJORITY_TIME,
  DIVIDEND_RATE,
  RELATIVE_DIVIDEND,
  DIVIDENDS_PER_THOUSAND,
  ALIGNMENT,
  COPY_PENALTY,
  ATTACK_ECONOMICS,
  KAPPA_COST,
  INCENTIVE_EFFICIENCY,
  REWARD_CORRELATION,
  SURVIVAL,
  REGISTRATION_MARKET,
  APR,
  APY,
  REALISED_APY,
  NOMINATOR_RETURN,
  NOMINATOR_PER_THOUSAND,
  REAL_YIELD,
  ROOT_VERSUS_ALPHA,
  EMISSION_BY_ROLE,
  TAO_SPLIT,
  ISSUANCE,
  INFLATION,
  TAKE_REVENUE,
  OWNER_EXTRACTION,
  NET_SUBSIDY,
  HAIRCUT,
  PRICE_SUM,
  EMISSION_CONCENTRATION,
  PRICE,
  SLIPPAGE,
  PRICE_IMPACT,
  EFFECTIVE_SPREAD,
  DEPTH,
  SELL_PRESSURE,
  EXIT_VALUE,
  SANDWICH,
  PUMP,
  VOLATILITY,
  STAKE_RATIO,
  SUBNET_TURNOVER,
  LIVENESS,
  FEES,
  MINER_MARGIN,
  SOLVENCY,
];
