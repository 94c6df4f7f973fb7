import { describe, expect, it } from "vitest";
import { blockStep } from "../../../../sim/chain/coinbase/blockStep.ts";
import { epochIndexAhead } from "../../../../sim/chain/coinbase/schedule.ts";
import { NO_COMMIT } from "../../../../kernels/epoch.ts";
import { earliestCommitBlocks } from "../../../../sim/chain/weights/commitBlocks.ts";
import { revealHash, type Reveal } from "../../../../sim/chain/weights/hashCommits.ts";
import { revealTimelockedWeights } from "../../../../sim/chain/weights/timelockCommits.ts";
import { ALICE_HOT, BOB_HOT, openWorld, type World } from "../world.ts";

/** Subnet 2 as the worked examples have it: an epoch fired at 1000 and made the index 7; tempo 360. */
function exampleWorld(): World {
  const world = openWorld();
  const { columns } = world.state;
  world.ok("root", "sudoSetWeightsSetRateLimit", { netuid: 2, value: 0n });
  for (const netuid of [1, 2]) columns.tempo[netuid] = netuid === 2 ? 360 : 0;
  // Back to the blocks of the examples, before anybody registered.
  for (const { lastUpdate } of world.subnet(2).mechanisms) lastUpdate.fill(0n);
  columns.lastEpochBlock[2] = 1_000;
  columns.epochIndex[2] = 7;
  columns.blocksSinceLastStep[2] = 0;
  world.state.block = 1_000;
  return world;
}

/** The epoch of `block` has fired: the counter rose before the calls of the block. */
function fire(world: World, block: number): void {
  world.state.block = block;
  world.state.columns.lastEpochBlock[2] = block;
  world.state.columns.epochIndex[2] = (world.state.columns.epochIndex[2] ?? 0) + 1;
}

const reveal = (value: number): Reveal => ({
  netuid: 2,
  mechanism: 0,
  uids: [1],
  values: [value],
  salt: [1],
  versionKey: 0n,
});

const { mechanism: _mechanism, ...CALL } = reveal(5);

const commit = (world: World, value: number): string =>
  world.try(BOB_HOT, "commitWeights", { netuid: 2, commitHash: revealHash(BOB_HOT, reveal(value)) });

const open = (world: World, value: number): string =>
  world.try(BOB_HOT, "revealWeights", { ...CALL, values: [value] });

const queueOf = (world: World): readonly string[] =>
  (world.subnet(2).mechanisms[0]?.hashCommits.get(BOB_HOT) ?? []).map(({ hash }) => hash);

describe("hash commits, spec/weights.md 9.7 to 9.9", () => {
  it("open for the one epoch after the commit", () => {
    const world = exampleWorld();
    world.state.block = 1_100;
    expect(commit(world, 5)).toBe("ok");
    world.state.block = 1_359;
    expect(open(world, 5)).toBe("RevealTooEarly");
    fire(world, 1_360);
    world.state.block = 1_719;
    expect(open(world, 5)).toBe("ok");
    expect([...(world.subnet(2).mechanisms[0]?.weights[0]?.values ?? [])]).toEqual([65_535]);
    expect(world.subnet(2).mechanisms[0]?.lastUpdate[0]).toBe(1_100n);
  });

  it("have expired one epoch later, which a call learns as too early", () => {
    const world = exampleWorld();
    world.state.block = 1_100;
    commit(world, 5);
    fire(world, 1_360);
    fire(world, 1_720);
    expect(open(world, 5)).toBe("RevealTooEarly");
  });

  it("lose older ones when a later one is revealed", () => {
    const world = exampleWorld();
    world.state.block = 1_100;
    commit(world, 5);
    commit(world, 6);
    fire(world, 1_400);
    expect(open(world, 6)).toBe("ok");
    expect(queueOf(world)).toEqual([]);
  });

  it("stay in the queue when another is revealed in a batch, or when the reveal fails", () => {
    const world = exampleWorld();
    world.state.block = 1_100;
    for (const value of [5, 6, 7]) commit(world, value);
    fire(world, 1_400);
    const batch = (values: readonly number[], uid: number) => ({
      netuid: 2,
      uidsList: values.map(() => [uid]),
      valuesList: values.map((value) => [value]),
      saltsList: values.map(() => [1]),
      versionKeys: values.map(() => 0n),
    });
    expect(world.try(BOB_HOT, "batchRevealWeights", batch([6], 1))).toBe("ok");
    expect(queueOf(world)).toHaveLength(2);
    world.ok("root", "sudoSetMinAllowedWeights", { netuid: 2, value: 3 });
    expect(open(world, 5)).toBe("WeightVecLengthIsLow");
    expect(queueOf(world)).toHaveLength(2);
  });

  it("count an epoch that is due but deferred", () => {
    const world = exampleWorld();
    world.state.block = 1_360;
    expect(epochIndexAhead(world.state, 2)).toBe(8);
    commit(world, 5);
    expect(world.subnet(2).mechanisms[0]?.hashCommits.get(BOB_HOT)?.[0]?.epoch).toBe(8);
  });
});

describe("timelock commits, spec/weights.md 9.6", () => {
  const timelock = (world: World, revealRound: number, availableAt: number | null = null): string =>
    world.try(BOB_HOT, "commitTimelockedWeights", {
      netuid: 2,
      commit: { uids: [1], values: [9], versionKey: 0n },
      revealRound,
      availableAt,
      commitRevealVersion: 4,
    });
  const isSet = (world: World): boolean => (world.subnet(2).mechanisms[0]?.weights[0] ?? null) !== null;

  it("are revealed at the start of the block in which the next epoch fires", () => {
    const world = exampleWorld();
    world.state.block = 1_359;
    expect(timelock(world, 1_359)).toBe("ok");
    expect(isSet(world)).toBe(false);
    blockStep(world.chain);
    expect(world.state.block).toBe(1_360);
    expect(world.state.columns.epochIndex[2]).toBe(8);
    expect(isSet(world)).toBe(true);
    expect(world.subnet(2).mechanisms[0]?.timelockCommits.size).toBe(0);
  });

  it("are not revealed where the epoch is deferred, but in the block after (9.9)", () => {
    const world = exampleWorld();
    const { state, chain } = world;
    world.state.block = 1_100;
    expect(timelock(world, 1_101)).toBe("ok");
    // Subnet 1 is due in the same block and uses up the cap.
    state.columns.tempo[1] = 360;
    state.columns.lastEpochBlock[1] = 1_000;
    state.parameters.maxEpochsPerBlock = 1;
    state.block = 1_359;
    blockStep(chain);
    expect([state.block, state.columns.pendingEpochAt[2]]).toEqual([1_360, 1_361]);
    expect([state.columns.epochIndex[2], epochIndexAhead(state, 2)]).toEqual([7, 8]);
    expect(commit(world, 5)).toBe("ok");
    expect(world.subnet(2).mechanisms[0]?.hashCommits.get(BOB_HOT)?.[0]?.epoch).toBe(8);
    expect(isSet(world)).toBe(false);
    blockStep(chain);
    expect(state.columns.epochIndex[2]).toBe(8);
    expect(isSet(world)).toBe(true);
  });

  it("wait for their round, and are lost when the epoch after the next fires", () => {
    const late = exampleWorld();
    timelock(late, 1_499, 1_500);
    fire(late, 1_360);
    revealTimelockedWeights(late.chain);
    late.state.block = 1_499;
    revealTimelockedWeights(late.chain);
    expect(isSet(late)).toBe(false);
    late.state.block = 1_500;
    revealTimelockedWeights(late.chain);
    expect(isSet(late)).toBe(true);

    const lost = exampleWorld();
    timelock(lost, 1_719);
    fire(lost, 1_360);
    lost.state.block = 1_720;
    revealTimelockedWeights(lost.chain);
    expect(isSet(lost)).toBe(false);
    expect(lost.subnet(2).mechanisms[0]?.timelockCommits.size).toBe(0);
  });

  it("are applied after commit-reveal was switched off, with the rate limit against the commit", () => {
    const world = exampleWorld();
    timelock(world, 1_010);
    world.subnet(2).parameters.commitRevealWeightsEnabled = false;
    fire(world, 1_360);
    revealTimelockedWeights(world.chain);
    expect(isSet(world)).toBe(true);
    expect(world.subnet(2).mechanisms[0]?.lastUpdate[0]).toBe(1_360n);
  });
});

it("masks by the first open hash commit and every open timelock commit, spec/weights.md 9.10", () => {
  const world = exampleWorld();
  world.state.block = 1_100;
  commit(world, 5);
  world.state.block = 1_300;
  commit(world, 6);
  const subnet = world.subnet(2);
  const [mechanism] = subnet.mechanisms;
  if (mechanism === undefined) throw new Error("no mechanism");
  const uid = subnet.neurons.uidOf.get(ALICE_HOT) ?? -1;
  expect(earliestCommitBlocks(subnet, mechanism, 8)[0]).toBe(1_100n);
  expect(earliestCommitBlocks(subnet, mechanism, 9)[0]).toBe(NO_COMMIT);
  expect(earliestCommitBlocks(subnet, mechanism, 8)[uid]).toBe(NO_COMMIT);
});
