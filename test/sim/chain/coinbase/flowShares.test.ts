import { expect, it } from "vitest";
import { mintTao, subnetAccount } from "../../../../sim/chain/accounts/accounts.ts";
import { createChain } from "../../../../sim/chain/chain.ts";
import { blockStep } from "../../../../sim/chain/coinbase/blockStep.ts";
import { PRESETS, withMaturedTaoFlow, withTaoFlow } from "../../../../sim/chain/protocol/presets.ts";
import { addSubnet, createNetwork, emptySubnet } from "../../../../sim/chain/state/genesis.ts";

const TAO = 1_000_000_000n;

/** Two equal subnets; users moved TAO only into the first. */
function emissions(protocol: typeof PRESETS.minimal): { spent: bigint[]; flows: bigint[] } {
  const chain = createChain(createNetwork(protocol), { protocol, runEpoch: () => [], parentHash: () => [] });
  const { state, journal } = chain;
  const { columns } = state;
  for (const netuid of [1, 2]) {
    addSubnet(journal, state, emptySubnet(netuid, 0, protocol.newSubnetParameters()));
    columns.mechanism[netuid] = 1;
    columns.subtokenEnabled[netuid] = 1;
    columns.firstEmissionBlock[netuid] = 1;
    columns.tao[netuid] = 1_000n * TAO;
    columns.alphaIn[netuid] = 10_000n * TAO;
    columns.movingPrice[netuid] = 1n << 30n;
    mintTao(chain, subnetAccount(netuid), 1_000n * TAO);
  }
  columns.taoFlow[1] = 500n * TAO;
  blockStep(chain);
  return {
    spent: [1, 2].map((netuid) => (columns.tao[netuid] ?? 0n) - 1_000n * TAO),
    flows: [1, 2].map((netuid) => columns.taoFlow[netuid] ?? 0n),
  };
}

it("shares by prices: equal prices get the same", () => {
  const { spent, flows } = emissions(PRESETS.compiled);
  expect(spent[0]).toBe(spent[1]);
  expect(spent[0]).toBeGreaterThan(0n);
  expect(flows).toEqual([500n * TAO, 0n]);
});

it("shares by flows where the protocol says so: TAO goes where TAO came in, and the flows start anew", () => {
  const { spent, flows } = emissions(withTaoFlow(PRESETS.compiled));
  expect(spent[0]).toBeGreaterThan(999_000_000n);
  expect(spent[1]).toBe(0n);
  expect(flows).toEqual([0n, 0n]);
});

it("lets flows mature: what just came in counts by the average of its average, what left counts at once", () => {
  const protocol = withMaturedTaoFlow(PRESETS.compiled);
  const subnets = [1, 2].map((netuid) => ({ netuid }));
  const chain = createChain(createNetwork(protocol), { protocol, runEpoch: () => [], parentHash: () => [] });
  const { state, journal } = chain;
  for (const { netuid } of subnets)
    addSubnet(journal, state, emptySubnet(netuid, 0, protocol.newSubnetParameters()));
  const sharesAfter = (first: bigint, second: bigint): number[] => {
    [state.columns.taoFlow[1], state.columns.taoFlow[2]] = [first, second];
    return protocol.rules.shares(subnets as never, chain as never).map((share) => Number(share) / 2 ** 64);
  };
  // Both get as much, and for a long time nothing moves.
  sharesAfter(1_000n * TAO, 1_000n * TAO);
  for (let block = 0; block < 1_000; block++) sharesAfter(0n, 0n);
  // The averages of the first would be 11 to 1 now; those that have matured are equal but for one block.
  const [bought] = sharesAfter(10_000n * TAO, 0n);
  expect(bought).toBeGreaterThan(0.5);
  expect(bought).toBeLessThan(0.505);
  // A sale of more than there ever came in is felt in the same block.
  expect(sharesAfter(-20_000n * TAO, 0n)[0]).toBe(0);
});
