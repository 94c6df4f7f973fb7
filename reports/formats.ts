/** Formats of a report: one page, or a file per chart. */
export const REPORT_FORMATS = ["html", "svg", "png", "csv", "json"] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];
