import { defineCommand } from "../command.ts";
import { showEconomy } from "../economy.ts";

/** `yumasim resume`: goes on with a run that was stopped or killed. */
export const RESUME = defineCommand({
  command: "resume <directory>",
  describe: "go on with a run of an economy that was stopped or killed",
  options: (yargs) =>
    yargs
      .positional("directory", { type: "string", demandOption: true, describe: "run directory" })
      .option("allow-code", {
        type: "boolean",
        default: false,
        describe: "load the strategy modules that the scenario names; they can do anything that you can",
      })
      .option("report", {
        type: "boolean",
        default: true,
        describe: "write report.html into the run directory; --no-report leaves it out",
      })
      .option("json", { type: "boolean", default: false, describe: "print the summary as JSON" })
      .option("quiet", { type: "boolean", default: false, describe: "print errors only" })
      .example("$0 resume runs/baseline", "end the run as if it had never stopped"),
  run: async ({ directory, allowCode, report, json, quiet }) => {
    const { resumeEconomy, savedStrategies } = await import("../../run/index.ts");
    const strategies = await savedStrategies(directory, allowCode);
    return showEconomy({ json, quiet, report }, (options) =>
      resumeEconomy(directory, { ...options, strategies }),
    );
  },
});
