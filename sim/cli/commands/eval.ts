import { once } from "node:events";
import {
  benchLines,
  checkLines,
  checkSources,
  type EvalSummary,
  evaluateLines,
  FAMILIES,
  openFamily,
  readLines,
} from "../../eval/index.ts";
import { defineCommand } from "../command.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { UsageError } from "../failures.ts";

async function writeLine(text: string): Promise<void> {
  if (!process.stdout.write(`${text}\n`)) await once(process.stdout, "drain");
}

function exitCode(summary: EvalSummary): ExitCode {
  if (summary.errors > 0) return EXIT.badInput;
  return summary.differences > 0 ? EXIT.no : EXIT.good;
}

/** `yumasim eval`: cases in JSON Lines, put to one protocol function. */
export const EVAL = defineCommand({
  command: "eval <family> [files..]",
  describe: "put cases (JSON Lines) to one protocol function",
  options: (yargs) =>
    yargs
      .positional("family", {
        type: "string",
        demandOption: true,
        describe: `function: ${FAMILIES.map((entry) => `${entry.name}: ${entry.description}`).join("; ")}. Their lines: docs/eval.md`,
      })
      .positional("files", {
        type: "string",
        array: true,
        default: [] as string[],
        describe: "JSON Lines, plain or gzip; - or none: standard input",
      })
      .option("backend", {
        type: "string",
        requiresArg: true,
        describe: "what computes it; without it the family's own, exact where there is one",
      })
      .option("check", {
        type: "boolean",
        default: false,
        describe:
          "compare with each line's `out`, exactly (float families: within the tolerance they print), and answer only the lines that differ",
      })
      .option("bench", {
        type: "number",
        requiresArg: true,
        describe: "time the kernel alone over so many repetitions per case",
      })
      .check(({ bench, check }) => {
        if (bench !== undefined && !(Number.isSafeInteger(bench) && bench >= 1))
          throw new UsageError("--bench: allowed: an integer from 1");
        if (bench !== undefined && check) throw new UsageError("--bench and --check exclude each other");
        return true;
      })
      .example("$0 eval epoch cases.jsonl", "answer every line with {name, out}")
      .example("gzip -dc cases.jsonl.gz | $0 eval epoch -", "read standard input")
      .example("$0 eval epoch --check epoch-*.jsonl.gz", "compare with the expected results")
      .example("$0 eval epoch --bench 100 cases.jsonl", "nanoseconds per epoch"),
  run: async ({ family: name, files, backend: asked, check, bench }) => {
    const { family, backend } = await openFamily(name, asked);
    const note = family.note?.(backend);
    if (note !== undefined) process.stderr.write(`${note}\n`);
    const sources = files.length === 0 ? ["-"] : files;
    await checkSources(sources);
    const lines = readLines(sources, process.stdin);
    if (bench !== undefined) return exitCode(await benchLines(family, backend, lines, bench, writeLine));
    const summary = await (check ? checkLines : evaluateLines)(family, backend, lines, writeLine);
    if (check) {
      const tolerance = family.tolerance?.(backend);
      if (tolerance !== undefined) process.stderr.write(`${name}: tolerance: ${tolerance}\n`);
      process.stderr.write(
        `${name}: ${summary.cases} cases, ${summary.differences} differences, ${summary.errors} errors\n`,
      );
    }
    return exitCode(summary);
  },
});
