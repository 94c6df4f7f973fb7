/** Who sends the calls of keys.yaml. */
import { scripted, TAO, weights, WHOLE } from "./scripted.mjs";

/** An account that nobody has. */
const UNUSED = 900_000;

const children = (netuid, hotkey, ...links) => ({
  hotkey,
  netuid,
  children: links.map(([child, part]) => ({ proportion: WHOLE / part, hotkey: child })),
});

/** Registers, is nominated, has children and parents, and goes on under another hotkey everywhere. */
export const renamed = scripted(
  "renamed",
  "validator",
  "goes on under another hotkey",
  [
    [
      2,
      (_, { coldkey, own }) => [
        [coldkey, "burnedRegister", { netuid: 1, hotkey: own }],
        [coldkey, "addStake", { hotkey: own, netuid: 1, amountStaked: 300n * TAO }],
        [coldkey, "addStake", { hotkey: own, netuid: 0, amountStaked: 40n * TAO }],
        [coldkey, "rootRegister", { hotkey: own }],
        [coldkey, "decreaseTake", { hotkey: own, take: 5_001 }],
      ],
    ],
    [
      5,
      (_, { coldkey, own, other, partners: [partner] }) => [
        [coldkey, "setChildren", children(1, own, [other, 4n], [partner.hotkeys[0], 5n])],
        [coldkey, "lockStake", { hotkey: own, netuid: 1, amount: 50n * TAO }],
        [coldkey, "setChildkeyTake", { hotkey: own, netuid: 1, take: 2_003 }],
      ],
    ],
    [45, (_, { own }) => [[own, "setWeights", weights(1, [1, 2, 4])]]],
    [
      80,
      (_, { coldkey, own, other }) => [
        [coldkey, "swapHotkey", { hotkey: own, newHotkey: other, netuid: null }],
      ],
    ],
    [
      85,
      (_, { coldkey, own, second }) => [
        [coldkey, "swapHotkey", { hotkey: own, newHotkey: second, netuid: null }],
      ],
    ],
    [
      99,
      (_, { coldkey, own, second }) => [
        [coldkey, "swapHotkey", { hotkey: second, newHotkey: own, netuid: null }],
      ],
    ],
    ...[101, 121, 141].map((block) => [
      block,
      (_, { second }) => [[second, "setWeights", weights(1, [1, 3, 4])]],
    ]),
    [
      150,
      (_, { coldkey, second }) => [
        [coldkey, "removeStake", { hotkey: second, netuid: 1, amountUnstaked: 1_000n * TAO }],
      ],
    ],
  ],
  2,
);

/** Goes on under another hotkey on one subnet, and leaves its stake behind. */
export const divided = scripted(
  "divided",
  "validator",
  "goes on under another hotkey on one subnet",
  [
    [
      2,
      (_, { coldkey, own }) => [
        [coldkey, "burnedRegister", { netuid: 1, hotkey: own }],
        [coldkey, "burnedRegister", { netuid: 2, hotkey: own }],
        [coldkey, "addStake", { hotkey: own, netuid: 1, amountStaked: 200n * TAO }],
        [coldkey, "addStake", { hotkey: own, netuid: 2, amountStaked: 100n * TAO }],
        [coldkey, "increaseTake", { hotkey: own, take: 11_001 }],
        [coldkey, "increaseTake", { hotkey: own, take: 11_002 }],
        [coldkey, "increaseTake", { hotkey: own, take: 60_000 }],
      ],
    ],
    [
      60,
      (_, { coldkey, own, second }) => [
        [coldkey, "swapHotkeyV2", { hotkey: own, newHotkey: second, netuid: 2, keepStake: false }],
      ],
    ],
    [
      75,
      (_, { coldkey, own, second }) => [
        [coldkey, "swapHotkeyV2", { hotkey: own, newHotkey: second, netuid: 2, keepStake: false }],
        [coldkey, "swapHotkeyV2", { hotkey: own, newHotkey: second, netuid: 1, keepStake: true }],
      ],
    ],
    [
      90,
      (_, { coldkey, own }) => [
        [coldkey, "swapHotkeyV2", { hotkey: own, newHotkey: UNUSED, netuid: null, keepStake: true }],
      ],
    ],
    ...[101, 121, 141].map((block) => [
      block,
      (_, { second }) => [[second, "setWeights", weights(2, [0, 1])]],
    ]),
  ],
  2,
);

/** A parent that changes its children before and after they come into force. */
export const parental = scripted(
  "parental",
  "validator",
  "changes its children",
  [
    // The second one comes too soon.
    ...[3, 30].map((block) => [
      block,
      (_, { coldkey, own, other, partners: [partner] }) => [
        [coldkey, "setChildren", children(1, own, [other, 3n], [partner.hotkeys[0], 4n])],
      ],
    ]),
    [
      160,
      (_, { coldkey, own, other, partners: [partner] }) => [
        [coldkey, "setChildren", children(1, own, [partner.hotkeys[1], 2n], [other, 3n])],
      ],
    ],
    [330, (_, { coldkey, own }) => [[coldkey, "setChildren", children(1, own)]]],
    ...[4, 25, 46, 67, 88, 109, 130].map((block) => [
      block,
      (_, { own }) => [[own, "setWeights", weights(1, [1, 3])]],
    ]),
  ].toSorted(([a], [b]) => a - b),
);

const calls = scripted("saving", "miner", "has its earnings staked to somebody else", [
  [
    5,
    (_, { coldkey, other }) => [
      [coldkey, "setColdkeyAutoStakeHotkey", { netuid: 1, hotkey: other }],
      [coldkey, "tryAssociateHotkey", { hotkey: UNUSED + 1 }],
      [coldkey, "setColdkeyAutoStakeHotkey", { netuid: 1, hotkey: UNUSED + 1 }],
    ],
  ],
]);

/** A miner whose earnings go to a hotkey that it chose. */
export const saving = {
  ...calls,
  wake: (view, ...rest) => ({
    ...calls.wake(view, ...rest),
    services: [{ netuid: 1, hotkey: view.agent.hotkeys[0], quality: 3 }],
  }),
};

/** An owner whose hotkey, with what is locked for it, goes on under another one. */
export const heralding = scripted("heralding", "owner", "goes on under another owner hotkey", [
  [
    4,
    (_, { coldkey, own }) => [
      [coldkey, "addStake", { hotkey: own, netuid: 1, amountStaked: 3n * TAO }],
      [coldkey, "lockStake", { hotkey: own, netuid: 1, amount: 2n * TAO }],
      [coldkey, "setPerpetualLock", { netuid: 1, enabled: true }],
    ],
  ],
  [
    70,
    (view, { coldkey, own }) => [
      [coldkey, "swapHotkey", { hotkey: own, newHotkey: UNUSED + 10 + view.agent.index, netuid: null }],
    ],
  ],
]);
