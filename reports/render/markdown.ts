import { type Cell, type Table } from "../data/table.ts";
import { DEFINITIONS } from "../templates/definitions.ts";
import type { Report } from "../templates/report.ts";
import { displayText } from "../text/labels.ts";

/** Letters of a name in a table; all of it is in the CSV. */
const MOST_LETTERS = 60;

/**
 * The report as Markdown (GitHub's flavour) whose charts are pictures beside it.
 * @param chartPath where the picture of a chart lies, relative to the file
 */
export function renderMarkdown(report: Report, chartPath: (id: string) => string): string {
  const blocks: string[] = [
    `# ${escapeMarkdown(report.title)}`,
    escapeMarkdown(report.subtitle),
    ...(report.description === "" ? [] : [escapeMarkdown(report.description)]),
    ...(report.text ?? []).map(escapeMarkdown),
    "## Summary",
    ...report.headlines.map(
      ({ figure, label, sentence, definition }) =>
        `- **${escapeMarkdown(figure)}** ${escapeMarkdown(label)}. ${escapeMarkdown(sentence)}\n  *${escapeMarkdown(definition)}*`,
    ),
  ];
  for (const { title, text = [], charts } of report.sections) {
    blocks.push(`## ${escapeMarkdown(title)}`, ...text.map(escapeMarkdown));
    for (const chart of charts) {
      const name = escapeMarkdown(chart.title);
      blocks.push(`### ${name}`, `![${name}](${chartPath(chart.id)})`, escapeMarkdown(chart.description));
    }
  }
  for (const { title, description, table } of report.tables)
    blocks.push(`## ${escapeMarkdown(title)}`, escapeMarkdown(description), tableMarkdown(table));
  const named = new Set([
    ...report.definitions.map(({ id }) => id),
    ...Array.from(blocks.join("\n").matchAll(/\((M\d+)\\?\)/g), ([, id]) => id!),
  ]);
  const definitions = DEFINITIONS.filter(({ id }) => named.has(id)).map(
    ({ id, name, text }) => `- **${id} ${escapeMarkdown(name)}**: ${escapeMarkdown(text)}`,
  );
  blocks.push(
    ...(definitions.length > 0 ? ["## Definitions", ...definitions] : []),
    "## About this run",
    "The same input, seed and version give the same numbers to the last bit on any machine.",
    ...report.manifest.map(({ name, text }) => `- ${escapeMarkdown(name)}: ${escapeMarkdown(text)}`),
  );
  return `${blocks.join("\n\n")}\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;" };

/**
 * Text that Markdown takes for nothing else: no markup, link, mention, formula, cell or list; on one line, so that it
 * stays in its cell and its heading.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/[\\`*_[\]|~$!]/g, "\\$&")
    .replace(/[&<>@]/g, (letter) => ENTITIES[letter]!)
    .replace(/:\/\//g, "&#58;//")
    .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}&#46;`)
    .replace(/^(\d+)([.)])/, "$1\\$2")
    .replace(/^[#+=-]/, "\\$&");
}

function tableMarkdown({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const cellText = (cell: Cell, i: number): string => {
    if (cell === null) return "–";
    const { format } = columns[i]!;
    return format ? format(cell) : displayText(String(cell), MOST_LETTERS);
  };
  return [
    line(
      columns.map(({ title, group }) =>
        escapeMarkdown(displayText(group === undefined ? title : `${group}: ${title}`)),
      ),
    ),
    line(columns.map(({ numeric }) => (numeric ? "--:" : "---"))),
    ...rows.map((row) => line(row.map((cell, i) => escapeMarkdown(cellText(cell, i))))),
  ].join("\n");
}
