import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { FORMAT_HELP, formatsOfReport } from "../report-formats.ts";

/** `yumasim diff`: where two runs part. */
export const DIFF = defineCommand({
  command: "diff <before> <after>",
  describe: "say where two runs part: table, block, neuron, column and both values",
  options: (yargs) =>
    yargs
      .positional("before", { type: "string", demandOption: true, describe: "run directory" })
      .positional("after", { type: "string", demandOption: true, describe: "run directory" })
      .option("json", { type: "boolean", default: false, describe: "print what was found as JSON" })
      .option("report", {
        type: "string",
        requiresArg: true,
        describe: "also write a report of the difference into this folder",
      })
      .option("format", {
        type: "string",
        requiresArg: true,
        describe: `of --report, without it html: ${FORMAT_HELP}`,
      })
      .example("$0 diff runs/before runs/after", "exits with 1 when a value differs")
      .example("$0 diff runs/before runs/after --report runs/difference", "a page that opens offline"),
  run: async ({ before, after, json, report, format }) => {
    const formats = formatsOfReport(report, format);
    const { compareRuns, diffText } = await import("../../regression/index.ts");
    const comparison = await compareRuns(before, after);
    if (report !== undefined) {
      const { renderDifference } = await import("../../../reports/index.ts");
      const files = await renderDifference([before, after], comparison, { formats, outDir: report });
      process.stderr.write(files.map((file) => `${file}\n`).join(""));
    }
    process.stdout.write(json ? `${JSON.stringify(comparison)}\n` : diffText(before, after, comparison));
    return comparison.same ? EXIT.good : EXIT.no;
  },
});
