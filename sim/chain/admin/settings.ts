/** The frame of a hyperparameter call: who, how often, when, then its own range (OWN and ROOTW of spec/calls.md 3). */
import type { Handler, Origin } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import type { Netuid, NetworkState, Subnet } from "../state/network.ts";
import { callerStamp, hasPassed, parameterStamp, stamp } from "./stamps.ts";
import { isWindowOpen } from "./window.ts";

/** A setter's arguments. */
export interface SettingArguments<Value> {
  readonly netuid: Netuid;
  readonly value: Value;
}

/** How often the owner may call; root is never limited. */
export type OwnerLimit =
  /** Every OwnerHyperparamRateLimit tempos, per subnet and parameter. */
  | "parameter"
  /** Every `tempos` tempos, per caller. */
  | { readonly callerTempos: number }
  | "none";

/** The name under which a stamp is kept, and what the call demands. */
export interface Setting<Value> {
  readonly parameter: string;
  /** Null = root only. */
  readonly ownerLimit: OwnerLimit | null;
  /** Not in the freeze window. */
  readonly window: boolean;
  /** Whether the subnet must exist. */
  readonly exists: boolean;
  /** The range. */
  check?(chain: Chain, netuid: Netuid, value: Value, origin: Origin): Outcome;
  /** Stores the value; `subnet` is undefined where none exists and none must. */
  store(chain: Chain, netuid: Netuid, value: Value, subnet: Subnet | undefined): void;
}

/** Whether the origin is the owner of a subnet. */
export const isOwner = (state: NetworkState, netuid: Netuid, origin: Origin): boolean => {
  const owner = state.subnets.get(netuid)?.owner ?? null;
  return origin !== "root" && owner !== null && owner === origin.signed;
};

/** BadOrigin unless the owner or root calls. */
export const checkOwnerOrRoot = (state: NetworkState, netuid: Netuid, origin: Origin): Outcome =>
  origin === "root" || isOwner(state, netuid, origin) ? null : "BadOrigin";

/** The owner's stamp for a setting and the blocks between two changes; null where the origin is not limited. */
function limitOf(
  { state }: Chain,
  netuid: Netuid,
  origin: Origin,
  { parameter, ownerLimit }: Pick<Setting<never>, "parameter" | "ownerLimit">,
): { key: string; blocks: number } | null {
  if (origin === "root" || ownerLimit === null || ownerLimit === "none") return null;
  const tempo = state.columns.tempo[netuid] ?? 0;
  if (ownerLimit === "parameter")
    return {
      key: parameterStamp(netuid, parameter),
      blocks: state.parameters.ownerHyperparamRateLimit * tempo,
    };
  return { key: callerStamp(netuid, origin.signed, parameter), blocks: ownerLimit.callerTempos * tempo };
}

/** A handler from a setting. */
export const setter =
  <Value>(setting: Setting<Value>): Handler<SettingArguments<Value>> =>
  (chain, origin, { netuid, value }) => {
    const { state } = chain;
    const refused = setting.ownerLimit === null ? null : checkOwnerOrRoot(state, netuid, origin);
    if (refused !== null) return refused;
    if (setting.ownerLimit === null && origin !== "root") return "BadOrigin";
    const limit = limitOf(chain, netuid, origin, setting);
    if (limit !== null && !hasPassed(state, limit.key, limit.blocks)) return "TxRateLimitExceeded";
    if (setting.window && !isWindowOpen(state, netuid)) return "AdminActionProhibitedDuringWeightsWindow";
    const subnet = state.subnets.get(netuid);
    if (setting.exists && subnet === undefined) return "Admin.SubnetDoesNotExist";
    const outside = setting.check?.(chain, netuid, value, origin) ?? null;
    if (outside !== null) return outside;
    setting.store(chain, netuid, value, subnet);
    if (limit !== null) stamp(chain, limit.key);
    return null;
  };
