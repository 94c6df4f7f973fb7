import { trustSigmoid } from "../trust.ts";

/**
 * A cabal's share of all stake after each block of the white paper's trust model, in which two disjoint groups rank only themselves
 * and each group's rank counts by the sigmoid of its share of stake, with 0.5 in its middle.
 * @param share the cabal's share of stake at the beginning, 0..1
 * @param inflation new stake per block, as a part of all stake
 * Source: "Bittensor: A Peer-to-Peer Intelligence Market" (Rao et al.), section on collusion.
 */
export function cabalUnderTrust(
  share: number,
  inflation: number,
  temperature: number,
  blocks: number,
): number[] {
  const trust = (part: number) => trustSigmoid(part, temperature, 0.5);
  const history: number[] = [];
  let honest = 1 - share;
  let cabal = share;
  for (let block = 0; block < blocks; block++) {
    const total = honest + cabal;
    const honestIncentive = honest * trust(honest / total);
    const cabalIncentive = cabal * trust(cabal / total);
    const incentives = honestIncentive + cabalIncentive;
    honest += (inflation * total * honestIncentive) / incentives;
    cabal += (inflation * total * cabalIncentive) / incentives;
    history.push(cabal / (honest + cabal));
  }
  return history;
}

/**
 * The emission share of the honest side in the two-group game: an honest majority and a cabal each split their weight between the
 * servers of both groups; servers and validators have half of the emission each, from fresh bonds.
 * @param honestStake share of stake, above 0.5
 * @param honestWeight what the honest give to honest servers, 0..1
 * @param cabalWeight what the cabal gives to its own servers, 0..1
 * @param consensus cut what the cabal weighs above the weights of the majority, the sharp limit of the paper's smooth median
 * Source: "Stake-Based Consensus for Utility Scoring", two-group game.
 */
export function honestEmission(
  honestStake: number,
  honestWeight: number,
  cabalWeight: number,
  consensus: boolean,
): number {
  const clip = (weight: number, majority: number) => (consensus ? Math.min(weight, majority) : weight);
  const toHonest = (1 - honestStake) * clip(1 - cabalWeight, honestWeight);
  const toCabal = (1 - honestStake) * clip(cabalWeight, 1 - honestWeight);
  const total = honestStake + toHonest + toCabal;
  const servers = (honestStake * honestWeight + toHonest) / total;
  const validators = honestStake / total;
  return (servers + validators) / 2;
}
