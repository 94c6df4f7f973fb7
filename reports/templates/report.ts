import type { Chart } from "../charts/chart.ts";
import type { Table } from "../data/table.ts";
import type { Definition } from "./definitions.ts";

/** A figure of the summary: one number and the sentence that says what it means. */
export interface Headline {
  /** The number with its unit. */
  readonly figure: string;
  /** What the number is, in a few words. */
  readonly label: string;
  /** The finding, as a sentence. */
  readonly sentence: string;
  /** How the number is defined: id, formula, population, window. */
  readonly definition: string;
}

/** Charts about one question. */
export interface Section {
  /** Anchor. */
  readonly id: string;
  readonly title: string;
  /** Paragraphs of plain text above the charts. */
  readonly text?: readonly string[];
  readonly charts: readonly Chart[];
}

/** A table with a heading of its own. */
export interface TableSection {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly table: Table;
}

/** A name and its text, in the section about the run. */
export interface ManifestEntry {
  readonly name: string;
  readonly text: string;
}

/** A report, ready to be rendered in any format. All texts may hold names that somebody else chose. */
export interface Report {
  readonly title: string;
  readonly subtitle: string;
  readonly description: string;
  /** Paragraphs of plain text above everything else: what the author of the scenario says. */
  readonly text?: readonly string[];
  readonly headlines: readonly Headline[];
  readonly sections: readonly Section[];
  readonly tables: readonly TableSection[];
  readonly manifest: readonly ManifestEntry[];
  /** Of the measures that its texts name by id. */
  readonly definitions: readonly Definition[];
}

/** All charts of a report in their order. */
export function chartsOf(report: Report): Chart[] {
  return report.sections.flatMap((section) => section.charts);
}
