import { readFileSync } from "node:fs";
import yargs from "yargs";
import { COMMANDS } from "./commands/index.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { describeFailure, UsageError } from "./failures.ts";

/** The version in the package's package.json, found from the sources and from dist/. */
function packageVersion(): string {
  for (const path of ["../../package.json", "../../../package.json"]) {
    try {
      const text = readFileSync(new URL(path, import.meta.url), "utf8");
      return (JSON.parse(text) as { version: string }).version;
    } catch {
      continue;
    }
  }
  throw new Error("package.json is missing beside the program");
}

/**
 * Runs the command line.
 * @param args what follows the program's name
 * @returns the exit code; every message has been written
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  // A reader that has seen enough (head, a closed pager) is no failure.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(EXIT.good);
      throw error;
    });
  let code: ExitCode = EXIT.good;
  let parser = yargs([...args])
    .scriptName("yumasim")
    .usage("$0 <command>\n\nDeterministic simulator of the Bittensor economy, exact to the bit.")
    .version(packageVersion())
    .alias("h", "help")
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .strict()
    .recommendCommands()
    .demandCommand(1, "a command is missing")
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    })
    .example("$0 run scenarios/economy/subnet-15.yaml", "run a scenario and write its trace and report")
    .epilogue("`yumasim <command> --help` shows the options of a command, with examples.");
  for (const command of COMMANDS)
    parser = command.register(parser, (result) => {
      code = result;
    });
  try {
    await parser.parseAsync();
    return code;
  } catch (error) {
    const failure = describeFailure(error);
    process.stderr.write(failure.text);
    return failure.code;
  }
}
