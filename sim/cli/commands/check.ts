import { writeFile } from "node:fs/promises";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { progressLine } from "../progress.ts";
import { FORMAT_HELP, formatsOfReport } from "../report-formats.ts";
import { stopSignal } from "../stop-signal.ts";

/** `yumasim check`: a guard for CI, which compares runs with committed baselines. */
export const CHECK = defineCommand({
  command: "check <scenarios..>",
  describe: "run scenarios and compare them with their baselines",
  options: (yargs) =>
    yargs
      .positional("scenarios", {
        type: "string",
        array: true,
        demandOption: true,
        describe: "scenario files (YAML)",
      })
      .option("against", {
        type: "string",
        demandOption: true,
        requiresArg: true,
        describe: "directory of the baselines, a file per scenario",
      })
      .option("update", {
        type: "boolean",
        default: false,
        describe: "write new baselines and say what moved",
      })
      .option("columns", {
        type: "string",
        default: "",
        describe:
          "with --update: keep the values of these columns only (table.column, with commas between); the others are told apart by digests",
      })
      .option("allow-code", {
        type: "boolean",
        default: false,
        describe: "load the strategy modules that scenarios name; they can do anything that you can",
      })
      .option("json", { type: "boolean", default: false, describe: "print the results as JSON" })
      .option("junit", {
        type: "string",
        requiresArg: true,
        describe: "write the results as JUnit XML to this file",
      })
      .option("report", {
        type: "string",
        requiresArg: true,
        describe: "also write a report of what was found into this folder",
      })
      .option("format", {
        type: "string",
        requiresArg: true,
        describe: `of --report, without it html: ${FORMAT_HELP}`,
      })
      .option("github", { type: "boolean", default: false, describe: "print annotations for GitHub Actions" })
      .example(
        "$0 check scenarios/regression/*.yaml --against scenarios/regression/baseline",
        "exits with 1 on a difference",
      )
      .example(
        "$0 check scenarios/regression/calls/*.yaml --allow-code --against scenarios/regression/baseline",
        "scenarios with strategies of their own",
      )
      .example(
        "$0 check scenarios/*.yaml --against baseline --report runs/check",
        "with a page that opens offline: what parts where, and how far it spreads",
      )
      .example("$0 check my.yaml --against baseline --update", "write baseline/my.json"),
  run: async ({ scenarios, against, update, columns, allowCode, json, junit, github, report, format }) => {
    const formats = formatsOfReport(report, format);
    const regression = await import("../../regression/index.ts");
    const progress = progressLine(json ? null : process.stderr);
    const stop = stopSignal();
    let started = 0;
    try {
      const results = await regression.checkScenarios(scenarios, {
        against,
        update,
        columns: regression.keptColumns(columns.split(",").filter((name) => name !== "")),
        allowCode,
        signal: stop.signal,
        onStart: () => progress.show("scenario", ++started, scenarios.length),
      });
      progress.clear();
      if (junit !== undefined) await writeFile(junit, regression.checkJunit(results));
      if (report !== undefined) {
        const [{ renderChecks }, { engineVersion }] = await Promise.all([
          import("../../../reports/index.ts"),
          import("../../run/version.ts"),
        ]);
        const context = { against, engineVersion: engineVersion() };
        const files = await renderChecks(results, context, { formats, outDir: report });
        process.stderr.write(files.map((file) => `${file}\n`).join(""));
      }
      if (github) process.stdout.write(regression.checkAnnotations(results));
      process.stdout.write(json ? `${JSON.stringify({ results })}\n` : regression.checkText(results));
      if (stop.signal.aborted) return EXIT.stopped;
      return results.every(regression.passed) ? EXIT.good : EXIT.no;
    } finally {
      progress.clear();
      stop.release();
    }
  },
});
