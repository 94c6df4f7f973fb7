import { join } from "node:path";
import { findVariant, VARIANTS } from "../../../kernels/variants/names.ts";
import { InputError } from "../../errors.ts";
import { engineVersion } from "../../run/version.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { openFile } from "../open-file.ts";
import { FORMAT_HELP, reportFormats } from "../report-formats.ts";

const listOf = (text: string): string[] => text.split(",").map((name) => name.trim());

/** `yumasim cases`: the 24 cases under the Yuma formulas, on one page. */
export const CASES = defineCommand({
  command: "cases [ids..]",
  describe: "draw the 24 cases that researchers compare Yuma formulas with, on one page",
  options: (yargs) =>
    yargs
      .positional("ids", {
        type: "number",
        array: true,
        default: [] as number[],
        describe: "cases; all without",
      })
      .option("formulas", {
        type: "string",
        requiresArg: true,
        default: VARIANTS.join(","),
        describe: "Yuma formulas, with commas between",
      })
      .option("bond-penalty", {
        type: "number",
        requiresArg: true,
        default: 0.99,
        describe: "0 builds bonds on weights as set, 1 on clipped ones",
      })
      .option("options", {
        type: "string",
        requiresArg: true,
        describe: "a named variation of the chart settings (docs/variants.md), for example ema-0.9",
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
        default: join("runs", "cases"),
        describe: "folder for report.html and charts/",
      })
      .option("open", { type: "boolean", default: false, describe: "open report.html when it is written" })
      .option("json", { type: "boolean", default: false, describe: "print the paths of the files as JSON" })
      .example("$0 cases", "all cases under all formulas")
      .example("$0 cases 2 8 --formulas yuma2,yuma3 --options ema-0.9", "two of them at the chain's rate"),
  run: async ({ ids, formulas, bondPenalty, options, format, out, open, json }) => {
    const chosen = listOf(formulas).map((name) => {
      const formula = findVariant(name);
      if (formula === undefined) throw new InputError(`--formulas ${name}: allowed: ${VARIANTS.join(", ")}`);
      return formula;
    });
    const formats = reportFormats(format);
    if (!(bondPenalty >= 0 && bondPenalty <= 1))
      throw new InputError(`--bond-penalty ${bondPenalty}: a number from 0 to 1 is needed`);
    const [{ runCases }, { renderCases }] = await Promise.all([
      import("../../eval/variant/case-runs.ts"),
      import("../../../reports/index.ts"),
    ]);
    const cases = runCases({ ids, formulas: chosen, bondPenalty, options: options ?? null });
    const manifest = [
      { name: "Arithmetic", text: "float64, the same on every machine" },
      { name: "Bond penalty", text: String(bondPenalty) },
      { name: "Settings", text: options ?? "those of the published charts" },
      { name: "Engine version", text: engineVersion() },
    ];
    const files = await renderCases(cases, manifest, { formats, outDir: out });
    process.stdout.write(json ? `${JSON.stringify({ files })}\n` : files.map((file) => `${file}\n`).join(""));
    const page = files.find((file) => file.endsWith(".html"));
    if (open && page !== undefined && !(await openFile(page)))
      process.stderr.write(`nothing on this machine opens ${page}: open it in a browser\n`);
    return EXIT.good;
  },
});
