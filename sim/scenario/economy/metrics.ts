import { parseExpression } from "../expression/expression.ts";
import type { Metric } from "./types.ts";

/** Names that metrics and expectations can use (a member's name will do for a population's); what they compute is in `sim/run/economy/metrics.ts`. */
export const METRIC_FUNCTIONS = {
  price: "price(netuid): TAO per alpha",
  moving_price: "moving_price(netuid): the slow price, TAO per alpha",
  tao_reserve: "tao_reserve(netuid): TAO in the pool",
  alpha_reserve: "alpha_reserve(netuid): alpha in the pool",
  alpha_out: "alpha_out(netuid): alpha outside the pool",
  emission: "emission(netuid): TAO that the last block put into the pool",
  burn: "burn(netuid): price of a registration, TAO",
  neurons: "neurons(netuid): registered neurons",
  subnet_count: "subnet_count(): subnets beside root",
  exists: "exists(netuid): 1 or 0",
  root_proportion: "root_proportion(netuid): part of the validators' half that is root's",
  issuance: "issuance(): all TAO",
  root_stake: "root_stake(): TAO staked on root",
  total_price: "total_price(): sum of the prices of all subnets, TAO",
  block_emission: "block_emission(): TAO that a block creates now",
  halvings: "halvings(): how often the TAO of a block has halved, 30 at most",
  curve_blocks:
    "curve_blocks(): blocks in which the emission creates all TAO there is, when nothing goes back to it",
  agents: 'agents("population"): members that act now',
  balance: 'balance("population"): free TAO of all members',
  stake: 'stake("population"): stakes of all members, in TAO at present prices',
  wealth: 'wealth("population"): balance and stake together, TAO',
  exit_wealth:
    'exit_wealth("population", ...): free TAO of all members, and what the pools would pay for all their stakes sold together now, after fee and slippage',
  exit_wealth_alone:
    'exit_wealth_alone("population", ...): the same, but every member sells as if it were the only one; summed',
  initial_stake: 'initial_stake("population"): stakes at the beginning, in TAO at the prices of then',
  spent:
    'spent("population"): what the calls of the members lost them for good, at exit value (fees of calls and trades, burns, payments), TAO',
  fees: 'fees("population"): fees of the calls of the members, TAO',
  registration_cost: 'registration_cost("population"): TAO that registrations took from the members',
  peak_outlay:
    'peak_outlay("population"): most free TAO that the calls of the members had taken out of their balances at one time',
  alpha: 'alpha("population", netuid): alpha of all members on a subnet, on root TAO',
  take: 'take("population"): mean part of dividends that the hotkeys of the members keep',
  registered: 'registered("population", netuid): hotkeys of the members that are neurons of the subnet',
  permits: 'permits("population", netuid): validator permits of the members',
  conviction: 'conviction("population", netuid): conviction of the hotkeys of the members, alpha',
  owned: 'owned("population"): subnets that the members own',
  hotkey_stake:
    'hotkey_stake("population", netuid): alpha that anybody has staked to the hotkeys of the members, on root TAO',
  stake_concentration:
    'stake_concentration("population", netuid): sum of the squared shares of the hotkeys of the members in what is staked to them (Herfindahl-Hirschman index)',
  trust: 'trust("population", netuid): mean validator trust of the members that are neurons',
  consensus: 'consensus("population", netuid): part of all consensus that goes to the members',
  mean_incentive: 'mean_incentive("population", netuid): like incentive, the mean over all epochs so far',
  mean_dividends: 'mean_dividends("population", netuid): like dividends, the mean over all epochs so far',
  mean_stake_share:
    'mean_stake_share("population", netuid): like stake_share, the mean over all epochs so far',
  mean_registered: 'mean_registered("population", netuid): like registered, the mean over all epochs so far',
  dividend_rate:
    'dividend_rate("population", netuid): dividends per stake of the members over all epochs so far, relative to the median validator',
  flow_ema:
    "flow_ema(netuid): slow average of users' net flow of TAO, per block; moves only where shares follow flows",
  emission_share:
    "emission_share(netuid): part of the TAO of the last block, liquidity and chain buys together, that went to this subnet",
  top_emission:
    "top_emission(count): part of the TAO of the last block that the subnets with the most of it got",
  emission_rank:
    "emission_rank(part): the fewest subnets that together got more than this part of the TAO of the last block",
  effective_subnets:
    "effective_subnets(): how many subnets with equal shares are as concentrated as the TAO of the last block: 1 over the sum of the squared shares",
  chain_buy: "chain_buy(netuid): TAO with which the last block bought alpha for nobody",
  protocol_alpha: "protocol_alpha(netuid): alpha that such purchases have brought, which nobody owns",
  gain: 'gain("population"): wealth now less wealth at the beginning (or arrival) and gifts, TAO',
  incentive: 'incentive("population", netuid): part of the last incentives that the members got',
  dividends: 'dividends("population", netuid): part of the last dividends that the members got',
  stake_share: 'stake_share("population", netuid): part of the stake weight that the members have',
  gini: 'gini("population"): inequality of the members\' wealth, 0 = equal',
  holders: "holders(netuid): coldkeys with alpha on a subnet, on root with TAO",
  stake_gini:
    "stake_gini(netuid, cap): inequality of the alpha of all holders, where each counts for at most that percentile of them (0.88 = the 88th; 1 = no cap)",
  coalition:
    "coalition(netuid, part, cap): fewest holders with more than that part of all alpha; the Nakamoto coefficient with 0.5",
  capped_share:
    'capped_share("population", netuid, cap): part of all alpha that the members have, where each holder counts for at most that percentile',
  top_share: "top_share(part): part of all stake that the richest part of staking coldkeys has",
  calls: 'calls("population"): calls of the members so far that went through',
  failures: 'failures("population"): calls of the members so far that failed',
} as const;

export type MetricFunction = keyof typeof METRIC_FUNCTIONS;

/** Values that metrics can name. */
export const METRIC_VARIABLES = ["block", "days"] as const;

/** Those whose first value is the name of a population. */
export const POPULATION_FUNCTIONS: readonly string[] = Object.entries(METRIC_FUNCTIONS).flatMap(
  ([name, usage]) => (usage.includes('("population"') ? [name] : []),
);

/** A metric of a program's own; one that a scenario writes is checked against the scenario too. */
export const networkMetric = (name: string, text: string): Metric => ({
  name,
  text,
  expression: parseExpression(text, {
    variables: METRIC_VARIABLES,
    functions: Object.keys(METRIC_FUNCTIONS),
  }),
});
