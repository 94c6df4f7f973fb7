import type { Report } from "../templates/report.ts";

/** Longest id, so that a file of it can have any extension. */
const MOST_LETTERS = 80;

/** Ids of the page's own. */
const TAKEN = ["summary", "definitions", "run", "charts", "picture-rules", "theme", "tooltip"];

/**
 * A report whose ids can be anchors and names of files, whatever names they were made of: lower-case letters, digits and
 * hyphens, each once in the report.
 */
export function withSafeIds(report: Report): Report {
  const taken = new Set(TAKEN);
  const safe = <T extends { readonly id: string }>(one: T): T => {
    const words = one.id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^[^a-z]+|-+$/g, "")
      .slice(0, MOST_LETTERS)
      .replace(/-+$/, "");
    const name = words === "" ? "part" : words;
    let id = name;
    for (let count = 2; taken.has(id); count++) id = `${name}-${count}`;
    taken.add(id);
    return { ...one, id };
  };
  // Charts first: their ids are names of files.
  const charts = report.sections.map((section) => section.charts.map(safe));
  return {
    ...report,
    sections: report.sections.map((section, i) => ({ ...safe(section), charts: charts[i]! })),
    tables: report.tables.map(safe),
  };
}
