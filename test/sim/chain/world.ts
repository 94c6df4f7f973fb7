/** A small network that tests of calls act on: three rich coldkeys, two started subnets, a few stakes. */
import { mintTao } from "../../../sim/chain/accounts/accounts.ts";
import type { Origin } from "../../../sim/chain/calls/call.ts";
import { dispatch, type Call, type CallArguments, type CallName } from "../../../sim/chain/calls/dispatch.ts";
import { createChain, type Chain } from "../../../sim/chain/chain.ts";
import { exactEpochRunner } from "../../../sim/chain/epoch/runEpoch.ts";
import type { ChainError } from "../../../sim/chain/errors.ts";
import { switchLimitOrders } from "../../../sim/chain/orders/calls.ts";
import { SUBTENSOR_425 } from "../../../sim/chain/protocol/protocol.ts";
import { createNetwork } from "../../../sim/chain/state/genesis.ts";
import type { AccountId, Netuid, NetworkState, Subnet } from "../../../sim/chain/state/network.ts";

/** Coldkeys with a million TAO each; alice owns subnet 1, bob subnet 2, dave has no hotkey. */
export const [ALICE, BOB, CAROL, DAVE] = [1, 2, 3, 4];
/** Has nothing. */
export const POOR = 9;
/** Hotkeys of alice, bob and carol, all registered on both subnets. */
export const [ALICE_HOT, BOB_HOT, CAROL_HOT] = [101, 102, 103];
/** Belongs to nobody. */
export const STRANGE_HOT = 777;

export const TAO = 1_000_000_000n;
export const ROOT_ORIGIN: Origin = "root";

export const signedBy = (account: AccountId): Origin => ({ signed: account });

export class World {
  readonly chain: Chain;

  constructor() {
    this.chain = createChain(createNetwork(SUBTENSOR_425), {
      protocol: SUBTENSOR_425,
      runEpoch: exactEpochRunner(),
      parentHash: () => [1n, 2n, 3n, 4n],
    });
  }

  get state(): NetworkState {
    return this.chain.state;
  }

  subnet(netuid: Netuid): Subnet {
    const subnet = this.state.subnets.get(netuid);
    if (subnet === undefined) throw new Error(`no subnet ${netuid}`);
    return subnet;
  }

  /** Makes a call; the answer is "ok" or the error's name. */
  try<Name extends CallName>(
    origin: Origin | AccountId,
    call: Name,
    args: CallArguments[Name],
  ): ChainError | "ok" {
    const caller = typeof origin === "number" ? signedBy(origin) : origin;
    const result = dispatch(this.chain, { call, origin: caller, args } as Call);
    return result.ok ? "ok" : result.error;
  }

  /** Makes a call that must succeed. */
  ok<Name extends CallName>(origin: Origin | AccountId, call: Name, args: CallArguments[Name]): void {
    const answer = this.try(origin, call, args);
    if (answer !== "ok") throw new Error(`${call} failed with ${answer}`);
  }

  /** Lets blocks pass without block steps; every subnet's period starts anew, so no freeze window is on. */
  jump(block: number): void {
    const { state } = this;
    state.block = block;
    for (const netuid of state.netuids) state.columns.lastEpochBlock[netuid] = block;
  }

  wait(blocks: number): void {
    this.jump(this.state.block + blocks);
  }
}

/** The network of the tests at block 40,000: weights are set in the open on subnet 1, committed on subnet 2. */
export function openWorld(): World {
  const world = new World();
  const { chain, state } = world;
  for (const coldkey of [ALICE, BOB, CAROL, DAVE]) mintTao(chain, coldkey, 1_000_000n * TAO);
  switchLimitOrders(chain, true);
  world.jump(1_000);
  world.ok(ALICE, "registerNetwork", { hotkey: ALICE_HOT });
  world.ok(ALICE, "startCall", { netuid: 1 });
  world.jump(20_000);
  world.ok(BOB, "registerNetwork", { hotkey: BOB_HOT });
  world.ok(BOB, "startCall", { netuid: 2 });
  world.ok(CAROL, "tryAssociateHotkey", { hotkey: CAROL_HOT });
  const members = [
    [ALICE, ALICE_HOT],
    [BOB, BOB_HOT],
    [CAROL, CAROL_HOT],
  ] as const;
  for (const netuid of [1, 2])
    for (const [coldkey, hotkey] of members)
      if (!world.subnet(netuid).neurons.uidOf.has(hotkey))
        world.ok(coldkey, "burnedRegister", { netuid, hotkey });
  world.ok("root", "sudoSetCommitRevealWeightsEnabled", { netuid: 1, value: false });
  for (const [coldkey, hotkey] of members)
    for (const netuid of [0, 1, 2])
      world.ok(coldkey, "addStake", { hotkey, netuid, amountStaked: 100n * TAO });
  state.blockAuthor = null;
  world.jump(40_000);
  return world;
}
