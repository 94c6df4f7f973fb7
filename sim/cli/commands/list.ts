import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";

const TOPICS = ["strategies", "metrics"] as const;

/** `yumasim list`: what scenarios can name. */
export const LIST = defineCommand({
  command: "list <topic>",
  describe: "list what scenarios can name: strategies with their parameters, or functions of metrics",
  options: (yargs) =>
    yargs
      .positional("topic", { choices: TOPICS, demandOption: true, describe: "strategies or metrics" })
      .option("json", { type: "boolean", default: false, describe: "print JSON" })
      .example("$0 list strategies", "all strategies by role"),
  run: async ({ topic, json }) => {
    const { listMetrics, listStrategies } = await import("../../run/listing.ts");
    const listing = topic === "strategies" ? listStrategies() : listMetrics();
    process.stdout.write(json ? `${JSON.stringify(listing.entries)}\n` : listing.text);
    return EXIT.good;
  },
});
