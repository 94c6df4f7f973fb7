/** A seeded network of any size to measure whole blocks on: subnets, validators with dense weights, nominators. */
import { mintTao, subnetAccount } from "../sim/chain/accounts/accounts.ts";
import { createChain, type Chain } from "../sim/chain/chain.ts";
import { exactEpochRunner } from "../sim/chain/epoch/runEpoch.ts";
import { SUBTENSOR_425 } from "../sim/chain/protocol/protocol.ts";
import { increaseStake, indexRootStaker } from "../sim/chain/staking/stake.ts";
import { addSubnet, createNetwork, emptySubnet } from "../sim/chain/state/genesis.ts";
import { ROOT, type AccountId, type WeightRow } from "../sim/chain/state/network.ts";
import { drawer } from "./epoch-cases.ts";

export interface NetworkSize {
  readonly subnets: number;
  readonly neurons: number;
  readonly validators: number;
  readonly nominators: number;
  /** Part of the nominators that stake on root. */
  readonly onRoot: number;
  /** Sum of the moving prices; above one, root dividends are paid and claimed. */
  readonly priceSum: number;
  readonly seed: number;
}

const TAO = 1_000_000_000n;
const FIRST_BLOCK = 7_000_000;
const FIRST_VALIDATOR = 1_000_000;
const FIRST_MINER = 2_000_000;
const FIRST_OWNER = 3_000_000;
/** Coldkeys of nominators are 1 .. nominators; those of hotkeys lie this much above the hotkey. */
const COLDKEY_OFFSET = 10_000_000;

function link({ state }: Chain, hotkey: AccountId): AccountId {
  const coldkey = hotkey + COLDKEY_OFFSET;
  if (!state.hotkeys.has(hotkey)) {
    state.hotkeys.set(hotkey, { owner: coldkey, take: null, takeSetAt: 0 });
    state.ownedHotkeys.set(coldkey, [hotkey]);
  }
  return coldkey;
}

/** A chain of the given size, ready for its first block step. */
export function benchmarkNetwork(size: NetworkSize): Chain {
  const draw = drawer(size.seed);
  const chain = createChain(createNetwork(SUBTENSOR_425), {
    protocol: SUBTENSOR_425,
    runEpoch: exactEpochRunner(),
    parentHash: (block) =>
      [block, block + 1, block + 2, block + 3].map((word) => BigInt(word) * 0x9e37_79b9n),
  });
  const { state, journal } = chain;
  state.block = FIRST_BLOCK;
  state.parameters.taoWeight = 3_320_413_933_267_719_290n;
  mintTao(chain, 999, 10_000_000n * TAO);
  state.blockAuthor = 999;
  const price = size.priceSum / size.subnets;
  for (let netuid = 1; netuid <= size.subnets; netuid++) {
    const subnet = emptySubnet(netuid, FIRST_BLOCK - 100_000, SUBTENSOR_425.newSubnetParameters());
    addSubnet(journal, state, subnet);
    const { columns } = state;
    const tao = (20_000n + BigInt(draw() % 20_000)) * TAO;
    columns.mechanism[netuid] = 1;
    columns.poolInitialised[netuid] = 1;
    columns.firstEmissionBlock[netuid] = FIRST_BLOCK - 50_000;
    columns.subtokenEnabled[netuid] = 1;
    columns.tempo[netuid] = 360;
    columns.lastEpochBlock[netuid] = FIRST_BLOCK - (netuid % 360) - 1;
    columns.lastMechanismStepBlock[netuid] = FIRST_BLOCK - (netuid % 360) - 1;
    columns.tao[netuid] = tao;
    columns.alphaIn[netuid] = BigInt(Math.round(Number(tao) / price));
    columns.movingPrice[netuid] = BigInt(Math.round(price * 4_294_967_296));
    mintTao(chain, subnetAccount(netuid), tao);
    subnet.parameters.commitRevealWeightsEnabled = false;
    subnet.owner = link(chain, FIRST_OWNER + netuid);
    subnet.ownerHotkey = FIRST_OWNER + netuid;
    const { neurons } = subnet;
    const mechanism = subnet.mechanisms[0];
    neurons.count = size.neurons;
    for (let uid = 0; uid < size.neurons; uid++) {
      const validator = uid < size.validators;
      const hotkey = validator ? FIRST_VALIDATOR + uid : FIRST_MINER + netuid * 1_000 + uid;
      const coldkey = link(chain, hotkey);
      neurons.hotkeys[uid] = hotkey;
      neurons.uidOf.set(hotkey, uid);
      neurons.blockAtRegistration[uid] = BigInt(FIRST_BLOCK - 50_000 + uid);
      if (!validator) continue;
      neurons.validatorPermit[uid] = 1;
      const own = (1_000n + BigInt(draw() % 10_000)) * TAO;
      increaseStake(chain, hotkey, coldkey, netuid, own);
      columns.alphaOut[netuid] = (columns.alphaOut[netuid] ?? 0n) + own;
      if (mechanism === undefined) continue;
      const miners = size.neurons - size.validators;
      const row: WeightRow = { uids: new Uint16Array(miners), values: new Uint16Array(miners) };
      for (let k = 0; k < miners; k++) {
        row.uids[k] = size.validators + k;
        row.values[k] = 1 + (draw() % 65_535);
      }
      mechanism.weights[uid] = row;
    }
    mechanism?.lastUpdate.fill(BigInt(FIRST_BLOCK + 7_200), 0, size.neurons);
  }
  let rootTao = 0n;
  for (let coldkey = 1; coldkey <= size.nominators; coldkey++) {
    const hotkey = FIRST_VALIDATOR + (draw() % size.validators);
    const amount = (10n + BigInt(draw() % 1_000)) * TAO;
    const root = draw() % 1_000 < size.onRoot * 1_000;
    const netuid = root ? ROOT : 1 + (draw() % size.subnets);
    increaseStake(chain, hotkey, coldkey, netuid, amount);
    if (root) {
      indexRootStaker(chain, coldkey);
      rootTao += amount;
    }
    state.columns.alphaOut[netuid] = (state.columns.alphaOut[netuid] ?? 0n) + amount;
  }
  for (let v = 0; v < size.validators; v++) {
    const hotkey = FIRST_VALIDATOR + v;
    const own = 50_000n * TAO;
    increaseStake(chain, hotkey, hotkey + COLDKEY_OFFSET, ROOT, own);
    rootTao += own;
    state.columns.alphaOut[ROOT] = (state.columns.alphaOut[ROOT] ?? 0n) + own;
  }
  state.columns.tao[ROOT] = rootTao;
  mintTao(chain, subnetAccount(ROOT), rootTao);
  return chain;
}
