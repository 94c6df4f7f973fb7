/** registerNetwork, startCall, dissolveNetwork, updateSymbol (spec/calls.md 6). */
import { signed, type Handlers, type Origin } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { isError } from "../errors.ts";
import { checkOwnerOrRoot, isOwner } from "../admin/settings.ts";
import { NOT_STARTED } from "../state/columns.ts";
import { ROOT, type AccountId, type Netuid } from "../state/network.ts";
import { removeNetwork } from "./pruneNetwork.ts";
import { registerNetwork } from "./registerNetwork.ts";
import { changeSymbol } from "./symbols.ts";

/** Texts that describe a subnet; no rule reads them. */
export interface SubnetIdentity {
  readonly subnetName: string;
  readonly githubRepo: string;
  readonly subnetContact: string;
  readonly subnetUrl: string;
  readonly discord: string;
  readonly description: string;
  readonly logoUrl: string;
  readonly additional: string;
}

export interface NetworkCalls {
  registerNetwork: { readonly hotkey: AccountId };
  registerNetworkWithIdentity: { readonly hotkey: AccountId; readonly identity: SubnetIdentity | null };
  startCall: { readonly netuid: Netuid };
  dissolveNetwork: { readonly netuid: Netuid };
  rootDissolveNetwork: { readonly netuid: Netuid };
  updateSymbol: { readonly netuid: Netuid; readonly symbol: string };
}

/** Longest texts, characters. */
const IDENTITY_LENGTHS: { readonly [Text in keyof SubnetIdentity]: number } = {
  subnetName: 256,
  githubRepo: 1_024,
  subnetContact: 1_024,
  subnetUrl: 1_024,
  discord: 256,
  description: 1_024,
  logoUrl: 1_024,
  additional: 1_024,
};

const isValidIdentity = (identity: SubnetIdentity): boolean =>
  (Object.keys(IDENTITY_LENGTHS) as (keyof SubnetIdentity)[]).every(
    (text) => identity[text].length <= IDENTITY_LENGTHS[text],
  );

function register(
  chain: Chain,
  coldkey: AccountId,
  hotkey: AccountId,
  identity: SubnetIdentity | null,
): Outcome {
  const netuid = registerNetwork(chain, coldkey, hotkey);
  if (isError(netuid)) return netuid;
  return identity === null || isValidIdentity(identity) ? null : "InvalidIdentity";
}

function startCall({ state, journal }: Chain, origin: Origin, netuid: Netuid): Outcome {
  const subnet = state.subnets.get(netuid);
  if (subnet === undefined) return "SubnetNotExists";
  if (!isOwner(state, netuid, origin)) return "BadOrigin";
  const { columns, parameters, block } = state;
  if (columns.firstEmissionBlock[netuid] !== NOT_STARTED) return "FirstEmissionBlockNumberAlreadySet";
  if (BigInt(block) < BigInt(subnet.registeredAt) + parameters.startCallDelay)
    return "NeedWaitingMoreBlocksToStarCall";
  journal.set(columns.firstEmissionBlock, netuid, block + 1);
  journal.set(columns.subtokenEnabled, netuid, 1);
  return null;
}

function dissolve(chain: Chain, origin: Origin, netuid: Netuid): Outcome {
  if (origin !== "root") return "BadOrigin";
  if (netuid === ROOT || !chain.state.subnets.has(netuid)) return "SubnetNotExists";
  removeNetwork(chain, netuid);
  return null;
}

export const networkCalls: Handlers<NetworkCalls> = {
  registerNetwork: signed((chain, coldkey, { hotkey }) => register(chain, coldkey, hotkey, null)),
  registerNetworkWithIdentity: signed((chain, coldkey, { hotkey, identity }) =>
    register(chain, coldkey, hotkey, identity),
  ),
  startCall: (chain, origin, { netuid }) => startCall(chain, origin, netuid),
  dissolveNetwork: (chain, origin, { netuid }) => dissolve(chain, origin, netuid),
  rootDissolveNetwork: (chain, origin, { netuid }) => dissolve(chain, origin, netuid),
  updateSymbol: (chain, origin, { netuid, symbol }) =>
    checkOwnerOrRoot(chain.state, netuid, origin) ?? changeSymbol(chain, netuid, symbol),
};
