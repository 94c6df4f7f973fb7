import * as fc from "fast-check";
import { expect, it } from "vitest";
import { mintTao, subnetAccount } from "../../../../sim/chain/accounts/accounts.ts";
import { createChain, type Chain } from "../../../../sim/chain/chain.ts";
import { FAST_ARITHMETIC } from "../../../../sim/chain/coinbase/fastArithmetic.ts";
import { WIDE_ARITHMETIC } from "../../../../sim/chain/coinbase/wideArithmetic.ts";
import type { CoinbaseArithmetic } from "../../../../sim/chain/coinbase/arithmetic.ts";
import { mintable } from "../../../../sim/chain/coinbase/issuance.ts";
import { SUBTENSOR_425 } from "../../../../sim/chain/protocol/protocol.ts";
import { COLUMN_NAMES } from "../../../../sim/chain/state/columns.ts";
import { addSubnet, createNetwork, emptySubnet } from "../../../../sim/chain/state/genesis.ts";
import type { NetworkState } from "../../../../sim/chain/state/network.ts";

const SURROUNDINGS = { protocol: SUBTENSOR_425, runEpoch: () => [], parentHash: () => [1n, 2n, 3n, 4n] };

/** A number of up to `bits` bits, every length equally likely, and numbers around powers of two. */
const sized = (bits: number): fc.Arbitrary<bigint> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: bits }),
      fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }),
      fc.boolean(),
    )
    .map(([length, value, round]) => {
      const mask = (1n << BigInt(length)) - 1n;
      return round ? mask : value & mask;
    });

const around = (center: bigint, spread: bigint): fc.Arbitrary<bigint> =>
  fc.bigInt({ min: center - spread, max: center + spread });

/** Mostly values of live subnets, sometimes anything that the types hold. */
const subnetValues = fc.record({
  mechanism: fc.oneof({ weight: 30, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(0) }),
  tao: fc.oneof(
    { weight: 12, arbitrary: around(50_000_000_000_000n, 49_999_000_000_000n) },
    { weight: 1, arbitrary: sized(64) },
  ),
  alphaIn: fc.oneof(
    { weight: 12, arbitrary: around(1_500_000_000_000_000n, 1_499_999_000_000_000n) },
    { weight: 1, arbitrary: sized(64) },
  ),
  alphaOut: fc.oneof(
    { weight: 12, arbitrary: around(10_499_500_000_000_000n, 9_000_000_000_000_000n) },
    { weight: 1, arbitrary: sized(60) },
  ),
  quoteWeight: fc.oneof(
    fc.constant(500_000_000_000_000_000n),
    around(500_000_000_000_000_000n, 490_000_000_000_000_000n),
    fc.constantFrom(10_000_000_000_000_000n, 990_000_000_000_000_000n),
  ),
  movingPrice: fc.oneof(around(1n << 26n, 1n << 26n), sized(41), fc.constantFrom(0n, 1n << 32n)),
  minerBurned: fc.oneof(fc.constant(0n), fc.constant(1n << 32n), sized(32)),
  account: fc.oneof(
    { weight: 20, arbitrary: around(50_000_000_000_000n, 49_999_999_999_000n) },
    { weight: 1, arbitrary: sized(10) },
  ),
  pendingServer: fc.oneof({ weight: 20, arbitrary: sized(50) }, { weight: 1, arbitrary: sized(64) }),
  poolInitialised: fc.oneof(
    { weight: 10, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  emissionEnabled: fc.oneof(
    { weight: 5, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  ownerCutEnabled: fc.integer({ min: 0, max: 1 }),
  subtokenEnabled: fc.oneof(
    { weight: 9, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  firstEmissionBlock: fc.integer({ min: 0, max: 7_100_000 }),
  emaPriceHalvingBlocks: fc.oneof(fc.constant(201_600n), sized(64)),
  burn: sized(64),
  burnHalfLife: fc.constantFrom(0, 1, 360, 36_100),
});

const networks = fc.record({
  subnets: fc.array(subnetValues, { minLength: 0, maxLength: 6 }),
  rootTao: fc.oneof(
    { weight: 12, arbitrary: around(6_000_000_000_000_000n, 5_000_000_000_000_000n) },
    { weight: 1, arbitrary: sized(63) },
  ),
  issuance: fc.oneof(
    around(10_500_000_000_000_000n, 10_000_000_000n),
    around(20_999_999_980_442_226n, 10_000_000_000n),
    sized(55),
  ),
  taoWeight: fc.oneof(fc.constant(3_320_413_933_267_719_290n), sized(64)),
  ownerCut: fc.oneof(fc.constant(11_796), fc.integer({ min: 0, max: 65_535 })),
  movingAlpha: fc.oneof(fc.constant(12_885n), sized(33)),
});

type Values = typeof networks extends fc.Arbitrary<infer T> ? T : never;

function networkOf(values: Values): NetworkState {
  const chain = createChain(createNetwork(SUBTENSOR_425), SURROUNDINGS);
  const { state, journal } = chain;
  state.block = 7_000_000;
  state.parameters.taoWeight = values.taoWeight;
  state.parameters.subnetOwnerCut = values.ownerCut;
  state.parameters.subnetMovingAlpha = values.movingAlpha;
  state.columns.tao[0] = values.rootTao;
  for (const [i, { account, ...columns }] of values.subnets.entries()) {
    const netuid = 1 + 3 * i;
    addSubnet(journal, state, emptySubnet(netuid, 0, SUBTENSOR_425.newSubnetParameters()));
    for (const [name, value] of Object.entries(columns))
      (state.columns[name as keyof typeof columns] as (bigint | number)[] | BigUint64Array)[netuid] =
        value as never;
    mintTao(chain, subnetAccount(netuid), account);
  }
  state.totalIssuance = values.issuance;
  state.balancesIssuance = values.issuance;
  return state;
}

/** The part of a block step that the arithmetic does; values that no network can have pass no invariant. */
function emitBlock(chain: Chain, arithmetic: CoinbaseArithmetic): void {
  const { state } = chain;
  state.block += 1;
  arithmetic.decayBurns(chain);
  const minted = mintable(state.totalIssuance, state.balancesIssuance);
  state.totalIssuance += minted;
  state.balancesIssuance += minted;
  arithmetic.updatePrices(chain, arithmetic.emit(chain, minted));
}

/** The first cell in which two chains differ, and the totals; null where all is equal. */
function difference({ state: a }: Chain, { state: b }: Chain): string | null {
  const totals = ({ totalIssuance, balancesIssuance, accountsTotal, totalStake }: NetworkState): string =>
    `${totalIssuance} ${balancesIssuance} ${accountsTotal} ${totalStake}`;
  if (totals(a) !== totals(b)) return `totals ${totals(a)}, with big integers ${totals(b)}`;
  if (Buffer.from(a.columns.slab).equals(Buffer.from(b.columns.slab))) return null;
  for (const name of [...COLUMN_NAMES.u64, ...COLUMN_NAMES.i64, ...COLUMN_NAMES.u32])
    for (const [netuid, value] of a.columns[name].entries())
      if (value !== b.columns[name][netuid])
        return `${name} of ${netuid}: ${value}, with big integers ${b.columns[name][netuid]}`;
  return "buffers";
}

it("computes the same bits in WASM as with big integers, whatever the columns hold", () => {
  fc.assert(
    fc.property(networks, (values) => {
      const fast = createChain(networkOf(values), SURROUNDINGS);
      const wide = createChain(structuredClone(fast.state), SURROUNDINGS);
      for (let block = 0; block < 3; block++) {
        emitBlock(fast, FAST_ARITHMETIC);
        emitBlock(wide, WIDE_ARITHMETIC);
        expect(difference(fast, wide)).toBeNull();
      }
    }),
    { numRuns: 400, seed: 425 },
  );
});
