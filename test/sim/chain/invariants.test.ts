import { expect, it } from "vitest";
import { benchmarkNetwork } from "../../../bench/economy-network.ts";
import { mintTao } from "../../../sim/chain/accounts/accounts.ts";
import { blockStep } from "../../../sim/chain/coinbase/blockStep.ts";
import { mintable } from "../../../sim/chain/coinbase/issuance.ts";
import { checkAllShares, checkInvariants } from "../../../sim/chain/invariants.ts";

const SMALL = { neurons: 6, validators: 2, nominators: 8, onRoot: 0.5, seed: 425 };

it("conserves the supply to the rao over a simulated month", () => {
  const chain = benchmarkNetwork({ ...SMALL, subnets: 2, priceSum: 1.2 });
  const { state } = chain;
  const start = state.totalIssuance;
  let minted = 0n;
  for (let block = 0; block < 216_000; block++) {
    const before = state.totalIssuance;
    const most = mintable(state.totalIssuance, state.balancesIssuance);
    blockStep(chain);
    const issued = state.totalIssuance - before;
    // What a block does not spend goes back: at most a few rao per subnet.
    if (issued > most || issued < most - 8n)
      expect.fail(`block ${state.block} issued ${issued} of ${most} rao`);
    minted += issued;
  }
  expect(state.totalIssuance).toBe(start + minted);
  let held = 0n;
  for (const balance of [...state.balances.values(), ...state.columns.account]) held += balance;
  expect(held).toBe(state.balancesIssuance);
  expect(state.balancesIssuance).toBe(state.totalIssuance);
  checkAllShares(state);
});

it("stops at a balance that no mint or burn explains, and names the block", () => {
  const chain = benchmarkNetwork({ ...SMALL, subnets: 1, priceSum: 0.5 });
  blockStep(chain);
  chain.state.accountsTotal += 1n;
  expect(() => checkInvariants(chain)).toThrow(
    /block 7000001: accounts hold \d+ rao, the issuance counter says \d+/,
  );
});

it("stops where a subnet gives out more alpha than it issued", () => {
  const chain = benchmarkNetwork({ ...SMALL, subnets: 1, priceSum: 0.5 });
  blockStep(chain);
  const subnet = chain.state.subnets.get(1);
  if (subnet !== undefined) subnet.stakedAlpha += 10n ** 12n;
  expect(() => checkInvariants(chain)).toThrow(/block 7000001: subnet 1 has given out \d+ rao of alpha more/);
});

it("stops where shares are worth more than their pool", () => {
  const { state } = benchmarkNetwork({ ...SMALL, subnets: 1, priceSum: 0.5 });
  const pool = [...(state.subnets.get(1)?.pools.values() ?? [])][0];
  if (pool !== undefined)
    pool.denominator = { ...pool.denominator, exponent: pool.denominator.exponent - 1n };
  expect(() => checkAllShares(state)).toThrow(/shares of hotkey \d+ on subnet 1 are worth/);
});

it("finds a pool whose shares are worth too much while blocks pass", () => {
  const chain = benchmarkNetwork({ ...SMALL, subnets: 3, priceSum: 0.5 });
  blockStep(chain);
  const pool = [...(chain.state.subnets.get(2)?.pools.values() ?? [])].at(-1);
  if (pool === undefined) expect.fail("no pool");
  // Too little by a hundredth: shares are then worth 101 hundredths.
  const { mantissa, exponent } = pool.denominator;
  pool.denominator = { mantissa: (mantissa * 99n) / 100n, exponent };
  const blocks = (): void => {
    for (let block = 0; block < 100; block++) blockStep(chain);
  };
  expect(blocks).toThrow(/block 7000\d+: shares of hotkey \d+ on subnet 2 are worth \d+, its pool \d+ rao/);
});

it("goes on where a drained pool's last digits say nothing", () => {
  const chain = benchmarkNetwork({ ...SMALL, subnets: 1, priceSum: 0.5 });
  const pool = [...(chain.state.subnets.get(1)?.pools.values() ?? [])][0];
  if (pool === undefined) expect.fail("no pool");
  pool.denominator = { mantissa: 2n * 10n ** 20n, exponent: -23n };
  pool.shares = new Map([[1, { mantissa: 5n * 10n ** 20n, exponent: -23n }]]);
  for (let block = 0; block < 100; block++) blockStep(chain);
  expect(() => checkAllShares(chain.state)).toThrow(/shares of hotkey/);
});

it("stops before a balance falls below nothing", () => {
  const chain = benchmarkNetwork({ ...SMALL, subnets: 1, priceSum: 0.5 });
  expect(() => mintTao(chain, 5, -1n)).toThrow("block 7000000: account 5 would hold -1 rao");
});
