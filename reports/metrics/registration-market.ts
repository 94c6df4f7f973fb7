import type { MetricDefinition } from "./definition.ts";
import { BLOCKS_PER_DAY } from "./time.ts";

/** M33, one registration that went through. Rao. */
export interface Registration {
  /** TAO paid. */
  readonly paid: bigint;
  /** Alpha that the payment bought and destroyed. */
  readonly alphaDestroyed: bigint;
}

/** M33, the market of registrations in a window. */
export interface RegistrationMarket {
  readonly registrations: number;
  readonly perDay: number;
  /** TAO paid in all, rao: what went into the pool. */
  readonly revenue: bigint;
  /** Rao, rounded down; `null` without registrations. */
  readonly meanPaid: bigint | null;
  /** Alpha destroyed in all, rao. */
  readonly alphaDestroyed: bigint;
}

/**
 * M33, registrations, what they paid and what they destroyed. The price path is the column itself.
 *
 * @param days length of the window, more than 0.
 */
export function registrationMarket(registrations: readonly Registration[], days: number): RegistrationMarket {
  const revenue = registrations.reduce((sum, { paid }) => sum + paid, 0n);
  return {
    registrations: registrations.length,
    perDay: registrations.length / days,
    revenue,
    meanPaid: registrations.length === 0 ? null : revenue / BigInt(registrations.length),
    alphaDestroyed: registrations.reduce((sum, { alphaDestroyed }) => sum + alphaDestroyed, 0n),
  };
}

/**
 * M33, the rate of registrations at which the price neither rises nor falls in the long run:
 * `7200 / (H log2(m))` per day.
 *
 * @param multiplier m, by which each registration raises the price, more than 1.
 * @param halfLife H, blocks in which the price halves.
 * @returns registrations per day; `null` when registrations do not raise the price or it does not decay.
 */
export function equilibriumRegistrations(multiplier: number, halfLife: number): number | null {
  if (!(multiplier > 1) || !(halfLife > 0)) return null;
  return BLOCKS_PER_DAY / (halfLife * Math.log2(multiplier));
}

export const REGISTRATION_MARKET: MetricDefinition = {
  id: "M33",
  name: "Registration market",
  section: "Consensus quality and attacks",
  text: "The price of a registration over time, what was paid for registrations in all and on average, how many there were per day, the TAO that went into the pool and the alpha that was destroyed, and the rate at which the price would hold still.",
  formula:
    "sum and mean of the price paid; registrations / days; alpha destroyed; r* = 7200 / (H log2(m)) per day",
  units: ["rao", "rao", "count per day", "rao", "count per day"],
  edges: "No registrations: no mean. m <= 1 or H = 0: no equilibrium. m = 1.26 and H = 360 give 60 per day.",
  reference: "derived from the rule of the registration price",
  inputs:
    "`pools.burn` for the path; `emission.registrations`, `emission.registration_tao`; the alpha that registrations destroy is no column of its own",
  functions: { "registration-market.ts": ["registrationMarket", "equilibriumRegistrations"] },
};
