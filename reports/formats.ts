/** Formats of a report: one page, or a file per chart; Markdown is a page with an SVG per chart. */
export const REPORT_FORMATS = ["html", "markdown", "svg", "png", "csv", "json"] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];
