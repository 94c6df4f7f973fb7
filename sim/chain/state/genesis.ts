/** A new network, and the records of a new subnet. */
import type { Protocol } from "../protocol/protocol.ts";
import { COLUMN_DEFAULTS, netuidDefaults, ROOT_TEMPO, rootParameters } from "../protocol/defaults.ts";
import { COLUMN_NAMES, createColumns, grownColumns, type SubnetColumns } from "./columns.ts";
import { Journal } from "./journal.ts";
import { emptyPallets } from "./pallets.ts";
import {
  ROOT,
  type Mechanism,
  type Netuid,
  type NetworkState,
  type Neurons,
  type Subnet,
} from "./network.ts";
import type { NetuidParameters, SubnetParameters } from "./parameters.ts";

/** Rows of per-neuron arrays: MaxAllowedUids can never pass it (spec/subnets.md 10). */
export const MAX_UIDS = 256;
const FIRST_CAPACITY = 160;

export const emptyMechanism = (): Mechanism => ({
  lastUpdate: new BigUint64Array(MAX_UIDS),
  incentive: new Uint16Array(MAX_UIDS),
  weights: Array.from({ length: MAX_UIDS }, () => null),
  bonds: { offsets: new Uint32Array(1), uids: new Uint16Array(0), values: new Uint16Array(0) },
  hashCommits: new Map(),
  timelockCommits: new Map(),
});

const emptyNeurons = (): Neurons => ({
  count: 0,
  hotkeys: [],
  uidOf: new Map(),
  blockAtRegistration: new BigUint64Array(MAX_UIDS),
  validatorPermit: new Uint8Array(MAX_UIDS),
  active: new Uint8Array(MAX_UIDS),
  emission: new BigUint64Array(MAX_UIDS),
  consensus: new Uint16Array(MAX_UIDS),
  dividends: new Uint16Array(MAX_UIDS),
  validatorTrust: new Uint16Array(MAX_UIDS),
  stakeWeight: new Uint16Array(MAX_UIDS),
});

/** A subnet without neurons, stake or owner. */
export const emptySubnet = (netuid: Netuid, registeredAt: number, parameters: SubnetParameters): Subnet => ({
  netuid,
  registeredAt,
  owner: null,
  ownerHotkey: null,
  locked: 0n,
  leaseId: null,
  registrationsThisBlock: 0,
  registrationsThisInterval: 0,
  parameters,
  neurons: emptyNeurons(),
  mechanisms: [emptyMechanism()],
  mechanismSplit: null,
  flowEma: { user: 0n, protocol: 0n },
  stakedAlpha: 0n,
  childkeyBurned: 0n,
  pools: new Map(),
  children: new Map(),
  parents: new Map(),
  pendingChildren: new Map(),
  childrenSetAt: new Map(),
  alphaDividends: new Map(),
  rootDividends: new Map(),
  locks: new Map(),
  perpetualLocks: new Map(),
  lockAggregates: { perpetual: new Map(), decaying: new Map(), ownerPerpetual: null, ownerDecaying: null },
});

/**
 * Writes the defaults into a subnet's row. The technical account outlives subnets, and so does the owner-cut switch
 * (spec/subnets.md 1.1).
 */
export function resetColumns(journal: Journal, columns: SubnetColumns, netuid: Netuid): void {
  for (const name of COLUMN_NAMES.u64)
    if (name !== "account") journal.set(columns[name], netuid, COLUMN_DEFAULTS.u64[name] ?? 0n);
  for (const name of COLUMN_NAMES.i64) journal.set(columns[name], netuid, 0n);
  for (const name of COLUMN_NAMES.u32)
    if (name !== "ownerCutEnabled") journal.set(columns[name], netuid, COLUMN_DEFAULTS.u32[name] ?? 0);
}

/** Adds a subnet's records; its row gets the defaults and counts as existing. */
export function addSubnet(journal: Journal, state: NetworkState, subnet: Subnet): void {
  const { netuid } = subnet;
  if (netuid >= state.columns.capacity)
    journal.set(state, "columns", grownColumns(state.columns, 2 * netuid));
  resetColumns(journal, state.columns, netuid);
  journal.set(state.columns.exists, netuid, 1);
  journal.mapSet(state.subnets, netuid, subnet);
  journal.set(
    state,
    "netuids",
    [...state.netuids, netuid].sort((a, b) => a - b),
  );
  netuidParametersOf(journal, state, netuid);
}

/** A network at block 0 with the root subnet and nobody in it. */
export function createNetwork(protocol: Protocol): NetworkState {
  const state: NetworkState = {
    block: 0,
    totalIssuance: 0n,
    balancesIssuance: 0n,
    accountsTotal: 0n,
    totalStake: 0n,
    emissionBar: 0n,
    blockAuthor: null,
    lastLockCost: 0n,
    lastNetworkRegistration: 0,
    parameters: protocol.globalParameters(),
    balances: new Map(),
    hotkeys: new Map(),
    ownedHotkeys: new Map(),
    stakingHotkeys: new Map(),
    rootClaimTypes: new Map(),
    rootStakers: { list: [], indexOf: new Map() },
    rootClaims: new Map(),
    claimableHotkeys: new Map(),
    acceptsLockedAlpha: new Map(),
    netuids: [],
    columns: createColumns(FIRST_CAPACITY),
    subnets: new Map(),
    netuidParameters: new Map(),
    rateLimitStamps: new Map(),
    ...emptyPallets(),
  };
  state.lastLockCost = protocol.firstLockCost;
  addSubnet(new Journal(), state, emptySubnet(ROOT, 0, rootParameters()));
  state.columns.tempo[ROOT] = ROOT_TEMPO;
  state.columns.subtokenEnabled[ROOT] = 1;
  return state;
}

/** The values that outlive subnets of a netuid, created on first use: some calls need no subnet. */
export function netuidParametersOf(journal: Journal, state: NetworkState, netuid: Netuid): NetuidParameters {
  let parameters = state.netuidParameters.get(netuid);
  if (parameters === undefined) {
    parameters = netuidDefaults();
    journal.mapSet(state.netuidParameters, netuid, parameters);
  }
  return parameters;
}
