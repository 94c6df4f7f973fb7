/** Who sends the calls of refused.yaml. */
import { coldkeyHash, revealHash } from "yumasim";
import { scripted, TAO, WHOLE } from "./scripted.mjs";

/** An account that nobody has, one of the chain's own, and a subnet that is not there. */
const UNUSED = 900_000;
const NOWHERE = 77;

/** A validator that has its seat and does nothing. */
export const seated = scripted("seated", "validator", "does nothing", []);

/** Sends what a coldkey may not: its money is enough for all of it. */
export const insisting = scripted("insisting", "delegator", "sends calls that the chain refuses", [
  [
    3,
    (view, { coldkey, own, other }) => {
      const at = (changes) => ({ hotkey: own, netuid: 1, ...changes });
      const children = (links, changes = {}) => [
        "setChildren",
        at({ children: links.map(([hotkey, proportion]) => ({ hotkey, proportion })), ...changes }),
      ];
      const five = [1, 2, 3, 4, 5, 6].map((k) => [UNUSED + k, 1n]);
      const transfer = { destinationColdkey: UNUSED, hotkey: own, alphaAmount: TAO };
      const move = (originNetuid, destinationNetuid, changes = {}) => [
        "moveStake",
        {
          originHotkey: own,
          destinationHotkey: own,
          originNetuid,
          destinationNetuid,
          alphaAmount: TAO,
          ...changes,
        },
      ];
      return [
        ["addStake", at({ netuid: NOWHERE, amountStaked: TAO })],
        ["addStake", at({ netuid: 3, amountStaked: TAO })],
        ["addStake", at({ amountStaked: 1_000_000n * TAO })],
        ["addStake", at({ amountStaked: 900_000_000n * TAO })],
        ["addStake", at({ hotkey: UNUSED, amountStaked: TAO })],
        ["removeStake", at({ netuid: 3, amountUnstaked: TAO })],
        ["removeStake", at({ amountUnstaked: 0n })],
        ["removeStake", at({ amountUnstaked: 1_000n })],
        ["removeStakeLimit", at({ amountUnstaked: 9_000n * TAO, limitPrice: 1n, allowPartial: false })],
        ["unstakeAll", { hotkey: UNUSED }],
        ["unstakeAllAlpha", { hotkey: UNUSED }],
        ["burnAlpha", at({ netuid: NOWHERE, amount: TAO })],
        ["burnAlpha", at({ netuid: 3, amount: TAO })],
        ["burnAlpha", at({ hotkey: UNUSED, amount: TAO })],
        move(1, 1),
        move(1, NOWHERE),
        move(1, 3),
        move(1, 2, { destinationHotkey: UNUSED }),
        move(1, 2, { alphaAmount: 10n }),
        move(1, 1, { destinationHotkey: other, alphaAmount: 10n }),
        ["transferStake", { ...transfer, originNetuid: 2, destinationNetuid: 1 }],
        ["lockStake", at({ amount: 0n })],
        ["lockStake", at({ hotkey: UNUSED, amount: TAO })],
        ["lockStake", at({ netuid: NOWHERE, amount: TAO })],
        ["lockStake", at({ amount: 9_000n * TAO })],
        ["lockStake", at({ amount: 50n * TAO })],
        ["lockStake", at({ hotkey: other, amount: TAO })],
        ["burnAlpha", at({ amount: 60n * TAO })],
        ["swapStake", { hotkey: own, originNetuid: 1, destinationNetuid: 0, alphaAmount: 60n * TAO }],
        ["moveLock", { destinationHotkey: UNUSED, netuid: 1 }],
        ["moveLock", { destinationHotkey: own, netuid: 2 }],
        children([[other, 1n]], { netuid: 0 }),
        children([[other, 1n]], { netuid: NOWHERE }),
        children([[other, 1n]], { hotkey: other }),
        children([
          [other, 1n],
          [other, 1n],
        ]),
        children([[own, 1n]]),
        children(five),
        children([
          [other, WHOLE],
          [UNUSED, 1n],
        ]),
        children([[other, 1n]]),
        ["setChildkeyTake", at({ hotkey: other, take: 1 })],
        ["setChildkeyTake", at({ take: 20_000 })],
        ["setChildkeyTake", at({ take: 5 })],
        ["setChildkeyTake", at({ take: 6 })],
        ["increaseTake", { hotkey: UNUSED, take: 1 }],
        ["increaseTake", { hotkey: other, take: 1 }],
        ["decreaseTake", { hotkey: own, take: 100 }],
        ["decreaseTake", { hotkey: own, take: 101 }],
        ["claimRoot", { subnets: [] }],
        ["claimRoot", { subnets: [1, 2, 3, 4, 5, 6] }],
        ["setRootClaimType", { newRootClaimType: { kind: "KeepSubnets", subnets: [] } }],
        ["sudoSetRootClaimThreshold", { netuid: 1, newValue: 1n }],
        ["burnedRegister", { netuid: 0, hotkey: own }],
        ["burnedRegister", { netuid: NOWHERE, hotkey: own }],
        ["burnedRegister", { netuid: 3, hotkey: own }],
        ["burnedRegister", { netuid: 1, hotkey: other }],
        ["burnedRegister", { netuid: 2, hotkey: own }],
        ["registerLimit", { netuid: 0, hotkey: own, limitPrice: TAO }],
        ["registerLimit", { netuid: NOWHERE, hotkey: own, limitPrice: TAO }],
        ["registerNetwork", { hotkey: other }],
        ["registerNetwork", { hotkey: own }],
        ["registerNetworkWithIdentity", { hotkey: own, identity: null }],
        ["startCall", { netuid: NOWHERE }],
        ["startCall", { netuid: 1 }],
        ["dissolveNetwork", { netuid: 1 }],
        ["setColdkeyAutoStakeHotkey", { netuid: NOWHERE, hotkey: other }],
        ["setColdkeyAutoStakeHotkey", { netuid: 1, hotkey: other }],
        ["setColdkeyAutoStakeHotkey", { netuid: 1, hotkey: other }],
        ["setAutoParentDelegationEnabled", { hotkey: other, enabled: true }],
        ["setAutoParentDelegationEnabled", { hotkey: own, enabled: true }],
        ["swapHotkey", { hotkey: other, newHotkey: UNUSED, netuid: null }],
        ["swapHotkey", { hotkey: own, newHotkey: own, netuid: null }],
        ["swapHotkey", { hotkey: own, newHotkey: UNUSED, netuid: 1 }],
        ["swapHotkeyV2", { hotkey: own, newHotkey: UNUSED, netuid: 1, keepStake: true }],
        ["swapColdkeyAnnounced", { newColdkey: UNUSED }],
        ["disputeColdkeySwap", {}],
        ["clearColdkeySwapAnnouncement", {}],
        ["scheduleSwapColdkey", { newColdkey: UNUSED }],
        ["swapColdkey", { oldColdkey: coldkey, newColdkey: UNUSED, swapCost: 0n }],
        ["Swap.addLiquidity", {}],
        ["sudoSetTotalIssuance", { value: 1n }],
        ["sudoSetNetworkPowRegistrationAllowed", { netuid: 1, value: true }],
        [
          "Proxy.proxy",
          { real: UNUSED, forceProxyType: null, call: { call: "startCall", args: { netuid: 1 } } },
        ],
        ["registerLeasedNetwork", { emissionsShare: 1, endBlock: null }],
        ["terminateLease", { leaseId: 5, hotkey: own }],
        ["Crowdloan.contribute", { crowdloanId: 9, amount: TAO }],
        ["Crowdloan.withdraw", { crowdloanId: 9 }],
        ["Crowdloan.finalize", { crowdloanId: 9 }],
        ["LimitOrders.setPalletStatus", { enabled: true }],
      ]
        .map(([call, args]) => [coldkey, call, args])
        .concat([[own, "setWeights", { netuid: 1, dests: [0], weights: [1], versionKey: 0n }]]);
    },
  ],
  [
    20,
    (view, { coldkey, own }) => {
      const loan = {
        deposit: 20n * TAO,
        minContribution: TAO,
        cap: 100n * TAO,
        end: view.block + 60_000,
        call: null,
        targetAddress: own,
      };
      return [
        ["Crowdloan.create", { ...loan, deposit: TAO }],
        ["Crowdloan.create", { ...loan, cap: 20n * TAO }],
        ["Crowdloan.create", { ...loan, minContribution: 1n }],
        ["Crowdloan.create", { ...loan, targetAddress: null }],
        ["Crowdloan.create", { ...loan, end: view.block }],
        ["Crowdloan.create", { ...loan, end: view.block + 500_000 }],
        ["Crowdloan.create", { ...loan, deposit: 900_000_000n * TAO, cap: 900_000_001n * TAO }],
        ["Crowdloan.create", loan],
        ["Crowdloan.withdraw", { crowdloanId: 0 }],
        ["Crowdloan.contribute", { crowdloanId: 0, amount: 2n * TAO }],
        ["Crowdloan.withdraw", { crowdloanId: 0 }],
        ["Crowdloan.updateMinContribution", { crowdloanId: 0, newMinContribution: 1n }],
        ["Crowdloan.setMaxContribution", { crowdloanId: 0, newMaxContribution: TAO }],
        ["Crowdloan.setMaxContribution", { crowdloanId: 0, newMaxContribution: 20n * TAO }],
        ["Crowdloan.updateMinContribution", { crowdloanId: 0, newMinContribution: 30n * TAO }],
        ["Crowdloan.contribute", { crowdloanId: 0, amount: 2n * TAO }],
        ["Crowdloan.updateCap", { crowdloanId: 0, newCap: TAO }],
        ["Crowdloan.finalize", { crowdloanId: 0 }],
      ].map(([call, args]) => [coldkey, call, args]);
    },
  ],
  // A lock keeps what it holds, and an announcement everything.
  [
    25,
    (view, { coldkey, partners: [heir] }) => [
      [coldkey, "removeStake", { hotkey: UNUSED, netuid: 1, amountUnstaked: view.stakeOf(UNUSED, 1) }],
      [coldkey, "announceColdkeySwap", { newColdkeyHash: coldkeyHash(heir.coldkey) }],
      [coldkey, "swapColdkeyAnnounced", { newColdkey: UNUSED }],
      [coldkey, "swapColdkeyAnnounced", { newColdkey: heir.coldkey }],
    ],
  ],
]);

/** An owner that asks for values out of bounds. */
export const excessive = scripted("excessive", "owner", "asks for values out of bounds", [
  [
    3,
    (_, { coldkey }) =>
      [
        ["sudoSetActivityCutoff", 1],
        ["sudoSetAlphaSigmoidSteepness", -1],
        ["sudoSetBondsMovingAverage", 999_999n],
        ["sudoSetBurnHalfLife", 0],
        ["sudoSetBurnIncreaseMult", 1n],
        ["sudoSetCommitRevealWeightsInterval", 0],
        ["sudoSetCommitRevealWeightsInterval", 101],
        ["sudoSetMaxAllowedUids", 10],
        ["sudoSetMaxAllowedUids", 65],
        ["sudoSetMaxAllowedUids", 257],
        ["sudoSetMaxBurn", 1n],
        ["sudoSetMinBurn", 2n * TAO],
        ["sudoSetMinChildkeyTakePerSubnet", 60_000],
        ["sudoSetOwnerImmuneNeuronLimit", 11],
      ].map(([call, value]) => [coldkey, call, { netuid: 1, value }]),
  ],
  [
    4,
    (_, { coldkey }) =>
      [
        ["sudoSetAlphaValues", { alphaLow: 30_000, alphaHigh: 50_000 }],
        ["setTempo", { tempo: 359 }],
        ["setActivityCutoffFactor", { factorMilli: 999 }],
        ["sudoTrimToMaxAllowedUids", { maxN: 63 }],
        ["sudoTrimToMaxAllowedUids", { maxN: 64 }],
        ["sudoSetMechanismCount", { mechanismCount: 3 }],
        ["sudoSetMechanismCount", { mechanismCount: 2 }],
        ["sudoSetMechanismEmissionSplit", { maybeSplit: [65_536] }],
        ["disableVotingPowerTracking", {}],
        ["updateSymbol", { symbol: "no such symbol" }],
        ["startCall", {}],
        ["sudoSetRootClaimThreshold", { newValue: 10_000_001n }],
        ["sudoSetOwnerCutEnabled", { value: false }],
        ["triggerEpoch", {}],
      ].map(([call, args]) => [coldkey, call, { netuid: 1, ...args }]),
  ],
  // The freeze before an epoch.
  [
    26,
    (_, { coldkey }) =>
      [
        ["sudoSetBondsPenalty", { value: 1 }],
        ["setTempo", { tempo: 360 }],
        ["setActivityCutoffFactor", { factorMilli: 2_000 }],
        ["sudoSetMechanismCount", { mechanismCount: 2 }],
      ].map(([call, args]) => [coldkey, call, { netuid: 1, ...args }]),
  ],
]);

/** A validator whose weights and commits are refused. */
export const unlucky = scripted("unlucky", "validator", "sends weights that the chain refuses", [
  [
    3,
    (view, { own }) => {
      const common = { netuid: 1, dests: [0, 1, 2], weights: [1, 2, 3], versionKey: 0n };
      const content = { uids: [0], values: [1], salt: [1], versionKey: 0n };
      const commitHash = revealHash(own, { netuid: 1, mechanism: 0, ...content });
      const timelocked = {
        netuid: 1,
        commit: { uids: [0], values: [1], versionKey: 0n },
        revealRound: view.block + 30,
        availableAt: null,
        commitRevealVersion: view.commitRevealVersion,
      };
      return [
        ["setWeights", { ...common, netuid: 0 }],
        ["setWeights", { ...common, dests: [0, 1] }],
        ["setMechanismWeights", { ...common, mecid: 1 }],
        ["setWeights", { ...common, dests: Array(90).fill(0), weights: Array(90).fill(1) }],
        ["setWeights", { ...common, dests: [0, 1, 1] }],
        ["setWeights", { ...common, dests: [0, 1, 200] }],
        ["setWeights", { ...common, dests: [0], weights: [1] }],
        ["setWeights", common],
        ["setWeights", common],
        ["batchSetWeights", { netuids: [1], weights: [], versionKeys: [0n] }],
        ["commitWeights", { netuid: 1, commitHash }],
        ["commitTimelockedWeights", timelocked],
        ["revealWeights", { netuid: 1, ...content }],
        ["setWeights", { ...common, netuid: 2 }],
        ["commitTimelockedWeights", { ...timelocked, netuid: 2, commitRevealVersion: 1 }],
        ["commitTimelockedWeights", { ...timelocked, netuid: 2, revealRound: 1 }],
        ["commitTimelockedMechanismWeights", { ...timelocked, netuid: 2, mecid: 1 }],
        ["commitTimelockedMechanismWeights", { ...timelocked, netuid: 2, mecid: 0 }],
        ["commitTimelockedWeights", { ...timelocked, netuid: 2 }],
        ["batchCommitWeights", { netuids: [2], commitHashes: [] }],
        [
          "batchRevealWeights",
          { netuid: 2, uidsList: [[0]], valuesList: [], saltsList: [], versionKeys: [] },
        ],
      ].map(([call, args]) => [own, call, args]);
    },
  ],
]);

/** Takes the smallest seat on root once it has more, and no seat before. */
export const climbing = scripted("climbing", "delegator", "takes a seat on a full root", [
  [4, (_, { coldkey, own }) => [[coldkey, "rootRegister", { hotkey: own }]]],
  [5, (_, { coldkey, own }) => [[coldkey, "addStake", { hotkey: own, netuid: 0, amountStaked: 9n * TAO }]]],
  [7, (_, { coldkey, own }) => [[coldkey, "rootRegister", { hotkey: own }]]],
  [8, (_, { coldkey }) => [[coldkey, "rootRegister", { hotkey: UNUSED }]]],
]);
