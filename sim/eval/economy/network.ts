/** Networks for the families: empty ones, and writing into them as a genesis does. */
import { subnetAccount, mintTao } from "../../chain/accounts/accounts.ts";
import { createChain, type Chain, type EpochRunner } from "../../chain/chain.ts";
import { SUBTENSOR_425 } from "../../chain/protocol/protocol.ts";
import { subnetDefaults } from "../../chain/protocol/defaults.ts";
import { addSubnet, createNetwork, emptySubnet } from "../../chain/state/genesis.ts";
import type { AccountId, Netuid, Subnet } from "../../chain/state/network.ts";
import { InputError } from "../../errors.ts";

/** Parent hash of a block as the vectors define it (golden/economy.md, coinbase). */
export function vectorParentHash(block: number): bigint[] {
  const mask = 0xffff_ffff_ffff_ffffn;
  return [0n, 1n, 2n, 3n].map(
    (i) => (BigInt(block) * 0x9e37_79b9_7f4a_7c15n + i * 0xbf58_476d_1ce4_e5b9n) & mask,
  );
}

/** Pays nobody. */
export const NO_EPOCH: EpochRunner = () => [];

/** A chain with the root subnet and compiled defaults. */
export const emptyChain = (runEpoch: EpochRunner = NO_EPOCH): Chain =>
  createChain(createNetwork(SUBTENSOR_425), {
    protocol: SUBTENSOR_425,
    runEpoch,
    parentHash: vectorParentHash,
  });

/** Adds a subnet with the defaults of one for which nothing is stored. */
export function newSubnet({ state, journal }: Chain, netuid: Netuid): Subnet {
  if (state.subnets.has(netuid) && netuid !== 0)
    throw new InputError(`netuid ${netuid}: there are two of it`);
  const subnet = emptySubnet(netuid, 0, subnetDefaults());
  addSubnet(journal, state, subnet);
  return subnet;
}

/** Puts TAO on a subnet's account. */
export const fundSubnet = (chain: Chain, netuid: Netuid, tao: bigint): void =>
  mintTao(chain, subnetAccount(netuid), tao);

/** Registers a hotkey as owned by a coldkey. */
export function linkHotkey(
  { state, journal }: Chain,
  hotkey: AccountId,
  owner: AccountId,
  take: number | null,
): void {
  journal.mapSet(state.hotkeys, hotkey, { owner, take, takeSetAt: 0 });
  journal.mapSet(state.ownedHotkeys, owner, [...(state.ownedHotkeys.get(owner) ?? []), hotkey]);
}
