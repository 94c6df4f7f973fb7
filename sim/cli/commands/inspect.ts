import { InputError } from "../../errors.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { describeRun, describeSweepDirectory, describeTable, inspectionJson } from "../inspect-text.ts";
import { progressLine } from "../progress.ts";

/** `yumasim inspect`: what a run is and what its tables hold. */
export const INSPECT = defineCommand({
  command: "inspect <run>",
  describe: "print what a run or a sweep holds: schema, first rows, statistics of the columns",
  options: (yargs) =>
    yargs
      .positional("run", {
        type: "string",
        demandOption: true,
        describe: "directory of a run or a sweep; of one that is under way, what it has so far",
      })
      .option("table", {
        type: "string",
        requiresArg: true,
        describe: "one table only, with what its columns mean",
      })
      .option("rows", { type: "number", default: 2, requiresArg: true, describe: "first rows to show" })
      .option("json", { type: "boolean", default: false, describe: "print it as JSON" })
      .example("$0 inspect runs/subnet-15", "the run and all of its tables")
      .example("$0 inspect sweeps/my", "what a sweep varies, how far it is, what it found")
      .example("$0 inspect runs/subnet-15 --table neurons --rows 5", "one table with meanings"),
  run: async ({ run, table, rows, json }) => {
    if (!Number.isInteger(rows) || rows < 0)
      throw new InputError(`--rows ${rows}: a number from 0 is needed`);
    const { inspectSweep, inspectTable, readManifest, tableFiles } = await import("../../trace/index.ts");
    const sweep = await inspectSweep(run);
    // A sweep that was stopped has no tables yet.
    const isWithout = sweep !== null && table === undefined && !sweep.hasTables;
    const files = isWithout ? [] : await tableFiles(run, table === undefined ? undefined : [table]);
    const manifest = await readManifest(run);
    const progress = progressLine(json ? null : process.stderr);
    const tables = [];
    for (const file of files) {
      progress.show("table", tables.length + 1, files.length, `: ${file.name}`);
      tables.push(await inspectTable(file, rows));
    }
    progress.clear();
    if (json) process.stdout.write(`${JSON.stringify(inspectionJson(run, manifest, sweep, tables))}\n`);
    else {
      const isUnderWay = files.some(({ isStream }) => isStream);
      const parts = tables.map((one) => describeTable(one, table !== undefined));
      process.stdout.write(
        [
          sweep === null ? describeRun(run, manifest, isUnderWay) : describeSweepDirectory(run, sweep),
          ...parts,
        ].join("\n"),
      );
    }
    return EXIT.good;
  },
});
