import { InputError } from "../../errors.ts";
import {
  describeScenario,
  loadAnyScenario,
  type LoadOptions,
  strategyModules,
} from "../../scenario/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";

/** What a scenario with modules of its own needs; nothing else waits for the rest of the simulator to load. */
async function customStrategies(
  path: string,
  options: LoadOptions,
  allowCode: boolean,
): Promise<Pick<LoadOptions, "strategies">> {
  if (strategyModules(path, options).length === 0) return {};
  const { strategiesOf } = await import("../../run/index.ts");
  return { strategies: await strategiesOf(path, options, allowCode) };
}

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
      .option("allow-code", {
        type: "boolean",
        default: false,
        describe: "load the strategy modules that a scenario names; they can do anything that you can",
      })
      .example("$0 validate scenarios/economy/*.yaml", "check several scenarios")
      .example("$0 validate my.yaml --set 'subnets[0].hyperparameters.kappa=0.4'", "check a change"),
  run: async ({ scenario: paths, seed, set, allowCode }) => {
    let code: ExitCode = EXIT.good;
    for (const path of paths)
      try {
        const options = { set, ...(seed !== undefined && { seed }) };
        const strategies = await customStrategies(path, options, allowCode);
        process.stdout.write(describeScenario(path, loadAnyScenario(path, { ...options, ...strategies })));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        process.stderr.write(`${error.message}\n`);
        code = EXIT.badInput;
      }
    return code;
  },
});
