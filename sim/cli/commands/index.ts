import type { AnyCommand } from "../command.ts";

/** All commands, in the order in which help lists them. */
export const COMMANDS: readonly AnyCommand[] = [];
