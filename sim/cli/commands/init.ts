import { writeTemplate } from "../../scenario/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";

/** `yumasim init`: a commented scenario to start from. */
export const INIT = defineCommand({
  command: "init [file]",
  describe: "write a commented scenario to start from",
  options: (yargs) =>
    yargs
      .positional("file", { type: "string", default: "scenario.yaml", describe: "the new file" })
      .option("economy", {
        type: "boolean",
        default: false,
        describe: "a whole economy with agents instead of one subnet with given weights",
      })
      .example("$0 init", "write scenario.yaml")
      .example("$0 init --economy economy.yaml", "an economy with agents")
      .example("$0 init attacks/copy.yaml", "write a file of that name"),
  run: ({ file, economy }) => {
    writeTemplate(file, economy ? "economy" : "subnet");
    process.stdout.write(`${file} written. Run it: yumasim run ${file}\n`);
    return Promise.resolve(EXIT.good);
  },
});
