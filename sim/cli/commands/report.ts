import { InputError } from "../../errors.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";

const FORMATS = ["html", "svg", "png", "csv", "json"] as const;

/** The formats in a comma-separated list. @throws InputError for one that is none */
function chosenFormats(list: string): (typeof FORMATS)[number][] {
  return list.split(",").map((name) => {
    const format = FORMATS.find((candidate) => candidate === name.trim());
    if (!format)
      throw new InputError(`--format ${name}: allowed: ${FORMATS.join(", ")}, with commas between`);
    return format;
  });
}

/** `yumasim report`: charts and tables of one run, or of several side by side. */
export const REPORT = defineCommand({
  command: "report <runs..>",
  describe: "write the report of a run, or of several side by side",
  options: (yargs) =>
    yargs
      .positional("runs", { type: "string", array: true, demandOption: true, describe: "run directories" })
      .option("format", {
        type: "string",
        default: "html",
        requiresArg: true,
        describe: `${FORMATS.join(", ")}, with commas between`,
      })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "folder for report.html and charts/; without it the first run directory",
      })
      .option("json", { type: "boolean", default: false, describe: "print the paths of the files as JSON" })
      .example("$0 report runs/subnet-15", "write runs/subnet-15/report.html")
      .example("$0 report runs/subnet-15 --format svg,png,csv --out charts-of-15", "a file per chart")
      .example("$0 report runs/low runs/high --out runs/both", "two runs side by side"),
  run: async ({ runs, format, out, json }) => {
    const formats = chosenFormats(format);
    // The chart library is large; the other commands do not wait for it.
    const { renderReport } = await import("../../../reports/index.ts");
    const files = await renderReport(runs, { formats, outDir: out ?? runs[0] ?? "." });
    process.stdout.write(json ? `${JSON.stringify({ files })}\n` : files.map((file) => `${file}\n`).join(""));
    return EXIT.good;
  },
});
