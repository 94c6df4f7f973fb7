import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";

const TOPICS = ["strategies", "metrics", "attacks", "cases", "economy"] as const;

/** `yumasim list`: what scenarios can name, and the scenarios that come with the package. */
export const LIST = defineCommand({
  command: "list <topic>",
  describe:
    "list strategies with their parameters, functions of metrics, or the scenarios that run by name: attacks, cases, economy",
  options: (yargs) =>
    yargs
      .positional("topic", { choices: TOPICS, demandOption: true, describe: "what to list" })
      .option("json", { type: "boolean", default: false, describe: "print JSON" })
      .example("$0 list strategies", "all strategies by role")
      .example("$0 list attacks", "all attacks, with a line each"),
  run: async ({ topic, json }) => {
    const { listLibrary, listMetrics, listStrategies } = await import("../../run/listing.ts");
    const listing =
      topic === "strategies" ? listStrategies() : topic === "metrics" ? listMetrics() : listLibrary(topic);
    process.stdout.write(json ? `${JSON.stringify(listing.entries)}\n` : listing.text);
    return EXIT.good;
  },
});
