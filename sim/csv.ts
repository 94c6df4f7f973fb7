/** Text in CSV files (RFC 4180). */

/** A field: in quotes where commas, quotes or line ends ask for it. */
export function quoteCsv(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A text that somebody may have chosen. What a spreadsheet would take for a formula gets an apostrophe before it, because
 * names come from whoever wrote the scenario.
 */
export function csvText(text: string): string {
  return quoteCsv(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
}
