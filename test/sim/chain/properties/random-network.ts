/** A random network of the minimal preset, and a run of random calls and blocks over it. */
import { createHash } from "node:crypto";
import { mintTao } from "../../../../sim/chain/accounts/accounts.ts";
import { dispatch, type CallName } from "../../../../sim/chain/calls/dispatch.ts";
import { createChain, type Chain } from "../../../../sim/chain/chain.ts";
import { blockStep } from "../../../../sim/chain/coinbase/blockStep.ts";
import { exactEpochRunner } from "../../../../sim/chain/epoch/runEpoch.ts";
import { checkAllShares } from "../../../../sim/chain/invariants.ts";
import { switchLimitOrders } from "../../../../sim/chain/orders/calls.ts";
import { PRESETS } from "../../../../sim/chain/protocol/presets.ts";
import { createNetwork } from "../../../../sim/chain/state/genesis.ts";
import type { NetworkState } from "../../../../sim/chain/state/network.ts";
import { canonical } from "../canonical.ts";
import type { Draw } from "./draw.ts";
import { randomCall } from "./random-calls.ts";

const surroundings = () => ({
  protocol: PRESETS.minimal,
  runEpoch: exactEpochRunner(),
  parentHash: (block: number) => [1n, 2n, 3n, 4n].map((i) => BigInt(block) * 0x9e37_79b9n * i),
});

/** Six coldkeys, two started subnets. */
export function randomNetwork(draw: Draw): Chain {
  const chain = createChain(createNetwork(PRESETS.minimal), surroundings());
  const { state } = chain;
  for (const coldkey of [1, 2, 3, 4, 5, 6])
    mintTao(chain, coldkey, 1n + (draw.amount() % 10n ** 14n) + 10n ** 12n);
  switchLimitOrders(chain, true);
  if (draw.chance(80)) {
    state.blockAuthor = 999;
    mintTao(chain, 999, 1_000n);
  }
  for (const owner of [1, 2]) {
    for (let i = 0; i < 6; i++) blockStep(chain);
    const own = { signed: owner };
    dispatch(chain, { call: "registerNetwork", origin: own, args: { hotkey: 100 + owner } });
    dispatch(chain, { call: "startCall", origin: own, args: { netuid: owner } });
    dispatch(chain, {
      call: "sudoSetSubnetEmissionEnabled",
      origin: "root",
      args: { netuid: owner, value: true },
    });
  }
  return chain;
}

/** The same chain with a state of its own. */
export const forked = ({ state }: Chain): Chain => createChain(structuredClone(state), surroundings());

export const digest = (state: NetworkState): string =>
  createHash("sha256").update(canonical(state)).digest("hex");

const sum = (values: Iterable<bigint>): bigint => {
  let total = 0n;
  for (const value of values) total += value;
  return total;
};

/** Counts everything again and compares it with the running totals. Throws what does not hold. */
export function audit(state: NetworkState): void {
  const fail = (what: string): never => {
    throw new Error(`block ${state.block}: ${what}`);
  };
  const held = sum(state.balances.values()) + sum(state.columns.account) + sum(state.reserved.values());
  if (held !== state.accountsTotal) fail(`accounts hold ${held}, the total says ${state.accountsTotal}`);
  if (held !== state.balancesIssuance) fail(`accounts hold ${held}, issued are ${state.balancesIssuance}`);
  for (const [account, balance] of state.balances)
    if (balance <= 0n) fail(`account ${account} has ${balance}`);
  checkAllShares(state);
  for (const [netuid, subnet] of state.subnets) {
    const { neurons } = subnet;
    const staked = sum([...subnet.pools.values()].map(({ value }) => value));
    if (staked !== subnet.stakedAlpha) fail(`subnet ${netuid}: pools ${staked}, total ${subnet.stakedAlpha}`);
    if (neurons.hotkeys.length !== neurons.count || neurons.uidOf.size !== neurons.count)
      fail(`subnet ${netuid}: ${neurons.count} neurons, ${neurons.hotkeys.length} hotkeys`);
    for (const [uid, hotkey] of neurons.hotkeys.entries())
      if (neurons.uidOf.get(hotkey) !== uid) fail(`subnet ${netuid}: hotkey ${hotkey} is not at uid ${uid}`);
    for (const [parent, links] of subnet.children)
      for (const { hotkey } of links)
        if (subnet.parents.get(hotkey)?.some((link) => link.hotkey === parent) !== true)
          fail(`subnet ${netuid}: child ${hotkey} does not know its parent ${parent}`);
  }
}

/** What a run met. */
export interface Met {
  readonly succeeded: Set<CallName>;
  readonly errors: Set<string>;
}

/** `steps` random calls and blocks. A rejected call must leave the state as it was: some are compared as a whole. */
export function runRandomly(chain: Chain, draw: Draw, steps: number, met?: Met): void {
  for (let step = 0; step < steps; step++) {
    if (draw.chance(25)) {
      blockStep(chain);
      continue;
    }
    const call = randomCall(draw, chain.state);
    const compared = draw.chance(1) ? digest(chain.state) : null;
    const result = dispatch(chain, call);
    if (result.ok) met?.succeeded.add(call.call);
    else {
      met?.errors.add(result.error);
      if (compared !== null && digest(chain.state) !== compared)
        throw new Error(`${call.call} failed with ${result.error} but changed the state`);
    }
    if (chain.state.accountsTotal !== chain.state.balancesIssuance)
      throw new Error(`${call.call} breaks the books: ${JSON.stringify(result)}`);
  }
  audit(chain.state);
}
