/** TAO accounts: balances, technical accounts, transfers inside the chain (spec/governance-and-accounts.md 1). */
import type { Chain, Outcome } from "../chain.ts";
import { subU64 } from "../numbers/integers.ts";
import type { AccountId, Netuid, NetworkState } from "../state/network.ts";
import { violated } from "../violation.ts";

/** Accounts from here on belong to the chain itself. */
const TECHNICAL_BASE = 1_099_511_627_776;
const MAX_NETUIDS = 65_536;
/** Receives burned TAO; nobody controls it. */
export const BURN_ACCOUNT: AccountId = TECHNICAL_BASE + MAX_NETUIDS;
/** The technical hotkey and coldkey of limit orders, and the first of the leases and crowdloans, lie above. */
export const FIRST_DERIVED_ACCOUNT: AccountId = TECHNICAL_BASE + 2 * MAX_NETUIDS;

/** The account that holds a subnet's TAO. */
export const subnetAccount = (netuid: Netuid): AccountId => TECHNICAL_BASE + netuid;

/** Whether `account` is the technical account of some subnet, which no call accepts as a hotkey. */
export const isSubnetAccount = (account: AccountId): boolean =>
  account >= TECHNICAL_BASE && account < TECHNICAL_BASE + MAX_NETUIDS;

/** Free TAO of an account, rao. */
export function balanceOf(state: NetworkState, account: AccountId): bigint {
  if (isSubnetAccount(account)) return state.columns.account[account - TECHNICAL_BASE] ?? 0n;
  return state.balances.get(account) ?? 0n;
}

/** Sets a balance; callers keep the issuance counters. An empty account is no account. */
function setBalance({ state, journal }: Chain, account: AccountId, amount: bigint): void {
  if (amount < 0n) violated(state, `account ${account} would hold ${amount} rao`);
  journal.set(state, "accountsTotal", state.accountsTotal + amount - balanceOf(state, account));
  if (isSubnetAccount(account)) journal.set(state.columns.account, account - TECHNICAL_BASE, amount);
  else if (amount === 0n) journal.mapDelete(state.balances, account);
  else journal.mapSet(state.balances, account, amount);
}

/** Both issuance counters fall: the curve can emit the TAO again. */
function lowerIssuance({ state, journal }: Chain, amount: bigint): void {
  journal.set(state, "totalIssuance", subU64(state.totalIssuance, amount));
  journal.set(state, "balancesIssuance", subU64(state.balancesIssuance, amount));
}

/** Takes `amount` from an account that holds it; what is left below the existential deposit is destroyed. */
function debit(chain: Chain, account: AccountId, amount: bigint): void {
  const rest = balanceOf(chain.state, account) - amount;
  if (rest < chain.protocol.constants.existentialDeposit) {
    setBalance(chain, account, 0n);
    lowerIssuance(chain, rest);
  } else setBalance(chain, account, rest);
}

/**
 * Moves TAO inside a call or the block step. What is left of the sender below the existential deposit is destroyed.
 * Errors: InsufficientBalance, Token.BelowMinimum (the receiver would hold less than the existential deposit).
 */
export function transferTao(chain: Chain, from: AccountId, to: AccountId, amount: bigint): Outcome {
  const { state } = chain;
  if (amount === 0n || from === to) return null;
  if (balanceOf(state, from) < amount) return "InsufficientBalance";
  const received = balanceOf(state, to) + amount;
  if (received < chain.protocol.constants.existentialDeposit) return "Token.BelowMinimum";
  debit(chain, from, amount);
  setBalance(chain, to, received);
  return null;
}

/** Destroys TAO of an account, which must keep the existential deposit: both issuance counters fall. */
export function recycleTao(chain: Chain, account: AccountId, amount: bigint): Outcome {
  const rest = balanceOf(chain.state, account) - amount;
  if (rest < chain.protocol.constants.existentialDeposit) return "InsufficientBalance";
  setBalance(chain, account, rest);
  lowerIssuance(chain, amount);
  return null;
}

/** Creates TAO on an account: genesis and mints. Both issuance counters rise. */
export function mintTao(chain: Chain, account: AccountId, amount: bigint): void {
  const { state, journal } = chain;
  journal.set(state, "totalIssuance", state.totalIssuance + amount);
  journal.set(state, "balancesIssuance", state.balancesIssuance + amount);
  setBalance(chain, account, balanceOf(state, account) + amount);
}

/** What an account can pay and keep the existential deposit. */
export const spendable = (chain: Chain, account: AccountId): bigint =>
  subU64(balanceOf(chain.state, account), chain.protocol.constants.existentialDeposit);

/** Sets TAO of an account aside: it stays in existence but is not free. Errors: InsufficientBalance. */
export function reserveTao(chain: Chain, account: AccountId, amount: bigint): Outcome {
  const { state, journal } = chain;
  if (spendable(chain, account) < amount) return "InsufficientBalance";
  setBalance(chain, account, balanceOf(state, account) - amount);
  journal.set(state, "accountsTotal", state.accountsTotal + amount);
  journal.mapSet(state.reserved, account, (state.reserved.get(account) ?? 0n) + amount);
  return null;
}

/** Destroys TAO that an account holds without giving it back to the curve: fees that nobody receives. */
export function destroyTao(chain: Chain, account: AccountId, amount: bigint): void {
  const { state, journal } = chain;
  setBalance(chain, account, balanceOf(state, account) - amount);
  journal.set(state, "balancesIssuance", subU64(state.balancesIssuance, amount));
}
