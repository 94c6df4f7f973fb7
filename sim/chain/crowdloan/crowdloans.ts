/** Crowdloans (spec/calls.md 15, spec/governance-and-accounts.md 11). */
import { balanceOf, transferTao } from "../accounts/accounts.ts";
import { crowdloanAccount } from "../accounts/derived.ts";
import type { InnerDispatch } from "../balances/utility.ts";
import { signed, type CallData, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { isError, type ChainError } from "../errors.ts";
import { min, subU64 } from "../numbers/integers.ts";
import type { AccountId } from "../state/network.ts";
import type { Crowdloan } from "../state/pallets.ts";

interface ById {
  readonly crowdloanId: number;
}

export interface CrowdloanCalls {
  "Crowdloan.create": {
    /** Rao, each. */
    readonly deposit: bigint;
    readonly minContribution: bigint;
    readonly cap: bigint;
    /** First block without contributions. */
    readonly end: number;
    /** Exactly one of the two. */
    readonly call: CallData | null;
    readonly targetAddress: AccountId | null;
  };
  "Crowdloan.contribute": ById & { readonly amount: bigint };
  "Crowdloan.withdraw": ById;
  "Crowdloan.finalize": ById;
  "Crowdloan.refund": ById;
  "Crowdloan.dissolve": ById;
  "Crowdloan.updateMinContribution": ById & { readonly newMinContribution: bigint };
  "Crowdloan.updateEnd": ById & { readonly newEnd: number };
  "Crowdloan.updateCap": ById & { readonly newCap: bigint };
  "Crowdloan.setMaxContribution": ById & { readonly newMaxContribution: bigint | null };
}

/** Rao. */
const MIN_DEPOSIT = 10_000_000_000n;
const MIN_MIN_CONTRIBUTION = 100_000_000n;
/** Blocks. */
const MIN_DURATION = 50_400;
const MAX_DURATION = 432_000;
const MAX_CONTRIBUTORS = 500;
const REFUNDS_PER_CALL = 50;
const MAX_ID = 0xffff_ffff;

/** END of spec/calls.md 15. */
function checkEnd({ state }: Chain, end: number): Outcome {
  if (end <= state.block) return "Crowdloan.CannotEndInPast";
  if (end - state.block < MIN_DURATION) return "Crowdloan.BlockDurationTooShort";
  return end - state.block > MAX_DURATION ? "Crowdloan.BlockDurationTooLong" : null;
}

function setContribution({ journal }: Chain, loan: Crowdloan, account: AccountId, amount: bigint): void {
  if (amount === 0n) journal.mapDelete(loan.contributions, account);
  else journal.mapSet(loan.contributions, account, amount);
}

const contributionOf = ({ contributions }: Crowdloan, account: AccountId): bigint =>
  contributions.get(account) ?? 0n;

function create(chain: Chain, creator: AccountId, args: CrowdloanCalls["Crowdloan.create"]): Outcome {
  const { state, journal } = chain;
  const { deposit, minContribution, cap, end, call, targetAddress: target } = args;
  if (deposit < MIN_DEPOSIT) return "Crowdloan.DepositTooLow";
  if (cap <= deposit) return "Crowdloan.CapTooLow";
  if (minContribution < MIN_MIN_CONTRIBUTION) return "Crowdloan.MinimumContributionTooLow";
  if ((call === null) === (target === null)) return "Crowdloan.InvalidFinalizationConfig";
  const refused = checkEnd(chain, end);
  if (refused !== null) return refused;
  if (balanceOf(state, creator) < deposit) return "Crowdloan.InsufficientBalance";
  const id = state.nextCrowdloanId;
  if (id >= MAX_ID) return "Crowdloan.Overflow";
  const funds = crowdloanAccount(id);
  const moved = transferTao(chain, creator, funds, deposit);
  if (moved !== null) return moved;
  journal.set(state, "nextCrowdloanId", id + 1);
  journal.mapSet(state.crowdloans, id, {
    creator,
    deposit,
    funds,
    call,
    target,
    minContribution,
    maxContribution: null,
    end,
    cap,
    raised: deposit,
    finalized: false,
    contributorsCount: 1,
    contributions: new Map([[creator, deposit]]),
  });
  return null;
}

function contribute(chain: Chain, contributor: AccountId, id: number, amount: bigint): Outcome {
  const { state, journal } = chain;
  const loan = state.crowdloans.get(id);
  if (loan === undefined) return "Crowdloan.InvalidCrowdloanId";
  if (state.block >= loan.end) return "Crowdloan.ContributionPeriodEnded";
  if (loan.raised >= loan.cap) return "Crowdloan.CapRaised";
  if (amount < loan.minContribution) return "Crowdloan.ContributionTooLow";
  if (loan.contributorsCount >= MAX_CONTRIBUTORS) return "Crowdloan.MaxContributorsReached";
  const own = contributionOf(loan, contributor);
  const { maxContribution } = loan;
  if (maxContribution !== null && own >= maxContribution) return "Crowdloan.MaxContributionReached";
  const room = min(loan.cap - loan.raised, maxContribution === null ? amount : maxContribution - own);
  const accepted = min(amount, room);
  if (balanceOf(state, contributor) < accepted) return "Crowdloan.InsufficientBalance";
  const moved = transferTao(chain, contributor, loan.funds, accepted);
  if (moved !== null) return moved;
  if (!loan.contributions.has(contributor))
    journal.set(loan, "contributorsCount", loan.contributorsCount + 1);
  setContribution(chain, loan, contributor, own + accepted);
  journal.set(loan, "raised", loan.raised + accepted);
  return null;
}

/** A loan that is not finalized, for its creator only where `creator` says so: E, NF, CR. */
function openLoan({ state }: Chain, id: number, caller: AccountId | null): Crowdloan | ChainError {
  const loan = state.crowdloans.get(id);
  if (loan === undefined) return "Crowdloan.InvalidCrowdloanId";
  if (loan.finalized) return "Crowdloan.AlreadyFinalized";
  return caller !== null && loan.creator !== caller ? "Crowdloan.InvalidOrigin" : loan;
}

/** Pays a contribution back. */
function payBack(chain: Chain, loan: Crowdloan, account: AccountId, amount: bigint): Outcome {
  const { journal } = chain;
  const moved = transferTao(chain, loan.funds, account, amount);
  if (moved !== null) return moved;
  const rest = contributionOf(loan, account) - amount;
  setContribution(chain, loan, account, rest);
  if (rest === 0n) journal.set(loan, "contributorsCount", loan.contributorsCount - 1);
  journal.set(loan, "raised", subU64(loan.raised, amount));
  return null;
}

function withdraw(chain: Chain, contributor: AccountId, id: number): Outcome {
  const loan = openLoan(chain, id, null);
  if (isError(loan)) return loan;
  const own = contributionOf(loan, contributor);
  if (own === 0n) return "Crowdloan.NoContribution";
  if (contributor !== loan.creator) return payBack(chain, loan, contributor, own);
  const above = subU64(own, loan.deposit);
  return above === 0n ? "Crowdloan.DepositCannotBeWithdrawn" : payBack(chain, loan, contributor, above);
}

function refund(chain: Chain, creator: AccountId, id: number): Outcome {
  const loan = openLoan(chain, id, creator);
  if (isError(loan)) return loan;
  const others = [...loan.contributions.keys()]
    .filter((account) => account !== creator)
    .sort((a, b) => a - b);
  for (const account of others.slice(0, REFUNDS_PER_CALL)) {
    const outcome = payBack(chain, loan, account, contributionOf(loan, account));
    if (outcome !== null) return outcome;
  }
  return null;
}

function dissolve(chain: Chain, creator: AccountId, id: number): Outcome {
  const loan = openLoan(chain, id, creator);
  if (isError(loan)) return loan;
  const own = contributionOf(loan, creator);
  if (own === 0n) return "Crowdloan.NoContribution";
  if (own !== loan.raised) return "Crowdloan.NotReadyToDissolve";
  const moved = transferTao(chain, loan.funds, creator, own);
  if (moved !== null) return moved;
  chain.journal.mapDelete(chain.state.crowdloans, id);
  return null;
}

/** Runs the stored call as the creator, which can see the loan meanwhile, or pays the target. */
function finalize(chain: Chain, creator: AccountId, id: number, dispatch: InnerDispatch): Outcome {
  const { state, journal } = chain;
  const loan = state.crowdloans.get(id);
  if (loan === undefined) return "Crowdloan.InvalidCrowdloanId";
  if (loan.creator !== creator) return "Crowdloan.InvalidOrigin";
  if (loan.raised !== loan.cap) return "Crowdloan.CapNotRaised";
  if (loan.finalized) return "Crowdloan.AlreadyFinalized";
  let outcome: Outcome = null;
  if (loan.target !== null) outcome = transferTao(chain, loan.funds, loan.target, loan.raised);
  else if (loan.call !== null) {
    journal.set(state, "finalizingCrowdloan", id);
    outcome = dispatch(chain, { signed: creator }, loan.call);
    journal.set(state, "finalizingCrowdloan", null);
  }
  if (outcome === null) journal.set(loan, "finalized", true);
  return outcome;
}

/** Applies a change of an open loan by its creator. */
function update(chain: Chain, creator: AccountId, id: number, apply: (loan: Crowdloan) => Outcome): Outcome {
  const loan = openLoan(chain, id, creator);
  return isError(loan) ? loan : apply(loan);
}

/** The calls of this part, over the dispatcher of all calls. */
export const crowdloanCalls = (dispatch: InnerDispatch): Handlers<CrowdloanCalls> => ({
  "Crowdloan.create": signed(create),
  "Crowdloan.contribute": signed((chain, caller, { crowdloanId, amount }) =>
    contribute(chain, caller, crowdloanId, amount),
  ),
  "Crowdloan.withdraw": signed((chain, caller, { crowdloanId }) => withdraw(chain, caller, crowdloanId)),
  "Crowdloan.finalize": signed((chain, caller, { crowdloanId }) =>
    finalize(chain, caller, crowdloanId, dispatch),
  ),
  "Crowdloan.refund": signed((chain, caller, { crowdloanId }) => refund(chain, caller, crowdloanId)),
  "Crowdloan.dissolve": signed((chain, caller, { crowdloanId }) => dissolve(chain, caller, crowdloanId)),
  "Crowdloan.updateMinContribution": signed((chain, caller, { crowdloanId, newMinContribution }) =>
    update(chain, caller, crowdloanId, (loan) => {
      if (newMinContribution < MIN_MIN_CONTRIBUTION) return "Crowdloan.MinimumContributionTooLow";
      if (loan.maxContribution !== null && newMinContribution > loan.maxContribution)
        return "Crowdloan.MinimumContributionTooHigh";
      chain.journal.set(loan, "minContribution", newMinContribution);
      return null;
    }),
  ),
  "Crowdloan.updateEnd": signed((chain, caller, { crowdloanId, newEnd }) =>
    update(chain, caller, crowdloanId, (loan) => {
      const refused = checkEnd(chain, newEnd);
      if (refused === null) chain.journal.set(loan, "end", newEnd);
      return refused;
    }),
  ),
  "Crowdloan.updateCap": signed((chain, caller, { crowdloanId, newCap }) =>
    update(chain, caller, crowdloanId, (loan) => {
      if (newCap < loan.raised) return "Crowdloan.CapTooLow";
      chain.journal.set(loan, "cap", newCap);
      return null;
    }),
  ),
  "Crowdloan.setMaxContribution": signed((chain, caller, { crowdloanId, newMaxContribution }) =>
    update(chain, caller, crowdloanId, (loan) => {
      const own = contributionOf(loan, loan.creator);
      if (
        newMaxContribution !== null &&
        (newMaxContribution < loan.minContribution || newMaxContribution < own)
      )
        return "Crowdloan.MaximumContributionTooLow";
      chain.journal.set(loan, "maxContribution", newMaxContribution);
      return null;
    }),
  ),
});
