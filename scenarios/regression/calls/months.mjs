/** Who sends the calls of months.yaml. */
import { coldkeyHash } from "yumasim";
import { proxied, scripted, TAO } from "./scripted.mjs";

/** Locks most of its alpha for ever, until its conviction takes the subnet over; then it rules. */
export const convinced = scripted(
  "convinced",
  "delegator",
  "locks its alpha until the subnet is its own",
  [
    [
      5,
      (view, { coldkey, own }) => [
        [coldkey, "lockStake", { hotkey: own, netuid: 1, amount: (view.stakeOf(own, 1) * 49n) / 50n }],
        [coldkey, "setPerpetualLock", { netuid: 1, enabled: true }],
      ],
    ],
    // Between hotkeys of one owner conviction is kept.
    [20_000, (_, { coldkey, second }) => [[coldkey, "moveLock", { destinationHotkey: second, netuid: 1 }]]],
    ...[100_000, 119_900].map((block) => [
      block,
      (_, { coldkey }) => [[coldkey, "sudoSetBondsPenalty", { netuid: 1, value: 31_007 }]],
    ]),
  ],
  2,
);

/** Locks for somebody else and for a while: less conviction than the first. */
export const wavering = scripted("wavering", "delegator", "locks its alpha for this one and that one", [
  [
    6,
    (view, { coldkey, own, other }) => [
      [coldkey, "lockStake", { hotkey: other, netuid: 1, amount: view.stakeOf(own, 1) / 2n }],
    ],
  ],
  // Between hotkeys of different owners it is lost.
  [30_001, (_, { coldkey, own }) => [[coldkey, "moveLock", { destinationHotkey: own, netuid: 1 }]]],
]);

const loan = (view, changes) => ({
  deposit: 20n * TAO,
  minContribution: TAO,
  cap: 100n * TAO,
  end: view.block + 50_400,
  call: null,
  targetAddress: null,
  ...changes,
});

/** Three crowdloans: one ends in a lease that ends, one is given back, one pays its target. */
export const lending = scripted("lending", "trader", "raises crowdloans", [
  [
    2,
    (view, { coldkey, other }) => [
      [
        coldkey,
        "Crowdloan.create",
        loan(view, {
          cap: view.networkCost + 77_777_777_777n,
          call: {
            call: "registerLeasedNetwork",
            args: { emissionsShare: 37, endBlock: view.block + 20_000 },
          },
        }),
      ],
      [coldkey, "Crowdloan.create", loan(view, { targetAddress: other })],
      [coldkey, "Crowdloan.create", loan(view, { targetAddress: other })],
    ],
  ],
  [
    4,
    (_, { coldkey }) => [
      [coldkey, "Crowdloan.setMaxContribution", { crowdloanId: 1, newMaxContribution: 31n * TAO }],
    ],
  ],
  [12, (_, { coldkey }) => [[coldkey, "Crowdloan.finalize", { crowdloanId: 0 }]]],
  [13, (view, { coldkey }) => proxied(view, coldkey, "startCall", { netuid: 2 })],
  [39, (view, { coldkey }) => proxied(view, coldkey, "setTempo", { netuid: 2, tempo: 360 })],
  [
    50,
    (view, { coldkey }) => [
      [coldkey, "Crowdloan.updateCap", { crowdloanId: 2, newCap: 60n * TAO }],
      [coldkey, "Crowdloan.updateMinContribution", { crowdloanId: 2, newMinContribution: 3n * TAO }],
      [coldkey, "Crowdloan.updateEnd", { crowdloanId: 2, newEnd: view.block + 60_000 }],
      [coldkey, "Crowdloan.updateEnd", { crowdloanId: 2, newEnd: view.block + 10 }],
    ],
  ],
  [70, (_, { coldkey }) => [[coldkey, "Crowdloan.finalize", { crowdloanId: 2 }]]],
  [10_000, (_, { coldkey, own }) => [[coldkey, "terminateLease", { leaseId: 0, hotkey: own }]]],
  [25_000, (_, { coldkey, own }) => [[coldkey, "terminateLease", { leaseId: 0, hotkey: own }]]],
  [
    52_000,
    (_, { coldkey }) => [
      [coldkey, "Crowdloan.dissolve", { crowdloanId: 1 }],
      [coldkey, "Crowdloan.refund", { crowdloanId: 1 }],
      [coldkey, "Crowdloan.dissolve", { crowdloanId: 1 }],
    ],
  ],
]);

/** Gives to all of them. */
export const contributing = scripted("contributing", "trader", "contributes to crowdloans", [
  [
    6,
    (view, { coldkey }) => [
      [coldkey, "Crowdloan.contribute", { crowdloanId: 0, amount: view.balance() - 300n * TAO }],
      [coldkey, "Crowdloan.contribute", { crowdloanId: 1, amount: 30n * TAO }],
      [coldkey, "Crowdloan.contribute", { crowdloanId: 1, amount: 5n * TAO }],
    ],
  ],
  [
    60,
    (_, { coldkey }) =>
      [2n, 30n].map((amount) => [coldkey, "Crowdloan.contribute", { crowdloanId: 2, amount: amount * TAO }]),
  ],
  [51_000, (_, { coldkey }) => [[coldkey, "Crowdloan.contribute", { crowdloanId: 1, amount: TAO }]]],
]);

/** Announces that another coldkey takes over, waits, and lets it. */
export const leaving = scripted("leaving", "delegator", "hands everything to another coldkey", [
  [
    7,
    (_, { coldkey, own, other }) => [
      [coldkey, "lockStake", { hotkey: own, netuid: 1, amount: 100n * TAO }],
      [coldkey, "addStake", { hotkey: other, netuid: 1, amountStaked: 5n * TAO }],
    ],
  ],
  ...[8, 9].map((block) => [
    block,
    (_, { coldkey, partners: [heir] }) => [
      [coldkey, "announceColdkeySwap", { newColdkeyHash: coldkeyHash(heir.coldkey) }],
    ],
  ]),
  // Nothing else passes in the meantime.
  [10, (_, { coldkey, own }) => [[coldkey, "removeStake", { hotkey: own, netuid: 1, amountUnstaked: TAO }]]],
  ...[35_000, 36_010].map((block) => [
    block,
    (_, { coldkey, partners: [heir] }) => [[coldkey, "swapColdkeyAnnounced", { newColdkey: heir.coldkey }]],
  ]),
]);

/** The coldkey that takes over. */
export const heir = scripted("heir", "delegator", "takes over from another coldkey", [
  [
    40_000,
    (view, { coldkey, other }) => [
      [coldkey, "removeStake", { hotkey: other, netuid: 1, amountUnstaked: view.stakeOf(other, 1) }],
    ],
  ],
]);

/** Announces, and thinks better of it; another one has its announcement disputed. */
export const hesitating = scripted(
  "hesitating",
  "delegator",
  "announces another coldkey and takes that back",
  [
    [
      8,
      (_, { coldkey, partners: [heir] }) => [
        [coldkey, "announceColdkeySwap", { newColdkeyHash: coldkeyHash(heir.coldkey) }],
      ],
    ],
    [
      100,
      (view, { coldkey }) =>
        view.agent.index === 0
          ? [[coldkey, "clearColdkeySwapAnnouncement", {}]]
          : [[coldkey, "disputeColdkeySwap", {}]],
    ],
    [
      44_000,
      (_, { coldkey, own }) => [
        [coldkey, "clearColdkeySwapAnnouncement", {}],
        [coldkey, "removeStake", { hotkey: own, netuid: 1, amountUnstaked: 20n * TAO }],
      ],
    ],
  ],
);

/** An owner whose subnet goes over to another coldkey. */
export const retiring = scripted("retiring", "owner", "hands its subnet to another coldkey", [
  [
    3,
    (_, { coldkey, own }) => [
      [coldkey, "addStake", { hotkey: own, netuid: 1, amountStaked: 9n * TAO }],
      [coldkey, "lockStake", { hotkey: own, netuid: 1, amount: 500n * TAO }],
    ],
  ],
  [
    6,
    (_, { coldkey, partners }) => [
      [coldkey, "announceColdkeySwap", { newColdkeyHash: coldkeyHash(partners[1].coldkey) }],
    ],
  ],
  [
    50_000,
    (_, { coldkey, partners }) => [[coldkey, "swapColdkeyAnnounced", { newColdkey: partners[1].coldkey }]],
  ],
]);
