/** Batches and proxies: calls that carry calls (spec/calls.md 17). */
import { ownerSettingCalls } from "../admin/ownerSettings.ts";
import { tempoCalls } from "../admin/tempo.ts";
import { signed, type CallData, type Handler, type Handlers, type Origin } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import type { AccountId } from "../state/network.ts";
import type { ProxyType } from "../state/pallets.ts";

interface BatchArguments {
  readonly calls: readonly CallData[];
}

export interface UtilityCalls {
  /** Stops at the first failing call, keeps what was done, succeeds. */
  "Utility.batch": BatchArguments;
  /** All or nothing. */
  "Utility.batchAll": BatchArguments;
  /** Skips failing calls, succeeds. */
  "Utility.forceBatch": BatchArguments;
  "Proxy.proxy": {
    readonly real: AccountId;
    /** Null = any that the caller has. */
    readonly forceProxyType: ProxyType | null;
    readonly call: CallData;
  };
}

/** Checks and applies an inner call as a whole. */
export type InnerDispatch = (chain: Chain, origin: Origin, call: CallData) => Outcome;

const BATCHES: ReadonlySet<string> = new Set(["Utility.batch", "Utility.batchAll", "Utility.forceBatch"]);

/** What the beneficiary of a lease may do with the subnet: run it, but not move its stake. */
const BENEFICIARY_CALLS: ReadonlySet<string> = new Set([
  ...Object.keys(ownerSettingCalls),
  ...Object.keys(tempoCalls),
  "startCall",
  "updateSymbol",
]);

const permits = (type: ProxyType, { call }: CallData): boolean =>
  type === "Any" || BENEFICIARY_CALLS.has(call);

/** No batch may carry a batch. */
const nests = (calls: readonly CallData[]): boolean => calls.some(({ call }) => BATCHES.has(call));

function batch(
  each: (outcome: Outcome) => "stop" | "fail" | "go on",
  dispatch: InnerDispatch,
): Handler<BatchArguments> {
  return (chain, origin, { calls }) => {
    if (nests(calls)) return "CallFiltered";
    for (const call of calls) {
      const outcome = dispatch(chain, origin, call);
      const next = each(outcome);
      if (next === "fail") return outcome;
      if (next === "stop") return null;
    }
    return null;
  };
}

/** The calls of this part, over the dispatcher of all calls. */
export const utilityCalls = (dispatch: InnerDispatch): Handlers<UtilityCalls> => ({
  "Utility.batch": batch((outcome) => (outcome === null ? "go on" : "stop"), dispatch),
  "Utility.batchAll": batch((outcome) => (outcome === null ? "go on" : "fail"), dispatch),
  "Utility.forceBatch": batch(() => "go on", dispatch),
  "Proxy.proxy": signed((chain, signer, { real, forceProxyType, call }) => {
    const grants = chain.state.proxies.get(real) ?? [];
    const grant = grants.find(
      ({ delegate, proxyType }) =>
        delegate === signer && (forceProxyType === null || proxyType === forceProxyType),
    );
    if (grant === undefined) return "Proxy.NotProxy";
    // What the inner call answers is only recorded on the chain.
    if (permits(grant.proxyType, call)) dispatch(chain, { signed: real }, call);
    return null;
  }),
});
