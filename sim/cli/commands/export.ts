import { InputError } from "../../errors.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { progressLine } from "../progress.ts";
import { stopSignal } from "../stop-signal.ts";

/** `yumasim export`: tables as Parquet or CSV, for tools that do not read Arrow. */
export const EXPORT = defineCommand({
  command: "export <run>",
  describe: "write the tables of a run or a sweep as Parquet or CSV",
  options: (yargs) =>
    yargs
      .positional("run", {
        type: "string",
        demandOption: true,
        describe: "directory of a run or a sweep; of a run that is under way, what it has so far",
      })
      .option("parquet", {
        type: "boolean",
        default: false,
        describe: "Parquet: small, with types and units",
      })
      .option("csv", { type: "boolean", default: false, describe: "CSV: text, all digits" })
      .option("tables", {
        type: "string",
        requiresArg: true,
        describe: "names, with commas between; without it all tables",
      })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "folder for the files; without it the directory itself",
      })
      .option("json", { type: "boolean", default: false, describe: "print the files as JSON" })
      .option("quiet", { type: "boolean", default: false, describe: "print errors only" })
      .example("$0 export runs/subnet-15 --parquet", "write runs/subnet-15/neurons.parquet and the others")
      .example("$0 export runs/subnet-15 --csv --tables subnets,neurons --out tables", "two tables as text"),
  run: async ({ run, parquet, csv, tables, out, json, quiet }) => {
    if (parquet === csv) throw new InputError("say how: --parquet or --csv");
    const { exportTables, tableFiles } = await import("../../trace/index.ts");
    const wanted = tables?.split(",").map((name) => name.trim());
    const total = (await tableFiles(run, wanted)).length;
    const progress = progressLine(quiet || json ? null : process.stderr);
    const stop = stopSignal();
    const begun = new Set<string>();
    try {
      const files = await exportTables(run, {
        format: parquet ? "parquet" : "csv",
        outDir: out ?? run,
        ...(wanted !== undefined && { tables: wanted }),
        onProgress: (table, rows) => {
          begun.add(table);
          progress.show("table", begun.size, total, `: ${table}, ${rows} rows`);
        },
        signal: stop.signal,
      });
      progress.clear();
      if (json) process.stdout.write(`${JSON.stringify({ files })}\n`);
      else if (!quiet)
        process.stdout.write(files.map(({ path, rows }) => `${path} (${rows} rows)\n`).join(""));
      if (files.length === total) return EXIT.good;
      if (!quiet) process.stderr.write(`stopped after ${files.length} of ${total} tables\n`);
      return EXIT.stopped;
    } finally {
      progress.clear();
      stop.release();
    }
  },
});
