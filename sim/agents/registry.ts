/** All strategies, by role and name. A new one is a file in `strategies/` and a line here. */
import type { Role } from "./agent.ts";
import { sticky } from "./strategies/delegators/sticky.ts";
import { yieldChasing } from "./strategies/delegators/yield-chasing.ts";
import { fixedQuality } from "./strategies/miners/fixed-quality.ts";
import { honestOwner } from "./strategies/owners/honest.ts";
import { bestResponding } from "./strategies/validators/best-responding.ts";
import { bribed } from "./strategies/validators/bribed.ts";
import { cabal } from "./strategies/validators/cabal.ts";
import { childkeyDelegating } from "./strategies/validators/childkey-delegating.ts";
import { feeCharging } from "./strategies/validators/fee-charging.ts";
import { exploratory } from "./strategies/validators/exploratory.ts";
import { honest } from "./strategies/validators/honest.ts";
import { lateCommitter } from "./strategies/validators/late-committer.ts";
import { lazy } from "./strategies/validators/lazy.ts";
import { selfWeighting } from "./strategies/validators/self-weighting.ts";
import { stale } from "./strategies/validators/stale.ts";
import { undercutting } from "./strategies/validators/undercutting.ts";
import { weightCopier } from "./strategies/validators/weight-copier.ts";
import { alphaRotator } from "./strategies/delegators/alpha-rotator.ts";
import { epochHopping } from "./strategies/delegators/epoch-hopping.ts";
import { proportional } from "./strategies/delegators/proportional.ts";
import { rootPreferring } from "./strategies/delegators/root-preferring.ts";
import { whale } from "./strategies/delegators/whale.ts";
import { bribing } from "./strategies/miners/bribing.ts";
import { driftingQuality } from "./strategies/miners/drifting-quality.ts";
import { investing } from "./strategies/miners/investing.ts";
import { reRegistering } from "./strategies/miners/re-registering.ts";
import { slotGriefing } from "./strategies/miners/slot-griefing.ts";
import { sybil } from "./strategies/miners/sybil.ts";
import { burning } from "./strategies/owners/burning.ts";
import { extracting } from "./strategies/owners/extracting.ts";
import { launching } from "./strategies/owners/launching.ts";
import { selfMining } from "./strategies/owners/self-mining.ts";
import { arbitrage } from "./strategies/traders/arbitrage.ts";
import { exitRunner } from "./strategies/traders/exit-runner.ts";
import { locking } from "./strategies/traders/locking.ts";
import { momentum } from "./strategies/traders/momentum.ts";
import { randomWalk } from "./strategies/traders/random-walk.ts";
import { sandwich } from "./strategies/traders/sandwich.ts";
import { washStaker } from "./strategies/traders/wash-staker.ts";
import type { Strategy } from "./strategy.ts";

const BUILT_IN: readonly Strategy[] = [
  honest,
  stale,
  lazy,
  weightCopier,
  selfWeighting,
  cabal,
  bribed,
  bestResponding,
  exploratory,
  lateCommitter,
  childkeyDelegating,
  feeCharging,
  undercutting,
  fixedQuality,
  driftingQuality,
  investing,
  sybil,
  reRegistering,
  slotGriefing,
  bribing,
  sticky,
  yieldChasing,
  proportional,
  rootPreferring,
  whale,
  alphaRotator,
  epochHopping,
  arbitrage,
  momentum,
  sandwich,
  washStaker,
  exitRunner,
  randomWalk,
  locking,
  honestOwner,
  burning,
  extracting,
  selfMining,
  launching,
];

/** Strategies that a scenario can name. */
export class StrategyRegistry {
  readonly #strategies: readonly Strategy[];

  /** @param custom strategies beside the built-in ones */
  constructor(custom: readonly Strategy[] = []) {
    this.#strategies = [...BUILT_IN, ...custom];
  }

  find(role: Role, name: string): Strategy | undefined {
    return this.#strategies.find((strategy) => strategy.role === role && strategy.name === name);
  }

  /** Names of a role, in order. */
  names(role: Role): string[] {
    return this.#strategies.filter((strategy) => strategy.role === role).map(({ name }) => name);
  }

  all(): readonly Strategy[] {
    return this.#strategies;
  }
}
