import { type CheckResult, passed } from "../trace/index.ts";
import { comparisonLines, expectationLines } from "./report-text.ts";

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** A workflow command of GitHub Actions for every scenario that differs: it shows as an annotation of the file. */
export function checkAnnotations(results: readonly CheckResult[]): string {
  return results
    .filter((result) => !passed(result))
    .map((result) => {
      const { scenario, comparison } = result;
      const lines = comparison ? comparisonLines(comparison, ["baseline", "now"]) : [];
      const message = [...lines, ...expectationLines(result)].join("\n");
      const properties = `file=${escapeProperty(scenario)},title=${escapeProperty(`yumasim check: ${scenario} failed`)}`;
      return `::error ${properties}::${escapeData(message)}\n`;
    })
    .join("");
}
