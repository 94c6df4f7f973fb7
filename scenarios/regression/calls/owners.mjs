/** Who sends the calls of owners.yaml. */
import { revealHash } from "yumasim";
import { scripted, TAO, weights } from "./scripted.mjs";

const ONE = 1n << 64n;

/** Sets everything that an owner may set, most things twice: the second time too soon. */
export const ruling = scripted(
  "ruling",
  "owner",
  "sets everything that an owner may set",
  [
    [
      6,
      (_, { coldkey }) =>
        [
          ["sudoSetLiquidAlphaEnabled", true],
          ["sudoSetAlphaSigmoidSteepness", 617],
          ["sudoSetAlphaSigmoidSteepness", -617],
          ["sudoSetBondsMovingAverage", 700_000n],
          ["sudoSetBondsPenalty", 40_000],
          ["sudoSetBondsResetEnabled", true],
          ["sudoSetBurnHalfLife", 50],
          ["sudoSetBurnIncreaseMult", (ONE * 3n) / 2n],
          ["sudoSetImmunityPeriod", 30],
          ["sudoSetImmunityPeriod", 31],
          ["sudoSetMaxAllowedUids", 100],
          ["sudoSetMinBurn", 300_000_000n],
          ["sudoSetMaxBurn", 2n * TAO],
          ["sudoSetMinAllowedWeights", 2],
          ["sudoSetMinChildkeyTakePerSubnet", 1_000],
          ["sudoSetOwnerImmuneNeuronLimit", 2],
          ["sudoSetRecycleOrBurn", "Recycle"],
          ["sudoSetToggleTransfer", false],
          ["sudoSetWeightsVersionKey", 7n],
        ].map(([call, value]) => [coldkey, call, { netuid: 1, value }]),
    ],
    [
      8,
      (_, { coldkey }) => [
        [coldkey, "sudoSetAlphaValues", { netuid: 1, alphaLow: 30_001, alphaHigh: 52_003 }],
        [coldkey, "setActivityCutoffFactor", { netuid: 1, factorMilli: 1_500 }],
        [coldkey, "updateSymbol", { netuid: 1, symbol: "β" }],
        [coldkey, "enableVotingPowerTracking", { netuid: 1 }],
        [coldkey, "sudoSetMechanismCount", { netuid: 1, mechanismCount: 2 }],
        [coldkey, "sudoSetMechanismEmissionSplit", { netuid: 1, maybeSplit: [40_001, 25_534] }],
      ],
    ],
    // The freeze before an epoch.
    [18, (_, { coldkey }) => [[coldkey, "sudoSetBondsPenalty", { netuid: 1, value: 41_000 }]]],
    [46, (_, { coldkey }) => [[coldkey, "triggerEpoch", { netuid: 1 }]]],
    [48, (_, { coldkey }) => [[coldkey, "triggerEpoch", { netuid: 1 }]]],
    [
      70,
      (_, { coldkey, second }) => [
        [coldkey, "sudoSetOwnerCutAutoLockEnabled", { netuid: 1, value: true }],
        [coldkey, "sudoSetSnOwnerHotkey", { netuid: 1, hotkey: second }],
        [coldkey, "sudoSetSubnetOwnerHotkey", { netuid: 1, hotkey: second }],
        [coldkey, "sudoSetYuma3Enabled", { netuid: 1, value: false }],
      ],
    ],
    [110, (_, { coldkey }) => [[coldkey, "sudoTrimToMaxAllowedUids", { netuid: 1, maxN: 64 }]]],
    [111, (_, { coldkey }) => [[coldkey, "sudoTrimToMaxAllowedUids", { netuid: 1, maxN: 65 }]]],
    [130, (_, { coldkey }) => [[coldkey, "sudoSetOwnerCutEnabled", { netuid: 1, value: false }]]],
    [131, (_, { coldkey }) => [[coldkey, "disableVotingPowerTracking", { netuid: 1 }]]],
    [150, (_, { coldkey }) => [[coldkey, "setTempo", { netuid: 1, tempo: 361 }]]],
    [151, (_, { coldkey }) => [[coldkey, "setTempo", { netuid: 1, tempo: 362 }]]],
  ],
  2,
);

/** Owns the other subnets. */
export const waiting = scripted("waiting", "owner", "does nothing, then turns to commit-reveal", [
  [150, (_, { coldkey }) => [[coldkey, "sudoSetCommitRevealWeightsInterval", { netuid: 2, value: 2 }]]],
  [151, (_, { coldkey }) => [[coldkey, "sudoSetCommitRevealWeightsEnabled", { netuid: 3, value: true }]]],
]);

/** Tries what only an owner may. */
export const usurping = scripted("usurping", "trader", "tries what only an owner may", [
  [
    5,
    (_, { coldkey }) => [
      [coldkey, "sudoSetBondsPenalty", { netuid: 1, value: 1 }],
      [coldkey, "setTempo", { netuid: 1, tempo: 500 }],
      [coldkey, "sudoSetKappa", { netuid: 1, value: 1 }],
    ],
  ],
]);

/** Weighs the miners of both mechanisms, one by one or in a batch. */
export const weighing = scripted(
  "weighing",
  "validator",
  "weighs the miners of two mechanisms",
  Array.from({ length: 14 }, (_, k) => [
    10 + 13 * k,
    (view, { own }) => {
      const subnet = view.subnet(1);
      const me = view.agent.index;
      const uids = [...Array(subnet.count).keys()].filter((uid) => uid === 0 || uid % 7 === (k + me) % 5);
      const values = uids.map((uid) => 1 + ((uid * 7_919 + 31 * me) % 50_000));
      const common = { netuid: 1, dests: uids, weights: values, versionKey: k === 3 ? 6n : 7n };
      return [
        [own, "setWeights", common],
        [own, "setMechanismWeights", { ...common, weights: values.toReversed(), mecid: 1 }],
        [
          own,
          "batchSetWeights",
          {
            netuids: [3, 1],
            weights: [uids.map((uid, i) => [uid, values[i]]).slice(0, 2), [[0, 5]]],
            versionKeys: [7n, 7n],
          },
        ],
      ];
    },
  ]),
);

/** Weights that a hash hides until they are revealed. */
const hidden = (hotkey, k, mechanism = 0) => {
  const content = { uids: [0, 1, 2, 3], values: [9, 3 + k, 1, 2 * k], salt: [k, 77], versionKey: 0n };
  return { content, hash: revealHash(hotkey, { netuid: 2, mechanism, ...content }) };
};

/** Commits by hash, and reveals in time, too early, too late, or several at once. */
export const committing = scripted("committing", "validator", "commits weights by hash", [
  [
    5,
    (_, { own }) => [
      [own, "commitWeights", { netuid: 2, commitHash: hidden(own, 1).hash }],
      [own, "commitWeights", { netuid: 2, commitHash: hidden(own, 2).hash }],
    ],
  ],
  // Too early, then in time.
  ...[7, 29].map((block) => [
    block,
    (_, { own }) => [[own, "revealWeights", { netuid: 2, ...hidden(own, 1).content }]],
  ]),
  [30, (_, { own }) => [[own, "commitWeights", { netuid: 2, commitHash: hidden(own, 3).hash }]]],
  [
    36,
    (_, { own }) => [
      [
        own,
        "batchCommitWeights",
        // The second one comes too fast, and is skipped.
        { netuids: [2, 2], commitHashes: [hidden(own, 4).hash, hidden(own, 7).hash] },
      ],
    ],
  ],
  [
    50,
    (_, { own }) => {
      const parts = [3, 4].map((k) => hidden(own, k).content);
      return [
        [
          own,
          "batchRevealWeights",
          {
            netuid: 2,
            uidsList: parts.map(({ uids }) => uids),
            valuesList: parts.map(({ values }) => values),
            saltsList: parts.map(({ salt }) => salt),
            versionKeys: parts.map(({ versionKey }) => versionKey),
          },
        ],
      ];
    },
  ],
  [
    64,
    (_, { own }) => [
      [own, "commitMechanismWeights", { netuid: 2, mecid: 0, commitHash: hidden(own, 5).hash }],
    ],
  ],
  [86, (_, { own }) => [[own, "revealMechanismWeights", { netuid: 2, mecid: 0, ...hidden(own, 5).content }]]],
  [
    93,
    (view, { own }) => [
      [
        own,
        "commitCrv3MechanismWeights",
        {
          netuid: 2,
          mecid: 0,
          commit: { uids: [0, 1, 2], values: [1, 2, 5], versionKey: 0n },
          revealRound: view.subnet(2).nextEpochBlock - 2,
          availableAt: null,
        },
      ],
    ],
  ],
  [100, (_, { own }) => [[own, "commitWeights", { netuid: 2, commitHash: hidden(own, 6).hash }]]],
  // An epoch too late.
  [145, (_, { own }) => [[own, "revealWeights", { netuid: 2, ...hidden(own, 6).content }]]],
]);

/** Founds subnets: the poorest one has to go. */
export const founding = scripted(
  "founding",
  "trader",
  "registers subnets where there is no room",
  [
    [40, (_, { coldkey, own }) => [[coldkey, "registerNetwork", { hotkey: own }]]],
    [41, (_, { coldkey }) => [[coldkey, "startCall", { netuid: 3 }]]],
    [
      140,
      (_, { coldkey, second }) => [
        [coldkey, "registerNetworkWithIdentity", { hotkey: second, identity: null }],
      ],
    ],
  ],
  2,
);

/** Takes a seat on root, and the smallest seat of another one. */
export const seated = scripted("seated", "validator", "takes a seat on root", [
  [
    4,
    (_, { coldkey, own }) => [
      [coldkey, "addStake", { hotkey: own, netuid: 0, amountStaked: 50n * TAO }],
      [coldkey, "rootRegister", { hotkey: own }],
    ],
  ],
  [7, (_, { coldkey, own }) => [[coldkey, "rootRegister", { hotkey: own }]]],
  [
    9,
    (_, { coldkey, own }) => [[coldkey, "setAutoParentDelegationEnabled", { hotkey: own, enabled: false }]],
  ],
  // Sets no weights but these: its bonds and its activity fade.
  [12, (_, { own }) => [[own, "setWeights", weights(3, [0, 1])]]],
]);

/** Registers in the same block as its likes; whose call expires sooner comes first. */
export const hurrying = scripted("hurrying", "miner", "registers on a subnet that asks for a price", [
  [
    60,
    (view, { coldkey, own }) => [
      [
        coldkey,
        "registerLimit",
        { netuid: 1, hotkey: own, limitPrice: view.agent.index === 1 ? 1n : 5n * TAO },
        ...(view.agent.index === 3 ? [4] : []),
      ],
    ],
  ],
  [61, (_, { coldkey, own }) => [[coldkey, "register", { netuid: 1, hotkey: own }]]],
]);
