export { gatherSweep, type GatherResult } from "./gather.ts";
export { runSweep, type SweepOptions, type SweepProgress, type SweepResult } from "./run-sweep.ts";
export { chooseShard, type Shard, type ShardEnvironment, SHARD_VARIABLES } from "./shard.ts";
export { type Submission, submitSlurm } from "./slurm.ts";
export { search, type SearchResult } from "./optimise/search.ts";
