import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";

/** `yumasim diff`: where two runs part. */
export const DIFF = defineCommand({
  command: "diff <before> <after>",
  describe: "say where two runs part: table, block, neuron, column and both values",
  options: (yargs) =>
    yargs
      .positional("before", { type: "string", demandOption: true, describe: "run directory" })
      .positional("after", { type: "string", demandOption: true, describe: "run directory" })
      .option("json", { type: "boolean", default: false, describe: "print what was found as JSON" })
      .example("$0 diff runs/before runs/after", "exits with 1 when a value differs"),
  run: async ({ before, after, json }) => {
    const { compareRuns, diffText } = await import("../../regression/index.ts");
    const comparison = await compareRuns(before, after);
    process.stdout.write(json ? `${JSON.stringify(comparison)}\n` : diffText(before, after, comparison));
    return comparison.same ? EXIT.good : EXIT.no;
  },
});
