import { InputError } from "../../errors.ts";
import { describeScenario, loadScenario } from "../../scenario/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";

/** `yumasim validate`: says what scenarios hold, or everything that is wrong with them. */
export const VALIDATE = defineCommand({
  command: "validate <scenario..>",
  describe: "check scenario files without running them",
  options: (yargs) =>
    yargs
      .positional("scenario", {
        type: "string",
        array: true,
        demandOption: true,
        describe: "scenario files (YAML)",
      })
      .option("seed", { type: "string", requiresArg: true, describe: "seed of the random draws" })
      .option("set", {
        type: "string",
        array: true,
        requiresArg: true,
        nargs: 1,
        default: [] as string[],
        describe: "path=value that replaces a value of the scenario; the value is read as YAML",
      })
      .example("$0 validate scenarios/economy/*.yaml", "check several scenarios")
      .example("$0 validate my.yaml --set 'subnets[0].hyperparameters.kappa=0.4'", "check a change"),
  run: ({ scenario: paths, seed, set }) => {
    let code: ExitCode = EXIT.good;
    for (const path of paths)
      try {
        const scenario = loadScenario(path, { set, ...(seed !== undefined && { seed }) });
        process.stdout.write(describeScenario(path, scenario));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        process.stderr.write(`${error.message}\n`);
        code = EXIT.badInput;
      }
    return Promise.resolve(code);
  },
});
