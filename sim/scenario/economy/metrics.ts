/** Names that metrics and expectations can use; what they compute is in `sim/run/economy/metrics.ts`. */
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
  issuance: "issuance(): all TAO",
  root_stake: "root_stake(): TAO staked on root",
  total_price: "total_price(): sum of the prices of all subnets, TAO",
  block_emission: "block_emission(): TAO that a block creates now",
  agents: 'agents("population"): members that act now',
  balance: 'balance("population"): free TAO of all members',
  stake: 'stake("population"): stakes of all members, in TAO at present prices',
  wealth: 'wealth("population"): balance and stake together, TAO',
  gain: 'gain("population"): wealth now less wealth at the beginning (or arrival) and gifts, TAO',
  incentive: 'incentive("population", netuid): part of the last incentives that the members got',
  dividends: 'dividends("population", netuid): part of the last dividends that the members got',
  stake_share: 'stake_share("population", netuid): part of the stake weight that the members have',
  gini: 'gini("population"): inequality of the members\' wealth, 0 = equal',
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
