/** The start state of a sequence (golden/economy.md, coinbase: seq_genesis). */
import { mintTao } from "../../chain/accounts/accounts.ts";
import type { Chain, EpochRunner } from "../../chain/chain.ts";
import { increaseStake, indexRootStaker } from "../../chain/staking/stake.ts";
import { NOT_STARTED } from "../../chain/state/columns.ts";
import { netuidParametersOf } from "../../chain/state/genesis.ts";
import { ROOT, type AccountId, type Netuid, type RootClaimType } from "../../chain/state/network.ts";
import { InputError } from "../../errors.ts";
import type { Fields, Row } from "./fields.ts";
import { emptyChain, fundSubnet, linkHotkey, newSubnet } from "./network.ts";

/** How a line describes a subnet; `apply` writes it into a chain. */
interface SubnetGenesis {
  readonly netuid: Netuid;
  readonly apply: (chain: Chain) => void;
}

/** What a scripted epoch pays a hotkey, parts of 131070. */
type Script = readonly (readonly [AccountId, bigint, bigint])[];

interface YumaGenesis {
  readonly yuma3: boolean;
  readonly liquidAlpha: boolean;
  readonly validatorPermit: readonly boolean[];
  readonly lastUpdate: bigint;
  readonly weights: readonly (readonly [number, Uint16Array, Uint16Array])[];
}

/** The members that chain-yuma has beyond the scripted sequences. */
function yumaFields(subnet: Fields): YumaGenesis {
  return {
    yuma3: subnet.boolean("yuma3"),
    liquidAlpha: subnet.boolean("liquid_alpha"),
    validatorPermit: subnet.list("validator_permit").map((permit) => permit === true),
    lastUpdate: subnet.unsigned("last_update"),
    weights: subnet.rows("weights_uid_row").map((row) => {
      const entries = row.rows(1);
      const column = (index: number): Uint16Array =>
        Uint16Array.from(entries, (entry) => entry.number(index, 65_535));
      return [row.number(0, 65_535), column(0), column(1)] as const;
    }),
  };
}

function applyYuma({ state }: Chain, netuid: Netuid, yuma: YumaGenesis): void {
  const subnet = state.subnets.get(netuid);
  const mechanism = subnet?.mechanisms[0];
  if (subnet === undefined || mechanism === undefined) return;
  subnet.parameters.yuma3On = yuma.yuma3;
  subnet.parameters.liquidAlphaOn = yuma.liquidAlpha;
  subnet.parameters.commitRevealWeightsEnabled = false;
  subnet.parameters.maxAllowedValidators = 64;
  for (const [uid, permit] of yuma.validatorPermit.entries())
    subnet.neurons.validatorPermit[uid] = Number(permit);
  mechanism.lastUpdate.fill(yuma.lastUpdate, 0, subnet.neurons.count);
  for (const [uid, uids, values] of yuma.weights) mechanism.weights[uid] = { uids, values };
}

function subnetGenesis(subnet: Fields, scripts: Map<Netuid, Script>): SubnetGenesis {
  const netuid = subnet.u16("netuid");
  const firstEmissionBlock = subnet.nullable("first_emission_block", () =>
    subnet.block("first_emission_block"),
  );
  const u32 = {
    mechanism: subnet.u16("mechanism"),
    tempo: subnet.u16("tempo"),
    lastEpochBlock: subnet.block("last_epoch_block"),
    subtokenEnabled: Number(subnet.boolean("subtoken_enabled")),
    registrationAllowed: Number(subnet.boolean("registration_allowed")),
    emissionEnabled: Number(subnet.boolean("emission_enabled")),
    feeRate: subnet.u16("fee_rate"),
    ownerCutEnabled: Number(subnet.boolean("owner_cut_enabled")),
    burnHalfLife: subnet.u16("burn_half_life"),
    firstEmissionBlock: firstEmissionBlock ?? NOT_STARTED,
    poolInitialised: 1,
  };
  const u64 = {
    tao: subnet.unsigned("tao"),
    alphaIn: subnet.unsigned("alpha_in"),
    alphaOut: subnet.unsigned("alpha_out"),
    quoteWeight: subnet.unsigned("wq"),
    burn: subnet.unsigned("burn"),
  };
  const movingPrice = subnet.signed("moving_price_bits");
  const owner = subnet.account("owner_coldkey");
  const ownerHotkey = subnet.account("owner_hotkey");
  const choice = subnet.choice("recycle_or_burn", ["Recycle", "Burn", "unset"]);
  const account = subnet.unsigned("subnet_account");
  const neurons = subnet
    .rows("neurons_uid_hotkey_registered")
    .map((row) => [row.number(0), row.number(1), row.unsigned(2)] as const);
  if (subnet.has("scripted_epoch_hotkey_server_validator"))
    scripts.set(
      netuid,
      subnet
        .rows("scripted_epoch_hotkey_server_validator")
        .map((row) => [row.number(0), BigInt(row.number(1)), BigInt(row.number(2))] as const),
    );
  const yuma = subnet.has("yuma3") ? yumaFields(subnet) : null;
  subnet.done();
  const apply = (chain: Chain): void => {
    const { state, journal } = chain;
    const { columns } = state;
    const record = newSubnet(chain, netuid);
    for (const [column, value] of Object.entries(u32)) columns[column as keyof typeof u32][netuid] = value;
    for (const [column, value] of Object.entries(u64)) columns[column as keyof typeof u64][netuid] = value;
    columns.movingPrice[netuid] = movingPrice;
    record.owner = owner;
    record.ownerHotkey = ownerHotkey;
    netuidParametersOf(journal, state, netuid).recycleOrBurn = choice === "unset" ? null : choice;
    fundSubnet(chain, netuid, account);
    record.neurons.count = neurons.length;
    for (const [uid, hotkey, registered] of neurons) {
      record.neurons.hotkeys[uid] = hotkey;
      record.neurons.uidOf.set(hotkey, uid);
      record.neurons.blockAtRegistration[uid] = registered;
    }
    if (yuma !== null) applyYuma(chain, netuid, yuma);
  };
  return { netuid, apply };
}

/** Runs the script of a subnet where it has one, else the real epoch. */
function epochRunner(scripts: ReadonlyMap<Netuid, Script>, realEpoch: EpochRunner): EpochRunner {
  return (chain, netuid, rao) => {
    const script = scripts.get(netuid);
    if (script === undefined) return realEpoch(chain, netuid, rao);
    return script.map(([hotkey, server, validator]) => ({
      hotkey,
      server: (rao * server) / 131_070n,
      dividend: (rao * validator) / 131_070n,
    }));
  };
}

const claimType = (row: Row): RootClaimType => {
  const kind = row.columns[1];
  if (kind === "Swap" || kind === "Keep") return { kind };
  const subnets = row.columns[2];
  if (kind === "KeepSubnets" && Array.isArray(subnets)) return { kind, subnets: subnets.map(Number) };
  throw new InputError(`${row.path}[1]: allowed: Swap, Keep, KeepSubnets`);
};

/** Reads a genesis; the answer builds the chain. */
export function sequenceGenesis(fields: Fields, realEpoch: EpochRunner): () => Chain {
  const block = fields.block("block");
  const blockAuthor = fields.nullable("block_author", () => fields.account("block_author"));
  const existentialDeposit = fields.number("existential_deposit");
  if (existentialDeposit !== 500)
    throw new InputError(`${fields.at("existential_deposit")}: found ${existentialDeposit}; allowed: 500`);
  const totalIssuance = fields.unsigned("total_issuance");
  const totalStake = fields.unsigned("total_stake");
  const parameters = {
    taoWeight: fields.unsigned("tao_weight"),
    subnetOwnerCut: fields.u16("subnet_owner_cut"),
    subnetMovingAlpha: fields.signed("subnet_moving_alpha_bits", 128),
    maxEpochsPerBlock: fields.number("max_epochs_per_block", 0, 255),
    numRootClaim: Number(fields.unsigned("num_root_claim")),
    ckBurn: fields.unsigned("ck_burn"),
  };
  const halvingBlocks = fields.unsigned("ema_price_halving_blocks");
  const threshold = fields.signed("root_claimable_threshold_bits", 128);
  const rootTempo = fields.u16("root_tempo");
  const rootBurn = fields.unsigned("root_burn");
  const rootAccount = fields.unsigned("root_account");
  const hotkeys = fields
    .rows("hotkeys_owner_take")
    .map((row) => [row.number(0), row.number(1), row.number(2)] as const);
  const balances = fields.rows("balances").map((row) => [row.number(0), row.unsigned(1)] as const);
  const scripts = new Map<Netuid, Script>();
  const subnets = fields.objects("subnets").map((subnet) => subnetGenesis(subnet, scripts));
  const links = fields
    .rows("childkeys_parent_child_netuid_proportion")
    .map((row) => [row.number(0), row.number(1), row.number(2), row.unsigned(3)] as const);
  const childkeyTakes = fields
    .rows("childkey_takes")
    .map((row) => [row.number(0), row.number(1), row.number(2)] as const);
  const autoStake = fields
    .rows("auto_stake_coldkey_netuid_hotkey")
    .map((row) => [row.number(0), row.number(1), row.number(2)] as const);
  const claimTypes = fields.rows("root_claim_types").map((row) => [row.number(0), claimType(row)] as const);
  const stakes = fields
    .rows("stakes_in_order_hotkey_coldkey_netuid_alpha")
    .map((row) => [row.number(0), row.number(1), row.number(2), row.unsigned(3)] as const);
  return () => {
    const chain = emptyChain(epochRunner(scripts, realEpoch));
    const { state, journal } = chain;
    const { columns } = state;
    Object.assign(state, { block, blockAuthor, totalStake });
    Object.assign(state.parameters, parameters);
    for (const { apply } of subnets) apply(chain);
    for (const netuid of state.netuids) {
      columns.emaPriceHalvingBlocks[netuid] = halvingBlocks;
      netuidParametersOf(journal, state, netuid).rootClaimThreshold = threshold;
    }
    columns.tempo[ROOT] = rootTempo;
    columns.lastEpochBlock[ROOT] = block;
    columns.burn[ROOT] = rootBurn;
    fundSubnet(chain, ROOT, rootAccount);
    for (const [account, amount] of balances) mintTao(chain, account, amount);
    for (const [hotkey, owner, take] of hotkeys) linkHotkey(chain, hotkey, owner, take);
    for (const [parent, child, netuid, proportion] of links) {
      const record = state.subnets.get(netuid);
      record?.children.set(parent, [...(record.children.get(parent) ?? []), { proportion, hotkey: child }]);
      record?.parents.set(child, [...(record.parents.get(child) ?? []), { proportion, hotkey: parent }]);
    }
    for (const [hotkey, netuid, take] of childkeyTakes)
      netuidParametersOf(journal, state, netuid).childkeyTakes.set(hotkey, { take, setAt: 0 });
    for (const [coldkey, netuid, hotkey] of autoStake)
      netuidParametersOf(journal, state, netuid).autoStake.set(coldkey, hotkey);
    for (const [coldkey, type] of claimTypes) state.rootClaimTypes.set(coldkey, type);
    let rootStake = 0n;
    for (const [hotkey, coldkey, netuid, alpha] of stakes) {
      increaseStake(chain, hotkey, coldkey, netuid, alpha);
      if (netuid !== ROOT) continue;
      rootStake += alpha;
      indexRootStaker(chain, coldkey);
    }
    columns.tao[ROOT] = rootStake;
    columns.alphaOut[ROOT] = rootStake;
    if (state.totalIssuance !== totalIssuance)
      throw new InputError(
        `${fields.at("total_issuance")}: found ${totalIssuance}; the accounts hold ${state.totalIssuance}`,
      );
    return chain;
  };
}
