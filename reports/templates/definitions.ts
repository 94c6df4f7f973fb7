/** A measure that captions name by its id, for the reader who asks what it is. */
export interface Definition {
  /** "M1". */
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** The measures that reports use, by their ids; the same words as in the functions under `reports/metrics`. */
export const DEFINITIONS: readonly Definition[] = [
  {
    id: "M1",
    name: "Gini index",
    text: "The mean absolute difference between two holders, divided by twice the mean. 0 when all hold the same; (n − 1) / n when one of n holds everything. Undefined when nobody holds anything.",
  },
  {
    id: "M2",
    name: "Lorenz curve",
    text: "Holders in ascending order: the share of everything that the smallest k of n hold together, over k / n. The Gini index is 1 less twice the area under it.",
  },
  {
    id: "M3",
    name: "Nakamoto coefficient",
    text: "The smallest number of holders that together hold more than a threshold of everything, here one half. Exactly half is not more than half.",
  },
  {
    id: "M9",
    name: "Rank at a share",
    text: "The smallest number of holders that together hold at least a given share of everything, here 80%.",
  },
  {
    id: "M20",
    name: "Retention",
    text: "The honest share of the emission, dividends and incentive together, less the honest share of the stake. At 0 or above the honest side keeps its share; the contour is where it is 0.",
  },
  {
    id: "M21",
    name: "Required honest utility",
    text: "The smallest weight that an honest side can give itself and keep its share of the emission, at the weight of the cabal for which that is largest.",
  },
  {
    id: "M25",
    name: "Dividends per 1,000",
    text: "1,000 × dividends / stake, epoch by epoch with the stake of that epoch, summed over the run, in alpha. Stake is alpha plus root TAO times the TAO weight.",
  },
  {
    id: "M26",
    name: "Validator trust",
    text: "The sum over neurons of the smaller of the validator's weight and consensus, with weights as shares of the validator's own sum: what is left of its weights after clipping.",
  },
  {
    id: "M50",
    name: "Emission by role",
    text: "What the epochs distribute, in rao of the subnet's alpha, by what it was given for: incentive to miners, dividends to validators. Sums are exact.",
  },
];

/** The measures with these ids, in the order of all. */
export function definitionsOf(ids: readonly string[]): Definition[] {
  return DEFINITIONS.filter(({ id }) => ids.includes(id));
}
