import type { ReportTemplate } from "../../sim/report-settings.ts";
import type { Trace } from "../../sim/trace/index.ts";
import type { Report } from "./report.ts";

/** A run that a report is made of. */
export interface RunSource {
  readonly trace: Trace;
  /** Name in a report about several runs, unique in it; null in a report about one. */
  readonly label: string | null;
}

/** What a report is asked to show beside the runs. */
export interface TemplateOptions {
  /** The subnet that a report about one is about; null = the only one. */
  readonly netuid: number | null;
}

/** A kind of report. Whoever adds one names it in `sim/report-settings.ts` and in the list of `templates.ts`. */
export interface Template {
  readonly name: ReportTemplate;
  /** Whether it is the report of these runs when nobody asks for another. */
  readonly isUsualFor: (runs: readonly RunSource[]) => boolean;
  /** @throws InputError when it can say nothing about these runs */
  readonly build: (runs: readonly RunSource[], options: TemplateOptions) => Promise<Report>;
}

/** Whether a run is of a whole economy. */
export const isEconomyRun = ({ trace }: RunSource): boolean =>
  trace.manifest === null ? trace.has("blocks") : trace.manifest.economy !== undefined;

/** Whether a run compares several sets of overrides. */
export const comparesItself = ({ trace }: RunSource): boolean =>
  (trace.manifest?.comparisons.length ?? 1) > 1;
