/** What a scenario says about its report: read with the scenario, kept in `run.json`, obeyed by `reports/`. */

/** Reports that there are, by the names that scenarios and the command line use. */
export const REPORT_TEMPLATES = ["consensus", "economy", "comparison", "attack", "cases", "sweep"] as const;

/** The report about where two runs part: no scenario can ask for it, since it is about one run. */
export const DIFFERENCE_TEMPLATE = "regression";

export type ReportTemplate = (typeof REPORT_TEMPLATES)[number];

/** How several rows of one moment become one number. */
export const ROW_STATISTICS = ["sum", "mean", "median", "min", "max"] as const;

export type RowStatistic = (typeof ROW_STATISTICS)[number];

/** A chart of the scenario's own: metrics over time, or a column of a table over time. All texts are plain text. */
export type ReportChart = {
  /** Null = one made of the names. */
  readonly title: string | null;
  /** How to read it. */
  readonly text: string;
  /** Of the y axis; null = that of the column, or none. */
  readonly unit: string | null;
  readonly scale: "linear" | "log";
} & (
  | { readonly kind: "metrics"; readonly metrics: readonly string[] }
  | {
      readonly kind: "column";
      readonly table: string;
      readonly column: string;
      /** Column whose values make a line each; null = one line. */
      readonly by: string | null;
      /** Null = the sum of amounts and counts, the mean of anything else. */
      readonly rows: RowStatistic | null;
    }
);

export interface ReportSection {
  readonly title: string;
  /** Paragraphs, parted by empty lines. */
  readonly text: string;
  readonly charts: readonly ReportChart[];
}

export interface ReportSettings {
  /** Null = the one that fits the run. */
  readonly template: ReportTemplate | null;
  /** Stands above everything else. */
  readonly text: string;
  /** Stand below the template's own. */
  readonly sections: readonly ReportSection[];
}
