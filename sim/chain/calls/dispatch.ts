/**
 * The one way into the chain: every call by name, checked and applied as a whole or not at all.
 * A part of the chain adds its calls with one line in each of the two tables here.
 */
import { globalSettingCalls, type GlobalSettingCalls } from "../admin/globalSettings.ts";
import { operationCalls, type OperationCalls } from "../admin/operation.ts";
import { ownerSettingCalls, type OwnerSettingCalls } from "../admin/ownerSettings.ts";
import { rootSettingCalls, type RootSettingCalls } from "../admin/rootSettings.ts";
import { tempoCalls, type TempoCalls } from "../admin/tempo.ts";
import { transferCalls, type TransferCalls } from "../balances/transfers.ts";
import { utilityCalls, type InnerDispatch, type UtilityCalls } from "../balances/utility.ts";
import type { Chain } from "../chain.ts";
import { crowdloanCalls, type CrowdloanCalls } from "../crowdloan/crowdloans.ts";
import { isError } from "../errors.ts";
import { associateCalls, type AssociateCalls } from "../keys/associate.ts";
import { swapColdkeyCalls, type SwapColdkeyCalls } from "../keys/swapColdkey.ts";
import { swapHotkeyCalls, type SwapHotkeyCalls } from "../keys/swapHotkey.ts";
import { leaseCalls, type LeaseCalls } from "../leases/leases.ts";
import { lockCalls, type LockCalls } from "../locks/calls.ts";
import { networkCalls, type NetworkCalls } from "../networks/calls.ts";
import { orderCalls, type OrderCalls } from "../orders/calls.ts";
import { registerCalls, type RegisterCalls } from "../registration/registerNeuron.ts";
import { rootRegisterCalls, type RootRegisterCalls } from "../registration/rootRegister.ts";
import { addStakeCalls, type AddStakeCalls } from "../staking/addStake.ts";
import { burnAlphaCalls, type BurnAlphaCalls } from "../staking/burnAlpha.ts";
import { childrenCalls, type ChildrenCalls } from "../staking/children.ts";
import { claimCalls, type ClaimCalls } from "../staking/claimCalls.ts";
import { moveStakeCalls, type MoveStakeCalls } from "../staking/moveStake.ts";
import { removeStakeCalls, type RemoveStakeCalls } from "../staking/removeStake.ts";
import { takeCalls, type TakeCalls } from "../staking/takes.ts";
import { unstakeAllCalls, type UnstakeAllCalls } from "../staking/unstakeAll.ts";
import { commitCalls, type CommitCalls } from "../weights/commitCalls.ts";
import { setWeightsCalls, type SetWeightsCalls } from "../weights/setCalls.ts";
import { timelockCalls, type TimelockCalls } from "../weights/timelockCommits.ts";
import type { CallResult, Handler, Handlers, Origin } from "./call.ts";
import { checkGates } from "./gates.ts";

/** Arguments of every call by its name. */
export interface CallArguments
  extends
    AddStakeCalls,
    RemoveStakeCalls,
    UnstakeAllCalls,
    MoveStakeCalls,
    BurnAlphaCalls,
    TakeCalls,
    ChildrenCalls,
    ClaimCalls,
    LockCalls,
    SetWeightsCalls,
    CommitCalls,
    TimelockCalls,
    RegisterCalls,
    RootRegisterCalls,
    NetworkCalls,
    AssociateCalls,
    SwapHotkeyCalls,
    SwapColdkeyCalls,
    TempoCalls,
    OperationCalls,
    OwnerSettingCalls,
    RootSettingCalls,
    GlobalSettingCalls,
    CrowdloanCalls,
    LeaseCalls,
    OrderCalls,
    TransferCalls,
    UtilityCalls {}

export type CallName = keyof CallArguments;

/** A call as data. */
export type Call = {
  [Name in CallName]: {
    readonly call: Name;
    readonly origin: Origin;
    readonly args: CallArguments[Name];
  };
}[CallName];

/** Calls inside calls: crowdloans and batches carry them without knowing their types. */
const dispatchInner: InnerDispatch = (chain, origin, { call, args }) => {
  const result = dispatch(chain, { call, origin, args } as Call);
  return result.ok ? null : result.error;
};

const HANDLERS: Handlers<CallArguments> = {
  ...addStakeCalls,
  ...removeStakeCalls,
  ...unstakeAllCalls,
  ...moveStakeCalls,
  ...burnAlphaCalls,
  ...takeCalls,
  ...childrenCalls,
  ...claimCalls,
  ...lockCalls,
  ...setWeightsCalls,
  ...commitCalls,
  ...timelockCalls,
  ...registerCalls,
  ...rootRegisterCalls,
  ...networkCalls,
  ...associateCalls,
  ...swapHotkeyCalls,
  ...swapColdkeyCalls,
  ...tempoCalls,
  ...operationCalls,
  ...ownerSettingCalls,
  ...rootSettingCalls,
  ...globalSettingCalls,
  ...crowdloanCalls(dispatchInner),
  ...leaseCalls,
  ...orderCalls,
  ...transferCalls,
  ...utilityCalls(dispatchInner),
};

/** Names of all calls. */
export const CALL_NAMES = Object.keys(HANDLERS) as CallName[];

/** Checks the gates and the call, and applies it; an error leaves the state as it was. */
export function dispatch(chain: Chain, call: Call): CallResult {
  // The name ties the handler to its arguments; the type of a table look-up cannot say so.
  const handler = HANDLERS[call.call] as Handler<Call["args"]>;
  const outcome = chain.journal.atomically(
    () => checkGates(chain, call) ?? handler(chain, call.origin, call.args),
  );
  return isError(outcome) ? { ok: false, error: outcome } : { ok: true };
}
