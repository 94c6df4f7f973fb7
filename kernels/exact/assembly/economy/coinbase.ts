// What of a block touches every subnet in every block. Values outside the ordinary range are left to the caller's
// big-integer form; nothing is rounded differently here.
export {
  economyCreate,
  economyCredit,
  economyEligibleCount,
  economyPointer,
  economySetCredit,
  economyStakeGain,
} from "./state";
export { economyTerms } from "./terms";
export { economyEmit, economyInject } from "./inject";
export { economyClaimRow } from "./claims";
export { economyDecayBurns, economyPower, economyPrices } from "./prices";
