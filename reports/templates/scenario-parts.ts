import { ownChart } from "../charts/own/own-chart.ts";
import { displayText } from "../text/labels.ts";
import type { Report, Section } from "./report.ts";
import type { RunSource } from "./template.ts";

const LONGEST_TEXT = 5_000;

/** A report with what its scenario adds: a text above, sections below. */
export async function withScenarioParts(report: Report, runs: readonly RunSource[]): Promise<Report> {
  const settings = runs.find(({ trace }) => trace.manifest?.report !== undefined)?.trace.manifest?.report;
  if (settings === undefined) return report;
  const sections: Section[] = [];
  for (const [at, { title, text, charts }] of settings.sections.entries())
    sections.push({
      id: `own-${at + 1}`,
      title: displayText(title),
      text: paragraphsOf(text),
      charts: await Promise.all(
        charts.map((chart, chartAt) => ownChart(`own-${at + 1}-${chartAt + 1}`, chart, runs)),
      ),
    });
  return {
    ...report,
    text: [...paragraphsOf(settings.text), ...(report.text ?? [])],
    sections: [...report.sections, ...sections],
  };
}

/** Plain text in paragraphs, which empty lines part. */
function paragraphsOf(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => displayText(paragraph, LONGEST_TEXT));
}
