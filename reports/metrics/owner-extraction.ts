import { ratioOf } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/** M55, what the owner of a subnet did in a window, rao. */
export interface OwnerFlows {
  /** Alpha received as owner cut. */
  readonly received: bigint;
  /** Alpha sold. */
  readonly sold: bigint;
  /** Alpha locked. */
  readonly locked: bigint;
  /** TAO that the sales brought. */
  readonly realisedTao: bigint;
  /** TAO emitted to the subnet. */
  readonly emittedTao: bigint;
}

/** M55. Ratios; `null` where nothing was received or emitted. */
export interface OwnerExtraction {
  readonly soldPart: number | null;
  readonly lockedPart: number | null;
  readonly realisedOfEmission: number | null;
}

/** M55, owner extraction. Parts can be above 1 where the owner sells what it had before. */
export function ownerExtraction(flows: OwnerFlows): OwnerExtraction {
  const { received, sold, locked, realisedTao, emittedTao } = flows;
  return {
    soldPart: received > 0n ? ratioOf(sold, received) : null,
    lockedPart: received > 0n ? ratioOf(locked, received) : null,
    realisedOfEmission: emittedTao > 0n ? ratioOf(realisedTao, emittedTao) : null,
  };
}

export const OWNER_EXTRACTION: MetricDefinition = {
  id: "M55",
  name: "Owner extraction",
  section: "Emission, supply and distribution",
  text: "What a subnet's owner does with its cut: the parts that it sold and locked, and the TAO that it took out over the TAO that was emitted to the subnet.",
  formula: "sold / received; locked / received; TAO realised / TAO emitted to the subnet",
  units: ["ratio", "ratio", "ratio"],
  edges: "Nothing received or emitted: undefined. Above 1 where the owner sells what it had before.",
  reference: "own definition",
  inputs:
    "`emission.owner`, `emission.tao_injected`, `emission.tao_bought`; what the owner sold from `stakes.alpha` and `accounts.balance`",
  functions: { "owner-extraction.ts": ["ownerExtraction"] },
};
