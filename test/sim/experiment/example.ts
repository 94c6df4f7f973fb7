/** A small experiment: a trader that buys and sells again. @param experiment YAML below `experiment:`, indented by two */
export const experimentScenario = (experiment: string): string => `title: A round trip
protocol: subtensor-425
seed: "1"
horizon: 1000 blocks
network:
  issuance: 20999980 TAO
  subnets:
    - { owner: owner, tao: 1000 TAO, price: 0.02, hyperparameters: { tempo: 100 } }
populations:
  - { name: owner, role: owner, balance: 0 TAO, strategy: honest }
  - { name: validator, role: validator, count: 2, stakes: [{ on: 1, amount: 5000 alpha }], strategy: honest }
  - { name: miner, role: miner, count: 3, strategy: drifting-quality, parameters: { every: 100 blocks } }
  - name: washer
    role: trader
    balance: 500 TAO
    strategy: wash-staker
    parameters: { part: 0 %, holds: 200 blocks, rests: 100 blocks }
metrics:
  price: price(1)
  cost_so_far: spent("washer")
trace: { every: 100 blocks }
compare:
  - { name: quiet, set: {} }
  - { name: washes, set: { "populations[3].parameters.part": 20 % } }
experiment:
  entry: 1
  question: Does a round trip pay?
  control: quiet
  attacker: [washer]
  roles: { validators: [validator], miners: [miner] }
${experiment}
`;
