import { availableParallelism } from "node:os";
import { join } from "node:path";
import { engineVersion } from "../../run/version.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { progressLine } from "../progress.ts";

/** `yumasim map`: the consensus guarantee map of the chain. */
export const MAP = defineCommand({
  command: "map",
  describe: "map what share of the emission an honest majority keeps (28,611 networks)",
  options: (yargs) =>
    yargs
      .option("seed", {
        type: "string",
        requiresArg: true,
        default: "1",
        describe: "seed of stakes and weights",
      })
      .option("source", {
        choices: ["gaussian", "integer"] as const,
        requiresArg: true,
        default: "gaussian" as const,
        describe: "where random sizes come from; integer is that of the chain's vectors",
      })
      .option("deviation", {
        type: "number",
        requiresArg: true,
        default: 0.4,
        describe: "standard deviation of weights inside a side, of a mean of 1",
      })
      .option("bonds-penalty", {
        type: "number",
        requiresArg: true,
        default: 65535,
        describe: "u16 as stored; 65535 stands for 1",
      })
      .option("kappa", { type: "number", requiresArg: true, default: 32767, describe: "u16 as stored" })
      .option("workers", {
        type: "number",
        requiresArg: true,
        default: availableParallelism(),
        describe: "number of threads; the result does not depend on it",
      })
      .option("out", {
        type: "string",
        requiresArg: true,
        default: join("runs", "map"),
        describe: "folder for report.html, map.json and contours.csv",
      })
      .option("json", { type: "boolean", default: false, describe: "print the required utilities as JSON" })
      .example("$0 map", "the published map, on all cores")
      .example("$0 map --bonds-penalty 0 --out runs/no-penalty", "without bonds penalty"),
  run: async ({ json, out, ...wishes }) => {
    const [
      { mapOptions },
      { computeMap },
      { guaranteesOf },
      { requiredUtilities, writeMap },
      { describeMap },
    ] = await Promise.all([
      import("../../map/options.ts"),
      import("../../map/map.ts"),
      import("../../map/guarantees.ts"),
      import("../../map/files.ts"),
      import("../../map/text.ts"),
    ]);
    const options = mapOptions(wishes);
    const progress = progressLine(json ? null : process.stderr);
    const map = await computeMap(options, {
      workers: wishes.workers,
      onProgress: (done, all) => progress.show("network", done, all),
    });
    progress.clear();
    const guarantees = guaranteesOf(map);
    const files = await writeMap(map, out);
    // The chart library is large: it is loaded when there is something to draw.
    const { renderGuarantees } = await import("../../../reports/index.ts");
    const page = await renderGuarantees(
      { ...guarantees, engineVersion: engineVersion() },
      { formats: ["html"], outDir: out },
    );
    process.stdout.write(
      json
        ? `${JSON.stringify(requiredUtilities(guarantees))}\n`
        : describeMap(guarantees, [...files, ...page]),
    );
    return EXIT.good;
  },
});
