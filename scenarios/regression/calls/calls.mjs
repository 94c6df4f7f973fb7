/** Who sends the calls of calls.yaml. */

import { proxied, scripted, TAO, weights, WHOLE } from "./scripted.mjs";

/** 2,000,000 and the fee of the pool. */
const LEAST = 2_001_007n;

/** A child that takes a part of what it earns for its parents, and has a child of its own. */
export const middle = scripted("middle", "validator", "takes, and passes stake weight on", [
  [3, (_, { coldkey, own }) => [[coldkey, "setChildkeyTake", { hotkey: own, netuid: 1, take: 7_001 }]]],
  [
    4,
    (_, { coldkey, own, other }) => [
      [
        coldkey,
        "setChildren",
        { hotkey: own, netuid: 1, children: [{ proportion: WHOLE / 3n, hotkey: other }] },
      ],
    ],
  ],
  ...Array.from({ length: 28 }, (_, k) => [
    10 + 20 * k,
    (view, { own }) => [[own, "setWeights", weights(1, [...Array(view.subnet(1).count).keys()].slice(1))]],
  ]),
]);

/** Tries to set weights without a permit, or without the stake for it. */
export const unfit = scripted(
  "unfit",
  "validator",
  "sends weights that the chain refuses",
  [30, 90, 150, 210].map((block) => [block, (_, { own }) => [[own, "setWeights", weights(1, [1, 2, 3])]]]),
);

/** Sets weights once and is silent from then on. */
export const silent = scripted("silent", "validator", "sets weights once", [
  [25, (_, { own }) => [[own, "setWeights", weights(1, [1, 2, 3])]]],
]);

/** Stakes, and leaves a nomination behind that is too small to stay. */
export const crumbs = scripted("crumbs", "delegator", "stakes too little, then enough, and leaves crumbs", [
  // A rao less than the least stake with its fee, and the least stake.
  ...[LEAST - 1n, LEAST, 2n * TAO].map((amountStaked, k) => [
    5 + k,
    (_, { coldkey, other }) => [[coldkey, "addStake", { hotkey: other, netuid: 1, amountStaked }]],
  ]),
  // Less than the threshold of a claim, and later more.
  ...[27, 48, 190].map((block) => [block, (_, { coldkey }) => [[coldkey, "claimRoot", { subnets: [1] }]]]),
  [195, (_, { coldkey, own }) => [[coldkey, "addStake", { hotkey: own, netuid: 1, amountStaked: TAO }]]],
  // What it locks is more than the crumbs: when those are cleared, the lock shrinks.
  [
    196,
    (view, { coldkey, own, other }) => [
      [coldkey, "lockStake", { hotkey: other, netuid: 1, amount: view.stakeOf(own, 1) + 6_000_000n }],
    ],
  ],
  [
    200,
    (view, { coldkey, other }) => [
      [
        coldkey,
        "removeStake",
        { hotkey: other, netuid: 1, amountUnstaked: view.stakeOf(other, 1) - 7_000_000n },
      ],
    ],
  ],
]);

/** Locks alpha, for a while and for ever, and tries to sell what is locked. */
export const locker = scripted("locker", "delegator", "locks alpha and tries to sell it", [
  [
    5,
    (_, { coldkey, other }) => [[coldkey, "addStake", { hotkey: other, netuid: 1, amountStaked: 40n * TAO }]],
  ],
  [
    20,
    (view, { coldkey, other }) => [
      [coldkey, "lockStake", { hotkey: other, netuid: 1, amount: (view.stakeOf(other, 1) * 9n) / 10n }],
    ],
  ],
  [
    120,
    (view, { coldkey, other }) => [
      [coldkey, "removeStake", { hotkey: other, netuid: 1, amountUnstaked: view.stakeOf(other, 1) / 2n }],
      [coldkey, "removeStake", { hotkey: other, netuid: 1, amountUnstaked: view.stakeOf(other, 1) / 10n }],
    ],
  ],
  [300, (_, { coldkey }) => [[coldkey, "setPerpetualLock", { netuid: 1, enabled: true }]]],
]);

/** Raises a crowdloan, whose funds become a leased subnet. */
export const lending = scripted("lending", "trader", "raises a crowdloan for a leased subnet", [
  [
    2,
    (view, { coldkey }) => [
      [
        coldkey,
        "Crowdloan.create",
        {
          deposit: 20n * TAO,
          minContribution: TAO,
          cap: view.networkCost + 77_777_777_777n,
          end: view.block + 60_000,
          call: { call: "registerLeasedNetwork", args: { emissionsShare: 37, endBlock: null } },
          targetAddress: null,
        },
      ],
    ],
  ],
  [12, (_, { coldkey }) => [[coldkey, "Crowdloan.finalize", { crowdloanId: 0 }]]],
  // The lease owns the subnet, the lender acts for it. Its epoch falls on a whole hundred: then contributors are paid.
  [13, (view, { coldkey }) => proxied(view, coldkey, "startCall", { netuid: 2 })],
  [39, (view, { coldkey }) => proxied(view, coldkey, "setTempo", { netuid: 2, tempo: 360 })],
]);

/** Gives to the crowdloan until it has all that it asks for. */
export const contributing = scripted("contributing", "trader", "contributes to the crowdloan", [
  [4, (_, { coldkey }) => [[coldkey, "Crowdloan.contribute", { crowdloanId: 0, amount: 13n * TAO }]]],
  [5, (_, { coldkey }) => [[coldkey, "Crowdloan.withdraw", { crowdloanId: 0 }]]],
  [
    6,
    (view, { coldkey }) => [
      [coldkey, "Crowdloan.contribute", { crowdloanId: 0, amount: view.balance() - 3n * TAO }],
    ],
  ],
]);

/** Sets from which amount root dividends are claimed on its subnet. */
export const thrifty = scripted("thrifty", "owner", "sets the threshold of root claims", [
  [2, (_, { coldkey }) => [[coldkey, "sudoSetRootClaimThreshold", { netuid: 1, newValue: 9_000_000n }]]],
]);
