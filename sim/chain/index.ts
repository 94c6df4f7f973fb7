/**
 * The chain: state of a whole network and its transitions, exact to the rao.
 *
 * Where things are, one folder per part of the chain, one file per transition or group of calls:
 *
 * - `state/`     the network as plain data (`network.ts`), the columns that the block step works on (`columns.ts`),
 *                parameters, genesis, and the undo journal through which every change goes
 * - `protocol/`  constants and default parameters, one per line with source, and the rules that versions exchange
 * - `calls/`     the dispatcher: `dispatch(chain, call)` checks the gates, then the call, and undoes what fails
 * - `coinbase/`  the block step in the chain's order: issuance curve, shares, injection, schedule, payout, moving prices
 * - `swap/`      the pool: power function, price, trade, limits, and the books of a trade
 * - `staking/`   share pools, staking calls, root claims, children, takes, stake weights
 * - `locks/`     locks and conviction
 * - `subnets/`   life of a subnet: prices, costs, registration, dissolving
 * - `epoch/`     puts a subnet's epoch to the exact kernel and stores its results
 * - `weights/`   setting, committing and revealing weights, the automatic reveal
 * - `registration/` neurons: registering, choosing whom to replace, trimming; seats on root
 * - `networks/`  registering, pruning and starting subnets
 * - `admin/`     hyperparameters, rate limits, the freeze window
 * - `keys/`      association and swaps of hotkeys and coldkeys
 * - `ownership/` conviction and the change of owners, voting power
 * - `crowdloan/`, `leases/`, `orders/`, `balances/` the smaller pallets; `balances/` has batches and proxies too
 * - `fees/`      transactions: gates, fee, call
 * - `votes/`     votes that a scenario defines; the chain has none
 * - `accounts/`  TAO balances, technical accounts, owners of hotkeys
 * - `hashing/`   blake2b
 * - `numbers/`   fixed point, integers, transcendental functions
 *
 * A transition is a function on a `Chain` (state, protocol, journal) that answers a value or the name of the chain's
 * error; nothing is thrown but bugs. Nothing here depends on the insertion order of a map.
 */
export { balanceOf, subnetAccount } from "./accounts/accounts.ts";
export type { CallResult, Origin } from "./calls/call.ts";
export { CALL_NAMES, dispatch, type Call, type CallArguments, type CallName } from "./calls/dispatch.ts";
export {
  createChain,
  type Chain,
  type EpochPayment,
  type EpochPayout,
  type EpochRunner,
  type Surroundings,
} from "./chain.ts";
export { blockStep } from "./coinbase/blockStep.ts";
export { bareName, isError, type ChainError } from "./errors.ts";
export { curveBlocks, issuanceAt, supplyCurve, type Era } from "./coinbase/supplyCurve.ts";
export { executionOrder, type Waiting } from "./calls/queue.ts";
export { submit, USUAL_LENGTH, type Submission, type Transaction } from "./fees/submit.ts";
export { coldkeyHash } from "./keys/swapColdkey.ts";
export { switchLimitOrders } from "./orders/calls.ts";
export { enact, tally, type Poll, type Vote } from "./votes/vote.ts";
export { revealHash, type Reveal } from "./weights/hashCommits.ts";
export {
  PRESETS as PROTOCOL_PRESETS,
  withEmissionGate,
  withMaturedTaoFlow,
  withTaoFlow,
} from "./protocol/presets.ts";
export { SUBTENSOR_425, type Protocol } from "./protocol/protocol.ts";
export { createNetwork } from "./state/genesis.ts";
export { ROOT, type AccountId, type Netuid, type NetworkState } from "./state/network.ts";
