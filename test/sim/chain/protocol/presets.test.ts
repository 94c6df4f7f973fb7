import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { blockStep } from "../../../../sim/chain/coinbase/blockStep.ts";
import { PRESETS } from "../../../../sim/chain/protocol/presets.ts";
import { SUBTENSOR_425 } from "../../../../sim/chain/protocol/protocol.ts";
import { PRESETS as SCENARIO_PRESETS } from "../../../../sim/scenario/index.ts";
import { Draw } from "../properties/draw.ts";
import { randomNetwork } from "../properties/random-network.ts";

/** What the preset `mainnet` has beside the compiled values, spec/calls.md 19. */
const LIVE = {
  taoWeight: 3_320_413_933_267_719_290n,
  networkLockReductionInterval: 57_600n,
  networkRateLimit: 28_800n,
  networkImmunityPeriod: 864_000n,
  stakeThreshold: 1_000_000_000_000n,
  nominatorMinRequiredStake: 10_000_000n,
};

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

describe("the preset mainnet", () => {
  it("is the compiled one with the values of spec/calls.md 19, and the last lock cost", () => {
    expect(PRESETS.mainnet.globalParameters()).toEqual({ ...SUBTENSOR_425.globalParameters(), ...LIVE });
    expect(PRESETS.mainnet.globalParameters().networkMinLockCost).toBe(10n ** 12n);
    expect(PRESETS.mainnet.firstLockCost).toBe(1_250_000_000_000n);
    expect(PRESETS.mainnet.newSubnetParameters()).toEqual(SUBTENSOR_425.newSubnetParameters());
    expect(PRESETS.mainnet.rules).toBe(SUBTENSOR_425.rules);
  });

  it("is what scenarios get under this name", () => {
    const named = Object.fromEntries(Object.entries(LIVE).map(([name, value]) => [snake(name), value]));
    expect(SCENARIO_PRESETS.mainnet).toEqual(named);
    // A fresh chain has limit orders on, what a chain stores by default has them off (spec/governance-and-accounts.md 13).
    expect(SCENARIO_PRESETS.compiled).toEqual({ limit_orders: true });
  });

  it("is shown by docs/chain.md", () => {
    const page = readFileSync(new URL("../../../../docs/chain.md", import.meta.url), "utf8");
    const compiled: Record<string, unknown> = { ...SUBTENSOR_425.globalParameters() };
    const rows = [...page.matchAll(/^\| `([a-z_]+)` +\| ([\d,]+) +\| ([\d,]+) +\| /gm)].map((row) =>
      row.slice(1, 4).map((cell) => cell.replaceAll(",", "")),
    );
    expect(rows).toEqual(
      Object.entries(LIVE).map(([name, value]) => [snake(name), String(compiled[name]), `${value}`]),
    );
  });
});

describe("the preset minimal", () => {
  it("has the same rules, and times and limits no larger than the compiled ones", () => {
    expect(PRESETS.minimal.rules).toBe(SUBTENSOR_425.rules);
    const sets = [
      [PRESETS.minimal.constants, SUBTENSOR_425.constants],
      [PRESETS.minimal.globalParameters(), SUBTENSOR_425.globalParameters()],
      [PRESETS.minimal.newSubnetParameters(), SUBTENSOR_425.newSubnetParameters()],
    ] as const;
    for (const [own, compiled] of sets) {
      const theirs: Record<string, unknown> = { ...compiled };
      for (const [name, value] of Object.entries(own)) {
        const other = theirs[name];
        if (typeof value === "boolean") expect(value, name).toBe(other);
        else expect(value <= (other as typeof value), name).toBe(true);
      }
    }
    expect(PRESETS.minimal.newSubnetTempo).toBe(8);
  });

  it("pays an epoch within a few blocks", () => {
    const chain = randomNetwork(new Draw(7));
    for (let block = 0; block < 20; block++) blockStep(chain);
    expect(Math.max(...chain.state.columns.epochIndex)).toBeGreaterThanOrEqual(2);
  });
});
