import { type CheckResult, passed } from "../trace/index.ts";
import { comparisonLines, expectationLines, momentText, placeText } from "./report-text.ts";

/** What XML 1.0 cannot hold, even escaped. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function escapeXml(text: string): string {
  return text
    .replaceAll(FORBIDDEN, "?")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");
}

/** JUnit XML: a test case per scenario. */
export function checkJunit(results: readonly CheckResult[]): string {
  const failures = results.filter((result) => !passed(result)).length;
  const cases = results.map((result) => {
    const { name, scenario, comparison } = result;
    const open = `    <testcase classname="yumasim.check" name="${escapeXml(name)}" file="${escapeXml(scenario)}"`;
    if (passed(result)) return `${open}/>`;
    const missed = expectationLines(result);
    const first = comparison?.first;
    const message = first
      ? `${placeText(first)} at ${momentText(first)}`
      : [...(comparison?.notes ?? []), ...missed].join("; ");
    const lines = comparison ? comparisonLines(comparison, ["baseline", "now"]) : [];
    const details = [...lines, ...missed].map((line) => escapeXml(line));
    return `${open}>\n      <failure message="${escapeXml(message)}">${details.join("\n")}</failure>\n    </testcase>`;
  });
  const counts = `tests="${results.length}" failures="${failures}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="yumasim" ${counts}>`,
    `  <testsuite name="yumasim check" ${counts}>`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}
