import { InputError } from "../errors.ts";

/** A part of a sweep: the cells whose identity falls on `index` of `count`. */
export interface Shard {
  /** 0 .. count - 1. */
  readonly index: number;
  readonly count: number;
}

/** The variables in which schedulers number the tasks of an array. */
export type ShardEnvironment = Readonly<Partial<Record<(typeof SHARD_VARIABLES)[number], string>>>;

export const SHARD_VARIABLES = [
  "SLURM_ARRAY_TASK_ID",
  "SLURM_ARRAY_TASK_COUNT",
  "SLURM_ARRAY_TASK_MIN",
  "SLURM_ARRAY_TASK_STEP",
  "JOB_COMPLETION_INDEX",
  "JOB_COMPLETIONS",
] as const;

/**
 * The shard that this process is to run: `--shard 3/8`, `--shard 8` with the number of the task from the scheduler, or
 * all of it from a Slurm array. Null = everything.
 * @throws InputError when a number is missing or wrong
 */
export function chooseShard(option: string | undefined, environment: ShardEnvironment): Shard | null {
  const match = option === undefined ? null : /^(?:(\d{1,7})\/)?(\d{1,7})$/.exec(option);
  if (option !== undefined && !match)
    throw new InputError(
      `--shard ${option}: write index/count, for example 0/8, or the count alone in a job array`,
    );
  if (match?.[1] !== undefined) return checked(Number(match[1]), Number(match[2]), `--shard ${option}`);
  const task = taskOf(environment);
  if (!match) {
    if (!task) return null;
    if (task.count === null)
      throw new InputError(`${task.variable} is set; say how many tasks there are with --shard COUNT`);
    // An array may begin elsewhere than at 0, or leave numbers out.
    return checked((task.number - task.first) / task.step, task.count, task.variable);
  }
  if (!task)
    throw new InputError(
      `--shard ${option}: no SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX says which one this is; write index/count`,
    );
  // The number itself: an array of only the tasks that are run again counts fewer.
  return checked(task.number, Number(match[2]), task.variable);
}

interface ArrayTask {
  readonly number: number;
  readonly first: number;
  readonly step: number;
  readonly count: number | null;
  readonly variable: string;
}

function taskOf(environment: ShardEnvironment): ArrayTask | null {
  const number = (name: (typeof SHARD_VARIABLES)[number]): number | null => {
    const text = environment[name];
    if (text === undefined || text === "") return null;
    if (!/^\d{1,9}$/.test(text))
      throw new InputError(`${name}: found ${JSON.stringify(text)}; a number is needed`);
    return Number(text);
  };
  const slurm = number("SLURM_ARRAY_TASK_ID");
  if (slurm !== null)
    return {
      number: slurm,
      first: number("SLURM_ARRAY_TASK_MIN") ?? 0,
      step: number("SLURM_ARRAY_TASK_STEP") ?? 1,
      count: number("SLURM_ARRAY_TASK_COUNT"),
      variable: "SLURM_ARRAY_TASK_ID",
    };
  const kubernetes = number("JOB_COMPLETION_INDEX");
  if (kubernetes === null) return null;
  return {
    number: kubernetes,
    first: 0,
    step: 1,
    count: number("JOB_COMPLETIONS"),
    variable: "JOB_COMPLETION_INDEX",
  };
}

function checked(index: number, count: number, place: string): Shard {
  if (count < 1 || !Number.isInteger(index) || index < 0 || index >= count)
    throw new InputError(
      `${place}: shard ${index} of ${count}; the shards of ${count} are 0 to ${count - 1}`,
    );
  return { index, count };
}

/** The shard of a cell: its identity is a hash, so the first digits fall evenly. */
export function shardOf(id: string, count: number): number {
  return Number.parseInt(id.slice(0, 12), 16) % count;
}
