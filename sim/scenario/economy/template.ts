/** The scenario that `yumasim init --economy` writes. @param schema path of the JSON Schema, for editors */
export function economyTemplate(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
#
# Question   What do you want to know?
# Set-up     Two subnets with four honest validators, one that copies weights, and ten miners each; thirty delegators.
# Expected   What do you expect to see? Write it under \`expect:\`.
#
# Check this file with   yumasim validate FILE
# Run it with            yumasim run FILE
# All that it can say    docs/economies.md; strategies and metrics: yumasim list strategies, yumasim list metrics

title: My first economy

# The chain's rules.
protocol: subtensor-425

# The same seed gives the same draws; another one, another run.
seed: "1"

# Times have a unit: blocks, minutes, hours, days, weeks, years; a block takes 12 seconds. Or so many epochs.
horizon: 3 days

network:
  subnets:
    # A pool of TAO and as much alpha as the price says. What is left out is a new subnet's on the chain.
    - count: 2
      owner: owner
      tao: 10000 TAO
      price: 0.02
      hyperparameters: { commit_reveal: true, immunity_period: 7200 }

populations:
  # With "spread" the members go round the subnets: each owner has one.
  - { name: owner, role: owner, count: 2, placement: spread, strategy: honest }

  # With "every", the default, each member acts on all subnets. Root stake counts on all of them.
  - name: validator
    role: validator
    count: 4
    balance: 100 TAO
    stakes:
      - { on: root, amount: { distribution: pareto, min: 5000 TAO, shape: 1.2, at_most: 100000 TAO } }
      - { on: subnets, amount: 2000 alpha }
    strategy: honest
    parameters: { noise: 0.1 }

  - name: copier
    role: validator
    balance: 100 TAO
    stakes: [{ on: root, amount: 10000 TAO }]
    strategy: weight-copier

  # With "each" every subnet has ten of its own.
  - name: miner
    role: miner
    count: 10
    placement: each
    balance: 5 TAO
    strategy: fixed-quality
    parameters:
      quality: { distribution: log-normal, median: 1, sigma: 0.7 }
      sells: true
      every: 1 days

  - name: delegator
    role: delegator
    count: 30
    balance: { distribution: log-normal, median: 50 TAO, sigma: 1 }
    strategy: yield-chasing
    parameters: { every: 12 hours }

# What happens from outside, counted from the beginning of the run.
shocks:
  - { at: 2 days, buy: { netuid: 1, amount: 500 TAO } }

# Computed at every sample. Amounts are TAO.
metrics:
  price: price(1)
  copier_share: dividends("copier", 1)
  delegators_gain: gain("delegator")

# Checked at the end; what does not hold ends the command with exit code 1.
expect:
  - { metric: copier_share, operator: "<", value: 0.5 }

trace:
  every: 6 hours
`;
}
