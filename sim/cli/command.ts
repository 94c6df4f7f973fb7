import type { ArgumentsCamelCase, Argv } from "yargs";
import type { ExitCode } from "./exit-codes.ts";

/** One command of `yumasim`: a file in `commands/` that says its options and calls one function of a room. */
export interface Command<Options> {
  /** Name and positionals as yargs reads them: `run <scenario>`. */
  readonly command: string;
  readonly describe: string;
  /** Positionals, options and at least one example. */
  options(yargs: Argv): Argv<Options>;
  /** Does the work; a thrown InputError ends with 2. */
  run(options: ArgumentsCamelCase<Options>): Promise<ExitCode>;
}

/** A command whose options only the command itself needs to know. */
export interface AnyCommand {
  readonly command: string;
  readonly describe: string;
  /** Adds the command; its exit code goes to `done`. */
  register(yargs: Argv, done: (code: ExitCode) => void): Argv;
}

/** Hides the type of the options, so that commands of different options fit in one list. */
export function defineCommand<Options>(command: Command<Options>): AnyCommand {
  return {
    command: command.command,
    describe: command.describe,
    register: (yargs, done) =>
      yargs.command(
        command.command,
        command.describe,
        (builder) => command.options(builder),
        async (options) => done(await command.run(options)),
      ),
  };
}
