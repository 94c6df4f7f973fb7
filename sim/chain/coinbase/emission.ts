/**
 * The TAO and alpha of one block for all eligible subnets (spec/emission.md 3 to 7), with big integers: the readable
 * form, which the WASM form is compared with.
 */
import type { Injection } from "../../../kernels/exact/economy.ts";
import type { Chain } from "../chain.ts";
import { isError } from "../errors.ts";
import { addI64, addU64, subU64 } from "../numbers/integers.ts";
import { NOT_STARTED, type SubnetColumns } from "../state/columns.ts";
import { ROOT, type Netuid, type NetworkState } from "../state/network.ts";
import { buy, cell, lower, poolOf, priceOf, raise } from "../swap/books.ts";
import { MAX_BUY_PRICE } from "../swap/engine.ts";
import { adjustedWeight } from "../swap/pool.ts";
import type { ShareInput } from "./shares.ts";
import { participantsSplit, rootProportion, subnetTerms, taoWeightFraction, type Terms } from "./terms.ts";

/** Whether a subnet takes part in emission (section 3). */
export const isEligible = ({ columns }: NetworkState, netuid: Netuid): boolean =>
  netuid !== ROOT &&
  columns.firstEmissionBlock[netuid] !== NOT_STARTED &&
  columns.subtokenEnabled[netuid] === 1 &&
  columns.registrationAllowed[netuid] === 1;

/** Eligible subnets, ascending. */
export const eligibleSubnets = (state: NetworkState): Netuid[] =>
  state.netuids.filter((netuid) => isEligible(state, netuid));

/** What the share rule reads of a subnet. */
export const shareInputOf = ({ columns }: NetworkState, netuid: Netuid): ShareInput => ({
  netuid,
  mechanism: columns.mechanism[netuid] ?? 0,
  movingPrice: columns.movingPrice[netuid] ?? 0n,
  minerBurned: cell(columns, "minerBurned", netuid),
  emissionEnabled: columns.emissionEnabled[netuid] === 1,
});

/** SubnetAlphaIn + SubnetAlphaOut. */
export const alphaIssuance = (columns: SubnetColumns, netuid: Netuid): bigint =>
  addU64(cell(columns, "alphaIn", netuid), cell(columns, "alphaOut", netuid));

/** Section 5, for all subnets before anything changes. */
function termsOf(state: NetworkState, netuid: Netuid, taoEmission: bigint, taoWeight: bigint): Terms {
  const { columns } = state;
  const input = {
    alphaIn: cell(columns, "alphaIn", netuid),
    alphaOut: cell(columns, "alphaOut", netuid),
    price: priceOf(state, netuid),
    taoEmission,
  };
  return subnetTerms(input, cell(columns, "tao", ROOT), taoWeight);
}

/** Adds to the record of protocol flows. */
function recordProtocolFlow({ state, journal }: Chain, netuid: Netuid, tao: bigint): void {
  const { protocolFlow } = state.columns;
  journal.set(protocolFlow, netuid, addI64(protocolFlow[netuid] ?? 0n, tao));
}

/** TAO from the credit onto the subnet's account. It fails where the account would stay below the existential deposit. */
function creditAccount(chain: Chain, netuid: Netuid, tao: bigint): boolean {
  const { state, journal } = chain;
  const balance = cell(state.columns, "account", netuid) + tao;
  if (balance < chain.protocol.constants.existentialDeposit) return false;
  journal.set(state.columns.account, netuid, balance);
  journal.set(state, "accountsTotal", state.accountsTotal + tao);
  return true;
}

/** Spends `excess` of the credit on alpha that nobody owns; returns what is left of the credit. */
function chainBuy(chain: Chain, netuid: Netuid, excess: bigint, credit: bigint): bigint {
  const { state, journal } = chain;
  if (excess === 0n || credit < excess || !creditAccount(chain, netuid, excess)) return credit;
  const bought = buy(chain, netuid, excess, MAX_BUY_PRICE, true);
  // A failed buy leaves the TAO on the account.
  if (isError(bought)) return credit - excess;
  raise(journal, state.columns, "protocolAlpha", netuid, bought.paidOut);
  journal.set(state.columns.excessTao, netuid, bought.paidIn);
  recordProtocolFlow(chain, netuid, bought.paidIn);
  return credit - excess;
}

/** Section 6 for one subnet; returns what is left of the credit. */
export function inject(chain: Chain, netuid: Netuid, injection: Injection, credit: bigint): bigint {
  const { state, journal } = chain;
  const { columns } = state;
  let { tao, alpha } = injection;
  const weight = adjustedWeight(poolOf(state, netuid), tao, alpha);
  if (weight === null) {
    tao = 0n;
    alpha = 0n;
  } else {
    journal.set(columns.quoteWeight, netuid, weight);
    journal.set(columns.poolInitialised, netuid, 1);
  }
  journal.set(columns.excessTao, netuid, 0n);
  journal.set(columns.taoInEmission, netuid, 0n);
  let rest = chainBuy(chain, netuid, injection.excess, credit);
  journal.set(columns.alphaInEmission, netuid, alpha);
  raise(journal, columns, "alphaIn", netuid, alpha);
  if (tao > 0n && rest >= tao && creditAccount(chain, netuid, tao)) {
    rest -= tao;
    journal.set(columns.taoInEmission, netuid, tao);
    raise(journal, columns, "tao", netuid, tao);
    journal.set(state, "totalStake", addU64(state.totalStake, tao));
    recordProtocolFlow(chain, netuid, tao);
  }
  return rest;
}

/** Section 7 for one subnet: new alpha into the pending counters. */
function emitAlpha(
  chain: Chain,
  netuid: Netuid,
  terms: Terms,
  rootSellFlag: boolean,
  taoWeight: bigint,
): void {
  const { state, journal } = chain;
  const { columns, parameters } = state;
  const emitted = terms.alphaOut >> 32n;
  journal.set(columns.alphaOutEmission, netuid, emitted);
  raise(journal, columns, "alphaOut", netuid, emitted);
  const ownerCut = columns.ownerCutEnabled[netuid] === 1 ? BigInt(parameters.subnetOwnerCut) : null;
  const proportion = rootProportion(cell(columns, "tao", ROOT), alphaIssuance(columns, netuid), taoWeight);
  const split = participantsSplit(terms.alphaOut, ownerCut, proportion);
  raise(journal, columns, "pendingOwnerCut", netuid, split.ownerCut);
  raise(journal, columns, "pendingServer", netuid, split.server);
  raise(journal, columns, "pendingValidator", netuid, split.validator);
  if (rootSellFlag) raise(journal, columns, "pendingRoot", netuid, split.root);
  else {
    lower(journal, columns, "alphaOut", netuid, split.root);
    raise(journal, columns, "alphaRecycled", netuid, split.root);
  }
}

/** What nobody spent of the minted TAO goes back to the curve. */
export function destroyCredit({ state, journal }: Chain, credit: bigint): void {
  journal.set(state, "totalIssuance", subU64(state.totalIssuance, credit));
  journal.set(state, "balancesIssuance", subU64(state.balancesIssuance, credit));
}

/**
 * Emits one block to the eligible subnets (sections 5 to 7).
 * @param emissions TAO per eligible subnet, U96F32 rao
 * @param credit the minted TAO, which nobody holds yet; what is not spent is destroyed
 */
export function emitToSubnets(
  chain: Chain,
  netuids: readonly Netuid[],
  emissions: readonly bigint[],
  rootSellFlag: boolean,
  credit: bigint,
): void {
  const { state } = chain;
  const taoWeight = taoWeightFraction(state.parameters.taoWeight);
  const terms = netuids.map((netuid, i) => termsOf(state, netuid, emissions[i] ?? 0n, taoWeight));
  let rest = credit;
  for (const [i, netuid] of netuids.entries()) {
    const own = terms[i];
    if (own === undefined) continue;
    const injection = { tao: own.taoIn >> 32n, alpha: own.alphaIn >> 32n, excess: own.excess >> 32n };
    rest = inject(chain, netuid, injection, rest);
  }
  destroyCredit(chain, rest);
  for (const [i, netuid] of netuids.entries()) {
    const own = terms[i];
    if (own !== undefined) emitAlpha(chain, netuid, own, rootSellFlag, taoWeight);
  }
}
