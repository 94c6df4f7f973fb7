import type { MetricDefinition } from "./definition.ts";

/**
 * M22, share path of a coalition that stakes what it earns: `s(t+1) = (s(t) S(t) + E e(t)) / (S(t) + E)`, with
 * `S(t+1) = S(t) + E`.
 *
 * @param share s(0), the coalition's share of the stake.
 * @param stake S(0) in any unit.
 * @param emission E per epoch in the same unit.
 * @param earned e(t), the coalition's share of the emission in each epoch.
 * @returns s(0), s(1), ... , one more than `earned` has.
 */
export function sharePath(
  share: number,
  stake: number,
  emission: number,
  earned: readonly number[],
): number[] {
  const path = [share];
  let whole = stake;
  for (const part of earned) {
    path.push((path.at(-1)! * whole + emission * part) / (whole + emission));
    whole += emission;
  }
  return path;
}

/**
 * M22, time to majority: the first epoch in which the coalition's share of the stake is above kappa.
 *
 * @returns an index of `path`, or `null`: never within it.
 */
export function timeToMajority(path: ArrayLike<number>, kappa: number): number | null {
  for (let epoch = 0; epoch < path.length; epoch++) if (path[epoch]! > kappa) return epoch;
  return null;
}

export const MAJORITY_TIME: MetricDefinition = {
  id: "M22",
  name: "Time to majority",
  section: "Consensus quality and attacks",
  text: "The first epoch in which a coalition's share of the stake is above kappa, when it stakes all that it earns. Never, where its share does not get there.",
  formula: "first t with s(t) > kappa; s(t+1) = (s(t) S + E e(t)) / (S + E)",
  units: ["epochs"],
  edges: "Exactly kappa is not above it. Not reached in the epochs that are given: never (undefined).",
  reference: 'Rao et al., "Bittensor: A Peer-to-Peer Intelligence Market"',
  inputs:
    "`neurons.stake_weight_ratio` of the coalition over epochs; or shares, stake and emission of the caller",
  functions: { "majority.ts": ["sharePath", "timeToMajority"] },
};
