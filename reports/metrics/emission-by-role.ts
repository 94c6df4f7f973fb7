import type { MetricDefinition } from "./definition.ts";

/** M50, who gets the alpha of a subnet. */
export const EMISSION_ROLES = [
  "owner",
  "miners",
  "validators (own stake)",
  "validators (take)",
  "nominators",
  "root",
  "burned or recycled",
  "protocol",
] as const;

export type EmissionRole = (typeof EMISSION_ROLES)[number];

/** Rao by role. */
export type RoleAmounts = ReadonlyMap<EmissionRole, bigint>;

/** M50, the sum over epochs, days or subnets, role by role; exact. Every role is in it. */
export function sumByRole(parts: Iterable<RoleAmounts>): Map<EmissionRole, bigint> {
  const sums = new Map<EmissionRole, bigint>(EMISSION_ROLES.map((role) => [role, 0n]));
  for (const part of parts) for (const [role, amount] of part) sums.set(role, sums.get(role)! + amount);
  return sums;
}

/** M50, the running sums over time, one entry per part. */
export function cumulativeByRole(parts: readonly RoleAmounts[]): Map<EmissionRole, bigint>[] {
  let sums = sumByRole([]);
  return parts.map((part) => (sums = sumByRole([sums, part])));
}

/**
 * M50, what was emitted less what the roles got, rao: 0 when the books close, a few rao where the chain's floors pay to
 * nobody.
 */
export function emissionResidual(emitted: bigint, roles: RoleAmounts): bigint {
  let rest = emitted;
  for (const amount of roles.values()) rest -= amount;
  return rest;
}

/** M50, nominal split of a subnet's alpha in parts of it; the sum is 1. */
export interface NominalSplit {
  readonly owner: number;
  readonly miners: number;
  readonly validators: number;
  /** Part of the validators' half that goes to root stake. */
  readonly root: number;
}

/**
 * M50, identity of the alpha for participants: the owner's cut, and half of the rest each for miners and validators, of
 * which root has the root proportion.
 *
 * @param ownerCut ratio; 0.18 on the chain.
 * @param rootProportion M46.
 */
export function nominalSplit(ownerCut: number, rootProportion: number): NominalSplit {
  const half = (1 - ownerCut) / 2;
  return {
    owner: ownerCut,
    miners: half,
    validators: half * (1 - rootProportion),
    root: half * rootProportion,
  };
}

export const EMISSION_BY_ROLE: MetricDefinition = {
  id: "M50",
  name: "Emission by role",
  section: "Emission, supply and distribution",
  text: "What is emitted, by what it was given for: to owners, to miners as incentive, to validators and their nominators as dividends, to root stake. In rao of the subnet's alpha unless the caption says TAO; sums are exact.",
  formula:
    "sums by role per day and cumulative; emitted - sum over roles = 0; owner 18 % + miners 41 % + validators 41 % (of which root_prop to root)",
  units: ["rao", "rao", "ratio"],
  edges:
    "The residual is printed, not hidden: floors of the chain pay a few rao to nobody. TAO values say spot or exit.",
  reference: "the chain's coinbase and payout",
  inputs:
    "`emission.owner`, `emission.miners`, `emission.validators`, `emission.take`, `emission.nominators`, `emission.root`, `emission.burned`, `emission.recycled` against `emission.alpha_emitted`; of epochs `neurons.server_emission`, `neurons.validator_emission`",
  functions: { "emission-by-role.ts": ["sumByRole", "cumulativeByRole", "emissionResidual", "nominalSplit"] },
};
