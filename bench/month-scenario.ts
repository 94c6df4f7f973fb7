/** An economy of 32 subnets and 2,000 agents of every kind, as the text of a scenario. */

const SUBNETS = 32;

/** @param horizon as scenarios write it */
export const monthScenario = (horizon: string): string => `title: A month of ${SUBNETS} subnets
protocol: subtensor-425
horizon: ${horizon}

network:
  subnets:
    - count: ${SUBNETS}
      owner: owner
      tao: { distribution: log-normal, median: 8000 TAO, sigma: 0.8, at_least: 500 TAO }
      price: { distribution: log-normal, median: 0.02, sigma: 0.6 }
      hyperparameters: { max_allowed_validators: 32, max_allowed_uids: 96 }

populations:
  - { name: owner, role: owner, count: ${SUBNETS}, placement: spread, strategy: honest }
  - &validator
    name: validator
    role: validator
    count: 20
    balance: 1000 TAO
    stakes:
      - { on: root, amount: { distribution: pareto, min: 5000 TAO, shape: 1.2, at_most: 500000 TAO } }
      - { on: subnets, amount: 2000 alpha }
    strategy: honest
  - { <<: *validator, name: copier, count: 4, strategy: weight-copier }
  - { <<: *validator, name: stale, count: 4, strategy: stale }
  - { <<: *validator, name: explorer, count: 4, strategy: exploratory }
  - &miner
    name: miner
    role: miner
    count: 28
    placement: each
    balance: 5 TAO
    strategy: fixed-quality
    parameters: { quality: { distribution: log-normal, median: 1, sigma: 0.7 }, sells: true, every: 2 days }
  - { <<: *miner, name: drifter, count: 8, strategy: drifting-quality, parameters: { sells: true } }
  - { <<: *miner, name: investor, count: 4, strategy: investing, parameters: { cost: 0.01 TAO } }
  - &delegator
    name: sticky
    role: delegator
    count: 312
    balance: { distribution: log-normal, median: 50 TAO, sigma: 1.2 }
    stakes:
      - { on: root, to: validator, amount: { distribution: log-normal, median: 100 TAO, sigma: 1.5 } }
    strategy: sticky
    parameters: { to: validator, every: 3 days }
  - { <<: *delegator, name: chaser, count: 150, strategy: yield-chasing, parameters: { every: 1 days } }
  - { <<: *delegator, name: spreader, count: 100, strategy: proportional, parameters: { every: 2 days } }
  - { <<: *delegator, name: rotator, count: 30, strategy: alpha-rotator, parameters: { every: 1 days } }
  - { <<: *delegator, name: whale, count: 4, strategy: whale, parameters: {} }
  - &trader
    name: arbitrageur
    role: trader
    count: 40
    balance: 100 TAO
    strategy: arbitrage
    parameters: { every: 1 hours }
  - { <<: *trader, name: follower, count: 20, strategy: momentum, parameters: {} }

metrics:
  issuance: issuance()
  total_price: total_price()
`;
