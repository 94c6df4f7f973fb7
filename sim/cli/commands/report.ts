import { InputError } from "../../errors.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { openFile } from "../open-file.ts";
import { REPORT_TEMPLATES } from "../../report-settings.ts";
import { REPORT_FORMATS, type ReportFormat } from "../../../reports/formats.ts";

/** The formats in a comma-separated list. @throws InputError for one that is none */
function chosenFormats(list: string): ReportFormat[] {
  return list.split(",").map((name) => {
    const format = REPORT_FORMATS.find((candidate) => candidate === name.trim());
    if (!format)
      throw new InputError(`--format ${name}: allowed: ${REPORT_FORMATS.join(", ")}, with commas between`);
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
      .option("template", {
        choices: REPORT_TEMPLATES,
        requiresArg: true,
        describe: "kind of report; without it the one that the scenario names, or that fits the runs",
      })
      .option("subnet", {
        type: "number",
        requiresArg: true,
        describe: "netuid, where a report is about one subnet and the run traces several",
      })
      .option("format", {
        type: "string",
        default: "html",
        requiresArg: true,
        describe: `${REPORT_FORMATS.join(", ")}, with commas between`,
      })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "folder for report.html, report.md and charts/; without it the run directory",
      })
      .option("open", { type: "boolean", default: false, describe: "open report.html when it is written" })
      .option("json", { type: "boolean", default: false, describe: "print the paths of the files as JSON" })
      .example("$0 report runs/subnet-15", "write runs/subnet-15/report.html")
      .example("$0 report runs/subnet-15 --format svg,png,csv --out charts-of-15", "a file per chart")
      .example("$0 report runs/subnet-15 --format markdown --out text", "text/report.md with SVGs beside it")
      .example("$0 report runs/low runs/high --out runs/both", "two runs side by side")
      .example("$0 report runs/baseline --template consensus --subnet 3", "one subnet of an economy"),
  run: async ({ runs, template, subnet, format, out, open, json }) => {
    const formats = chosenFormats(format);
    const [only, ...others] = runs;
    const outDir = out ?? only;
    if (outDir === undefined || (out === undefined && others.length > 0))
      throw new InputError(
        "a report of several runs belongs to none of them: say where it goes with --out DIR",
      );
    if (open && !formats.includes("html"))
      throw new InputError("--open opens report.html: add html to --format");
    // The chart library is large; the other commands do not wait for it.
    const { renderReport } = await import("../../../reports/index.ts");
    const files = await renderReport(runs, {
      template: template ?? null,
      netuid: subnet ?? null,
      formats,
      outDir,
    });
    process.stdout.write(json ? `${JSON.stringify({ files })}\n` : files.map((file) => `${file}\n`).join(""));
    const page = files.find((file) => file.endsWith(".html"));
    if (open && page !== undefined && !(await openFile(page)))
      process.stderr.write(`nothing on this machine opens ${page}: open it in a browser\n`);
    return EXIT.good;
  },
});
