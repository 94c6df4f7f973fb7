import { describe, expect, it } from "vitest";
import { createChain, type Chain } from "../../../../sim/chain/chain.ts";
import { SUBTENSOR_425 } from "../../../../sim/chain/protocol/protocol.ts";
import {
  claimedOf,
  forgetClaims,
  hasRootClaims,
  moveColdkeyClaims,
  moveHotkeyClaims,
  rateOf,
  setClaimed,
  setRate,
} from "../../../../sim/chain/staking/claimRecords.ts";
import { createNetwork } from "../../../../sim/chain/state/genesis.ts";

const HOTKEY = 100;
const OTHER_HOTKEY = 101;
const COLDKEY = 1;
const OTHER_COLDKEY = 2;

/** A hotkey with rates on subnets 1 and 2, and a coldkey that claimed on subnet 1. */
function claims(): Chain {
  const chain = createChain(createNetwork(SUBTENSOR_425), {
    protocol: SUBTENSOR_425,
    runEpoch: () => [],
    parentHash: () => [],
  });
  setRate(chain, HOTKEY, 1, 5n);
  setRate(chain, HOTKEY, 2, 0n);
  setClaimed(chain, HOTKEY, COLDKEY, 1, 7n);
  return chain;
}

describe("records of root claims", () => {
  it("tells a rate of 0 from no rate", () => {
    const { state } = claims();
    expect([0, 1, 2, 3].map((netuid) => rateOf(state, HOTKEY, netuid))).toEqual([
      undefined,
      5n,
      0n,
      undefined,
    ]);
    expect(rateOf(state, OTHER_HOTKEY, 1)).toBeUndefined();
    expect(claimedOf(state, HOTKEY, OTHER_COLDKEY, 1)).toBe(0n);
  });

  it("hands a hotkey's records to the hotkey that takes over", () => {
    const chain = claims();
    chain.state.claimableHotkeys.set(HOTKEY, true);
    moveHotkeyClaims(chain, HOTKEY, OTHER_HOTKEY);
    expect(hasRootClaims(chain.state, HOTKEY)).toBe(false);
    expect(rateOf(chain.state, OTHER_HOTKEY, 1)).toBe(5n);
    expect(claimedOf(chain.state, OTHER_HOTKEY, COLDKEY, 1)).toBe(7n);
    expect(chain.state.claimableHotkeys.has(OTHER_HOTKEY)).toBe(true);
  });

  it("moves a coldkey's claimed amounts over what the new coldkey has, and leaves the rest of that", () => {
    const chain = claims();
    setClaimed(chain, HOTKEY, OTHER_COLDKEY, 1, 1n);
    setClaimed(chain, HOTKEY, OTHER_COLDKEY, 2, 3n);
    moveColdkeyClaims(chain, COLDKEY, OTHER_COLDKEY);
    const claimed = [1, 2].map((netuid) => claimedOf(chain.state, HOTKEY, OTHER_COLDKEY, netuid));
    expect(claimed).toEqual([7n, 3n]);
    expect(claimedOf(chain.state, HOTKEY, COLDKEY, 1)).toBe(0n);
  });

  it("forgets a subnet that goes: a hotkey without any rate is clean again", () => {
    const chain = claims();
    forgetClaims(chain, 1);
    expect(rateOf(chain.state, HOTKEY, 1)).toBeUndefined();
    expect(claimedOf(chain.state, HOTKEY, COLDKEY, 1)).toBe(0n);
    expect(hasRootClaims(chain.state, HOTKEY)).toBe(true);
    forgetClaims(chain, 2);
    expect(hasRootClaims(chain.state, HOTKEY)).toBe(false);
  });
});
