import * as fc from "fast-check";
import { expect, it } from "vitest";
import { mintTao, subnetAccount } from "../../../../sim/chain/accounts/accounts.ts";
import { createChain } from "../../../../sim/chain/chain.ts";
import { claimRows } from "../../../../sim/chain/coinbase/claimRow.ts";
import { SUBTENSOR_425 } from "../../../../sim/chain/protocol/protocol.ts";
import { setClaimed, setRate } from "../../../../sim/chain/staking/claimRecords.ts";
import { runAutoRootClaims } from "../../../../sim/chain/staking/rootClaims.ts";
import { increaseStake, indexRootStaker } from "../../../../sim/chain/staking/stake.ts";
import { addSubnet, createNetwork, emptySubnet } from "../../../../sim/chain/state/genesis.ts";
import { ROOT, type NetworkState } from "../../../../sim/chain/state/network.ts";

const SURROUNDINGS = { protocol: SUBTENSOR_425, runEpoch: () => [], parentHash: () => [1n, 2n, 3n, 4n] };
const HOTKEYS = [100, 101];

/** Amounts of every length: mostly the first kind, sometimes up to `bits` bits. */
const amounts = (usual: number, bits: number, weight = 40): fc.Arbitrary<bigint> => {
  const sized = (most: number): fc.Arbitrary<bigint> =>
    fc
      .tuple(fc.integer({ min: 0, max: most }), fc.bigInt({ min: 0n, max: (1n << BigInt(most)) - 1n }))
      .map(([length, value]) => value & ((1n << BigInt(length)) - 1n));
  return fc.oneof({ weight, arbitrary: sized(usual) }, { weight: 1, arbitrary: sized(bits) });
};

const subnets = fc.record({
  mechanism: fc.oneof({ weight: 60, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(0) }),
  tao: fc.oneof(
    { weight: 40, arbitrary: fc.bigInt({ min: 1n << 40n, max: 1n << 46n }) },
    { weight: 1, arbitrary: amounts(64, 64) },
  ),
  alphaIn: fc.oneof(
    { weight: 40, arbitrary: fc.bigInt({ min: 1n << 44n, max: 1n << 54n }) },
    { weight: 1, arbitrary: amounts(64, 64) },
  ),
  alphaOut: fc.oneof(
    { weight: 20, arbitrary: fc.bigInt({ min: 1n << 44n, max: 1n << 54n }) },
    { weight: 1, arbitrary: amounts(40, 64) },
  ),
  quoteWeight: fc.oneof(
    fc.constant(500_000_000_000_000_000n),
    fc.bigInt({ min: 350_000_000_000_000_000n, max: 700_000_000_000_000_000n }),
    fc.bigInt({ min: 10_000_000_000_000_000n, max: 990_000_000_000_000_000n }),
  ),
  poolInitialised: fc.oneof(
    { weight: 20, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  volumeLow: fc.oneof(fc.constant(0n), fc.constant((1n << 64n) - 1n)),
  /** On the subnet's account beside the reserve; too little of it makes a claim fail. */
  spare: fc.oneof({ weight: 40, arbitrary: fc.constant(1_000n) }, { weight: 1, arbitrary: fc.constant(-1n) }),
  rates: fc.tuple(fc.option(amounts(31, 45), { freq: 12 }), fc.option(amounts(33, 63), { freq: 12 })),
  claimed: fc.array(amounts(40, 66), { minLength: 4, maxLength: 4 }),
  known: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  threshold: fc.oneof(fc.constant(500_000n << 32n), fc.constant(0n)),
});

const networks = fc.record({
  subnets: fc.array(subnets, { minLength: 0, maxLength: 9 }),
  /** Root stakes by hotkey and coldkey, and what the pools earned since. */
  stakes: fc.array(amounts(45, 56, 30), { minLength: 6, maxLength: 6 }),
  earned: fc.array(amounts(30, 40), { minLength: 2, maxLength: 2 }),
  keeps: fc.oneof({ weight: 20, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

type Values = typeof networks extends fc.Arbitrary<infer T> ? T : never;

function networkOf(values: Values): NetworkState {
  const chain = createChain(createNetwork(SUBTENSOR_425), SURROUNDINGS);
  const { state, journal } = chain;
  state.block = 7_000_000;
  mintTao(chain, subnetAccount(ROOT), 10n ** 15n);
  state.columns.tao[ROOT] = 10n ** 15n;
  state.totalStake = 10n ** 16n;
  for (const hotkey of HOTKEYS) {
    state.claimableHotkeys.set(hotkey, true);
    state.hotkeys.set(hotkey, { owner: 50, take: null, takeSetAt: 0 });
  }
  values.stakes.forEach((stake, i) => {
    const coldkey = 1 + (i >> 1);
    // The first coldkey stakes on one hotkey, as most do.
    if (coldkey === 1 && i % 2 === 1) return;
    increaseStake(chain, HOTKEYS[i % 2] ?? 0, coldkey, ROOT, stake);
    indexRootStaker(chain, coldkey);
  });
  HOTKEYS.forEach((hotkey, i) => {
    const pool = state.subnets.get(ROOT)?.pools.get(hotkey);
    if (pool !== undefined) pool.value += values.earned[i] ?? 0n;
  });
  if (values.keeps) state.rootClaimTypes.set(2, { kind: "Keep" });
  for (const [i, { spare, rates, claimed, known, threshold, ...columns }] of values.subnets.entries()) {
    const netuid = 1 + 2 * i;
    const subnet = emptySubnet(netuid, 0, SUBTENSOR_425.newSubnetParameters());
    addSubnet(journal, state, subnet);
    for (const [name, value] of Object.entries(columns))
      (state.columns[name as keyof typeof columns] as (bigint | number)[] | BigUint64Array)[netuid] =
        value as never;
    mintTao(chain, subnetAccount(netuid), columns.tao + spare > 0n ? columns.tao + spare : 0n);
    const parameters = state.netuidParameters.get(netuid);
    if (parameters !== undefined) parameters.rootClaimThreshold = threshold;
    HOTKEYS.forEach((hotkey, h) => {
      const rate = rates[h] ?? null;
      if (rate === null) return;
      setRate(chain, hotkey, netuid, rate);
      for (let coldkey = 1; coldkey <= 2; coldkey++)
        if (known[h * 2 + coldkey - 1] === true)
          setClaimed(chain, hotkey, coldkey, netuid, claimed[h * 2 + coldkey - 1] ?? 0n);
    });
  }
  return state;
}

/** Everything that claims can change, maps in the order of their keys. */
function contents({ columns, subnets: all, ...state }: NetworkState): string {
  const plain = (_: string, value: unknown): unknown => {
    if (typeof value === "bigint") return `${value}n`;
    if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer).toString("base64");
    return value instanceof Map ? [...value].sort(([a], [b]) => Number(a) - Number(b)) : value;
  };
  const { totalStake, totalIssuance, balancesIssuance, accountsTotal } = state;
  const { stakingHotkeys, rootStakers, rootClaims } = state;
  const totals = { totalStake, totalIssuance, balancesIssuance, accountsTotal };
  const others = { ...totals, stakingHotkeys, rootStakers, rootClaims };
  const parts = [...all.values()].map(({ netuid, stakedAlpha, pools }) => ({ netuid, stakedAlpha, pools }));
  return `${Buffer.from(columns.slab).toString("base64")} ${JSON.stringify({ others, parts }, plain)}`;
}

it("claims the same bits in one row as with big integers, and changes nothing where it cannot", () => {
  let rows = 0;
  let left = 0;
  let sold = 0;
  fc.assert(
    fc.property(networks, (values) => {
      const fast = createChain(networkOf(values), SURROUNDINGS);
      const wide = createChain(structuredClone(fast.state), SURROUNDINGS);
      for (let block = 0; block < 3; block++) {
        runAutoRootClaims(fast, (chain) => {
          const claimRow = claimRows(chain);
          return (hotkey, coldkey) => {
            const before = contents(chain.state);
            const done = claimRow(hotkey, coldkey);
            if (done) rows += 1;
            else {
              left += 1;
              expect(contents(chain.state) === before).toBe(true);
            }
            return done;
          };
        });
        runAutoRootClaims(wide, () => () => false);
        expect(contents(fast.state) === contents(wide.state)).toBe(true);
        fast.state.columns.rootSellTao.forEach((tao) => (sold += tao > 0n ? 1 : 0));
      }
    }),
    { numRuns: 200, seed: 425 },
  );
  // Both ways are taken often, and claims do sell.
  expect(Math.min(rows, left, sold)).toBeGreaterThan(100);
});
