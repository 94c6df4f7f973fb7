import { InputError } from "../../errors.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { openFile } from "../open-file.ts";
import { FORMAT_HELP, reportFormats } from "../report-formats.ts";
import { DIFFERENCE_TEMPLATE, REPORT_TEMPLATES } from "../../report-settings.ts";
import type { MetricLevel } from "../../../reports/index.ts";

/** A value that a metric of a sweep is read against: `0.36`, or `profit=0`. @throws InputError for anything else */
function levelOf(text: string): MetricLevel {
  const split = text.indexOf("=");
  const number = text.slice(split + 1).trim();
  const value = Number(number);
  if (number === "" || !Number.isFinite(value))
    throw new InputError(`--level ${text}: write a number, or metric=number`);
  return { metric: split < 0 ? null : text.slice(0, split).trim(), value };
}

/** `yumasim report`: charts and tables of one run, of several side by side, or of a sweep. */
export const REPORT = defineCommand({
  command: "report <runs..>",
  describe: "write the report of a run, of several side by side, or of a sweep",
  options: (yargs) =>
    yargs
      .positional("runs", {
        type: "string",
        array: true,
        demandOption: true,
        describe: "run directories, or the directory of a sweep",
      })
      .option("template", {
        choices: [...REPORT_TEMPLATES, DIFFERENCE_TEMPLATE] as const,
        requiresArg: true,
        describe: "kind of report; without it the one that the scenario names, or that fits the runs",
      })
      .option("subnet", {
        type: "number",
        requiresArg: true,
        describe: "netuid, where a report is about one subnet and the run traces several",
      })
      .option("level", {
        type: "string",
        array: true,
        nargs: 1,
        requiresArg: true,
        default: [] as string[],
        describe:
          "of a sweep: number or metric=number that curves and maps are read against; without it 0 where a metric takes both signs",
      })
      .option("format", {
        type: "string",
        default: "html",
        requiresArg: true,
        describe: FORMAT_HELP,
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
      .example(
        "$0 report runs/before runs/after --template regression --out runs/both",
        "where two runs part",
      )
      .example("$0 report sweeps/my --level profit=0 --open", "a sweep, with its break-even")
      .example("$0 report runs/baseline --template consensus --subnet 3", "one subnet of an economy"),
  run: async ({ runs, template, subnet, level, format, out, open, json }) => {
    const formats = reportFormats(format);
    const [only, ...others] = runs;
    const outDir = out ?? only;
    if (outDir === undefined || (out === undefined && others.length > 0))
      throw new InputError(
        "a report of several runs belongs to none of them: say where it goes with --out DIR",
      );
    if (open && !formats.includes("html"))
      throw new InputError("--open opens report.html: add html to --format");
    // The chart library is large; the other commands do not wait for it.
    const { renderDifference, renderReport } = await import("../../../reports/index.ts");
    const levels = level.map(levelOf);
    let files: string[];
    if (template === DIFFERENCE_TEMPLATE) {
      const [before, after] = runs;
      if (before === undefined || after === undefined || runs.length > 2)
        throw new InputError(`--template ${template}: name two runs, the earlier one first`);
      if (levels.length > 0) throw new InputError(`--level belongs to the report of a sweep`);
      const { compareRuns } = await import("../../regression/index.ts");
      files = await renderDifference([before, after], await compareRuns(before, after), { formats, outDir });
    } else
      files = await renderReport(runs, {
        template: template ?? null,
        netuid: subnet ?? null,
        levels,
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
