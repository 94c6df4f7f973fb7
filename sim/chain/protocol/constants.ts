/** What the runtime fixes: no call changes these. One value per line, with its source. */
export interface Constants {
  /** Rao below which an account is removed. spec/governance-and-accounts.md 1 */
  readonly existentialDeposit: bigint;
  /** MIN: smallest stake, rao. spec/staking.md 4 */
  readonly minStake: bigint;
  /** Take of a hotkey without entry, u16. spec/staking.md 9 */
  readonly defaultDelegateTake: number;
  /** Most children of a hotkey on a subnet. spec/staking.md 8.1 */
  readonly maxChildren: number;
  /** Blocks between changes of the children of a hotkey. spec/staking.md 8.1 */
  readonly setChildrenRateLimit: number;
  /** Smallest and largest tempo that an owner may set. spec/emission.md 8 */
  readonly minTempo: number;
  readonly maxTempo: number;
  /** Uids times mechanisms. spec/epoch.md 10 */
  readonly maxUidsTimesMechanisms: number;
  /** Commits that one hotkey may have open. spec/weights.md 3 */
  readonly maxUnrevealedCommits: number;
  /** Burn of a new subnet, rao. spec/subnets.md 1.1 */
  readonly newSubnetBurn: bigint;
  /** Cost of a hotkey swap on all subnets, rao. spec/governance-and-accounts.md 5 */
  readonly keySwapCost: bigint;
  /** Cost of a hotkey swap on one subnet, rao. spec/calls.md 10 */
  readonly keySwapOnSubnetCost: bigint;
  /** Blocks between hotkey swaps on a subnet. spec/governance-and-accounts.md 5 */
  readonly hotkeySwapOnSubnetInterval: number;
  /** Cost of the first announcement of a coldkey swap, rao. spec/governance-and-accounts.md 6 */
  readonly coldkeySwapCost: bigint;
  /** Blocks after the registration of a subnet before conviction can change its owner. spec/governance-and-accounts.md 10 */
  readonly ownershipChangeMinAge: number;
}

export const CONSTANTS_425: Constants = {
  existentialDeposit: 500n,
  minStake: 2_000_000n,
  defaultDelegateTake: 11_796,
  maxChildren: 5,
  setChildrenRateLimit: 150,
  minTempo: 360,
  maxTempo: 50_400,
  maxUidsTimesMechanisms: 256,
  maxUnrevealedCommits: 10,
  newSubnetBurn: 1_000_000_000n,
  keySwapCost: 100_000_000n,
  keySwapOnSubnetCost: 1_000_000n,
  hotkeySwapOnSubnetInterval: 7_200,
  coldkeySwapCost: 100_000_000n,
  ownershipChangeMinAge: 2_629_800,
};
