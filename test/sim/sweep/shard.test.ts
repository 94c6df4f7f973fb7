import { describe, expect, test } from "vitest";
import { InputError } from "../../../sim/errors.ts";
import { chooseShard, type ShardEnvironment, shardOf } from "../../../sim/sweep/shard.ts";

describe("which shard this is", () => {
  test.each<[string | undefined, ShardEnvironment, ReturnType<typeof chooseShard>]>([
    [undefined, {}, null],
    ["2/8", {}, { index: 2, count: 8 }],
    ["2/8", { SLURM_ARRAY_TASK_ID: "5" }, { index: 2, count: 8 }],
    ["8", { SLURM_ARRAY_TASK_ID: "5", SLURM_ARRAY_TASK_COUNT: "1" }, { index: 5, count: 8 }],
    ["16", { JOB_COMPLETION_INDEX: "15" }, { index: 15, count: 16 }],
    [undefined, { SLURM_ARRAY_TASK_ID: "3", SLURM_ARRAY_TASK_COUNT: "4" }, { index: 3, count: 4 }],
    [
      undefined,
      {
        SLURM_ARRAY_TASK_ID: "14",
        SLURM_ARRAY_TASK_COUNT: "3",
        SLURM_ARRAY_TASK_MIN: "10",
        SLURM_ARRAY_TASK_STEP: "2",
      },
      { index: 2, count: 3 },
    ],
  ])("--shard %s, %o", (option, environment, expected) => {
    expect(chooseShard(option, environment)).toEqual(expected);
  });

  test.each<[string | undefined, ShardEnvironment, RegExp]>([
    ["8/8", {}, /shards of 8 are 0 to 7/],
    ["0/0", {}, /shard 0 of 0/],
    ["half", {}, /write index\/count/],
    ["8", {}, /no SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX/],
    ["8", { SLURM_ARRAY_TASK_ID: "8" }, /SLURM_ARRAY_TASK_ID: shard 8 of 8/],
    [undefined, { JOB_COMPLETION_INDEX: "1" }, /say how many tasks there are with --shard COUNT/],
    [undefined, { SLURM_ARRAY_TASK_ID: "x" }, /SLURM_ARRAY_TASK_ID: found "x"/],
  ])("--shard %s, %o is refused", (option, environment, message) => {
    expect(() => chooseShard(option, environment)).toThrow(InputError);
    expect(() => chooseShard(option, environment)).toThrow(message);
  });
});

test("every identity has one shard", () => {
  const counts = Array.from({ length: 7 }, () => 0);
  for (let k = 0; k < 7000; k++) {
    const id = (k * 2_654_435_761).toString(16).padStart(16, "0").slice(-12).padEnd(32, "0");
    const shard = shardOf(id, 7);
    counts[shard]!++;
  }
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(7000);
  expect(Math.min(...counts)).toBeGreaterThan(800);
});
