/** What is compared: networks side by side, replicas of the same one together. */
import { pairedDifference, type ReplicaSummary, summarise } from "../../metrics/uncertainty.ts";

/** A network on its way into a comparison. */
export interface Candidate<T> {
  /** The same for replicas: scenario and set of overrides. */
  readonly kind: string;
  /** What replicas differ in. */
  readonly seed: string;
  /** Name of the network alone. */
  readonly label: string;
  /** Name of all replicas together. */
  readonly kindLabel: string;
  readonly network: T;
}

/** One side of a comparison. */
export interface Arm<T> {
  readonly label: string;
  /** Replicas, in the same order of seeds in every arm; one where there are none. */
  readonly replicas: readonly T[];
}

/**
 * Networks of the same kind with the same several seeds on every side are replicas of each other; anything else stands
 * alone.
 */
export function armsOf<T>(candidates: readonly Candidate<T>[]): Arm<T>[] {
  const kinds = new Map<string, Map<string, Candidate<T>>>();
  for (const candidate of candidates) {
    const seeds = kinds.get(candidate.kind) ?? new Map<string, Candidate<T>>();
    // Twice the same run is no replica.
    if (seeds.has(candidate.seed)) return alone(candidates);
    kinds.set(candidate.kind, seeds.set(candidate.seed, candidate));
  }
  const [first, ...others] = [...kinds.values()];
  const seeds = [...(first?.keys() ?? [])];
  const balanced = others.every(
    (other) => other.size === seeds.length && seeds.every((seed) => other.has(seed)),
  );
  if (!balanced || others.length === 0 || seeds.length < 2) return alone(candidates);
  return [...kinds.values()].map((own) => ({
    label: own.get(seeds[0]!)!.kindLabel,
    replicas: seeds.map((seed) => own.get(seed)!.network),
  }));
}

const alone = <T>(candidates: readonly Candidate<T>[]): Arm<T>[] =>
  candidates.map(({ label, network }) => ({ label, replicas: [network] }));

/** A number that a network comes to. */
export interface Measure<T> {
  readonly id: string;
  /** For readers. */
  readonly label: string;
  /** With its unit. */
  readonly format: (value: number | null) => string;
  /** Null where it is undefined. */
  readonly value: (network: T) => number | null;
  /** How it is defined. */
  readonly definition: string;
}

/** A measure in every arm, and how it differs from the first. */
export interface Compared<T> {
  readonly measure: Measure<T>;
  /** By arm. */
  readonly values: readonly ReplicaSummary[];
  /** By arm, replica by replica with the same seed; null for the first arm. */
  readonly differences: readonly (ReplicaSummary | null)[];
}

/** Measures every arm; measures that no arm has are left out. */
export function compare<T>(arms: readonly Arm<T>[], measures: readonly Measure<T>[]): Compared<T>[] {
  return measures.flatMap((measure): Compared<T>[] => {
    const values = arms.map(({ replicas }) => replicas.map(measure.value));
    if (values.every((own) => own.every((value) => value === null))) return [];
    return [
      {
        measure,
        values: values.map((own) => summarise(own.filter((value) => value !== null))),
        differences: values.map((own, arm) => {
          if (arm === 0) return null;
          const pairs = own.flatMap((value, i): [number, number][] => {
            const before = values[0]![i] ?? null;
            return value === null || before === null ? [] : [[before, value]];
          });
          return pairedDifference(
            pairs.map(([before]) => before),
            pairs.map(([, after]) => after),
          );
        }),
      },
    ];
  });
}

/** A difference as a part of the first arm's mean; null where that is 0 or either is undefined. */
export function relative(
  { values }: { readonly values: readonly ReplicaSummary[] },
  difference: number | null,
): number | null {
  const base = values[0]!.mean;
  return base === null || base === 0 || difference === null ? null : difference / Math.abs(base);
}
