import type { AnyCommand } from "../command.ts";
import { EVAL } from "./eval.ts";
import { RUN } from "./run.ts";

/** All commands, in the order in which help lists them. */
export const COMMANDS: readonly AnyCommand[] = [RUN, EVAL];
