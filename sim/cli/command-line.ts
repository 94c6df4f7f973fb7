import yargs from "yargs";
import { didYouMean } from "../nearest.ts";
import { engineVersion } from "../run/version.ts";
import { COMMANDS } from "./commands/index.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { describeFailure, UsageError } from "./failures.ts";

/** What yargs says about positionals, in words. */
const plain = (message: string): string =>
  message.startsWith("Not enough non-option arguments")
    ? "an argument is missing: a file, a directory or a name"
    : message;

/** @throws UsageError with the commands that there are, when the first word is none of them */
function refuseUnknownCommand([word]: readonly string[]): void {
  const names = COMMANDS.map(({ command }) => command.split(" ")[0]!);
  // Options without a command are yargs's: --help, --version.
  if (word === undefined || word.startsWith("-") || names.includes(word)) return;
  throw new UsageError(
    `unknown command ${word}${didYouMean(word, names)}; there are ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`,
  );
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
    .version(engineVersion())
    .alias("h", "help")
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    // Its own messages would follow the language of the terminal, ours would not.
    .locale("en")
    .strict()
    .demandCommand(1, "a command is missing")
    .exitProcess(false)
    .fail((message, error?: Error) => {
      // What yargs itself finds wrong comes as a message, with or without an error of its own.
      throw error === undefined || error.name === "YError" ? new UsageError(plain(message)) : error;
    })
    .example("$0 run economy/subnet-15", "run a scenario of the package and write its trace and report")
    .epilogue("`yumasim <command> --help` shows the options of a command, with examples.");
  for (const command of COMMANDS)
    parser = command.register(parser, (result) => {
      code = result;
    });
  try {
    refuseUnknownCommand(args);
    await parser.parseAsync();
    return code;
  } catch (error) {
    const named = COMMANDS.some(({ command }) => command.split(" ")[0] === args[0]);
    const failure = describeFailure(error, named ? args[0] : undefined);
    process.stderr.write(failure.text);
    return failure.code;
  }
}
