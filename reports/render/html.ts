import type { Chart, Row } from "../charts/chart.ts";
import { PAGE_STYLE, pictureRules } from "../charts/small-plot.ts";
import { themeOf } from "../charts/theme.ts";
import { type Cell, type Table, tableToCsv } from "../data/table.ts";
import type { Report, TableSection } from "../templates/report.ts";
import { chartsOf } from "../templates/report.ts";
import { DEFINITIONS } from "../templates/definitions.ts";
import { compileWithoutData } from "./compile.ts";
import { chartForExport, panelForScreen } from "./compose.ts";
import { escapeHtml, jsonForScript, sourceHash } from "./escape.ts";
import { pageScripts, readAsset } from "./page-scripts.ts";
import { renderSvg } from "./svg.ts";
import { displayText } from "../text/labels.ts";

/** Rows of a chart's data that the page shows; the CSV has all. */
const MOST_ROWS = 60;

/** Letters of a name in a table; all of it is in the CSV, and shown when one points at it. */
const MOST_LETTERS = 32;

/**
 * The report as one HTML file that needs nothing else: no request, no other file, and a content security policy that
 * allows only the scripts and the style in it. Without scripts it shows the charts as pictures.
 */
export async function renderHtml(report: Report): Promise<string> {
  const style = readAsset("page.css");
  const charts = chartsOf(report);
  const isDrawn = (chart: Chart): boolean => chart.picture === undefined;
  const scripts = pageScripts(charts.some(isDrawn));
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(sourceHash).join(" ")}`,
    `style-src ${sourceHash(style)}`,
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const sections = await Promise.all(
    report.sections.map(async (section) => {
      const wide = wideCharts(section.charts);
      const charts = await Promise.all(section.charts.map((chart) => chartHtml(chart, wide.has(chart))));
      return `<section aria-labelledby="${section.id}"><h2 id="${section.id}">${escapeHtml(section.title)}</h2>
${paragraphsHtml(section.text)}
<div class="charts">${charts.join("\n")}</div></section>`;
    }),
  );
  const body = [headlinesHtml(report), ...sections, ...report.tables.map(tableSectionHtml)].join("\n");
  const definitions = definitionsHtml(report, paragraphsHtml(report.text) + body);
  const header = headerHtml(report, definitions !== "");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="yumasim">
<title>${escapeHtml(report.title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#summary">Skip to the summary</a>
<div class="frame">
${header}
<main>
${body}
${definitions}
${manifestHtml(report)}
</main>
</div>
<div id="tooltip" role="tooltip" hidden></div>
<script type="application/json" id="charts">${jsonForScript(charts.filter(isDrawn).map(chartForPage))}</script>
<script type="application/json" id="picture-rules">${jsonForScript(pictureRules(themeOf("light", "export")))}</script>
${scripts.map((script) => `<script>${script}</script>`).join("\n")}
</body>
</html>
`;
}

function headerHtml(report: Report, hasDefinitions: boolean): string {
  const anchors = [
    ...report.sections.map(({ id, title }) => ({ id, title })),
    ...report.tables.map(({ id, title }) => ({ id, title })),
    ...(hasDefinitions ? [{ id: "definitions", title: "Definitions" }] : []),
    { id: "run", title: "About this run" },
  ];
  const links = anchors.map(({ id, title }) => `<a href="#${id}">${escapeHtml(title)}</a>`).join("\n");
  return `<header>
<h1>${escapeHtml(report.title)}</h1>
<p class="subtitle">${escapeHtml(report.subtitle)}</p>
${report.description === "" ? "" : `<p class="description">${escapeHtml(report.description)}</p>`}
${paragraphsHtml(report.text)}
<div class="bar"><nav aria-label="Contents">${links}</nav>
<button type="button" id="theme" hidden>Light or dark</button></div>
</header>`;
}

function paragraphsHtml(paragraphs: readonly string[] = []): string {
  return paragraphs.map((text) => `<p class="description">${proseHtml(text)}</p>`).join("\n");
}

function headlinesHtml(report: Report): string {
  const items = report.headlines.map(
    (headline) => `<li>
<p class="figure">${escapeHtml(headline.figure)}</p>
<p class="label">${escapeHtml(headline.label)}</p>
<p class="sentence">${escapeHtml(headline.sentence)}</p>
<details><summary>Definition</summary>${proseHtml(headline.definition)}</details>
</li>`,
  );
  return `<section aria-labelledby="summary"><h2 id="summary">Summary</h2><ul class="headlines">${items.join("\n")}</ul></section>`;
}

/** Charts that take the whole width: those of several panels, and one that would leave a hole beside it. */
function wideCharts(charts: readonly Chart[]): Set<Chart> {
  const wide = new Set<Chart>();
  let alone: Chart | null = null;
  for (const chart of charts) {
    if (chart.panels.length !== 1) {
      wide.add(chart);
      if (alone !== null) wide.add(alone);
      alone = null;
    } else {
      alone = alone === null ? chart : null;
    }
  }
  if (alone !== null) wide.add(alone);
  return wide;
}

/** A chart that is a picture already. */
function pictureHtml(chart: Chart, picture: string): string {
  return `<article class="chart wide" aria-labelledby="${chart.id}">
<h3 id="${chart.id}">${escapeHtml(chart.title)}</h3>
<p class="caption">${proseHtml(chart.description)}</p>
<div class="picture" id="${chart.id}-picture" tabindex="0" role="img" aria-label="${escapeHtml(
    `${chart.title}. The data table below holds the figures.`,
  )}">${picture}</div>
${actionsHtml(chart.id, ["csv", "svg", "png"], chart.title)}
${csvHtml(chart.id, chart.table)}
<details><summary>Data table</summary>${tableHtml(chart.table, MOST_ROWS, `Data of: ${chart.title}`)}</details>
</article>`;
}

async function chartHtml(chart: Chart, isWide: boolean): Promise<string> {
  if (chart.picture !== undefined) return pictureHtml(chart, chart.picture(PAGE_STYLE));
  const picture = await renderSvg(chartForExport(chart, themeOf("light", "export")));
  const panels = chart.panels.map((panel, i) => {
    const title = panel.title === null ? "" : `<h4>${escapeHtml(panel.title)}</h4>`;
    const name = panel.title === null ? chart.title : `${chart.title}: ${panel.title}`;
    return `<div class="panel">${title}<div class="drawing" id="${chart.id}-panel-${i}" role="img" aria-label="${escapeHtml(
      `${name}. The data table below holds the figures.`,
    )}"></div></div>`;
  });
  const wide = isWide ? " wide" : "";
  return `<article class="chart${wide}" aria-labelledby="${chart.id}">
<h3 id="${chart.id}">${escapeHtml(chart.title)}</h3>
<noscript>${picture}</noscript>
<div class="panels${(chart.columns ?? 2) > 2 ? " small" : ""}">${panels.join("\n")}</div>
<p class="caption">${proseHtml(chart.description)}</p>
${actionsHtml(chart.id, ["csv", "svg", "png", "json"], chart.title)}
${csvHtml(chart.id, chart.table)}
<details><summary>Data table</summary>${tableHtml(chart.table, MOST_ROWS, `Data of: ${chart.title}`)}</details>
</article>`;
}

const FORMAT_NAMES: Readonly<Record<string, string>> = {
  csv: "Data (CSV)",
  svg: "SVG",
  png: "PNG",
  json: "Vega-Lite",
};

function actionsHtml(id: string, formats: readonly string[], title: string): string {
  const buttons = formats.map(
    (format) =>
      `<button type="button" data-chart="${id}" data-download="${format}" aria-label="${escapeHtml(`Download ${FORMAT_NAMES[format]!}: ${title}`)}">${FORMAT_NAMES[format]!}</button>`,
  );
  return `<div class="actions">${buttons.join("")}</div>`;
}

/** The CSV as the browser will save it. A script element holds it as it is, so only `<` is at risk: it becomes an escape. */
function csvHtml(id: string, table: Table): string {
  return `<script type="application/json" id="${id}-csv">${jsonForScript(tableToCsv(table))}</script>`;
}

function tableSectionHtml(section: TableSection): string {
  return `<section aria-labelledby="${section.id}"><h2 id="${section.id}">${escapeHtml(section.title)}</h2>
<div class="panel-table"><p class="caption">${escapeHtml(section.description)}</p>
${actionsHtml(section.id, ["csv"], section.title)}
${csvHtml(section.id, section.table)}
${tableHtml(section.table, Infinity, `Table: ${section.title}`)}</div></section>`;
}

function tableHtml(table: Table, limit: number, name: string): string {
  const classOf = (i: number): string => {
    const { numeric, prose } = table.columns[i]!;
    return numeric ? ' class="numeric"' : prose ? ' class="prose"' : "";
  };
  const head = table.columns.map(
    (column, i) => `<th scope="col"${classOf(i)}>${escapeHtml(column.title)}</th>`,
  );
  const rows = table.rows.slice(0, limit).map((row) => {
    const cells = row.map((cell, i) => {
      const text = cellText(cell, table, i);
      const full = typeof cell === "string" && !table.columns[i]!.numeric ? displayText(cell) : text;
      const title = full === text ? "" : ` title="${escapeHtml(full)}"`;
      return `<td${classOf(i)}${title}>${escapeHtml(text)}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const more =
    table.rows.length > limit
      ? `<p>The first ${limit} of ${table.rows.length} rows; the CSV has all.</p>`
      : "";
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(name)}"><table>
<thead>${groupRowHtml(table)}<tr>${head.join("")}</tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>${more}`;
}

/** A row of headings above those of the columns, where columns have one in common. */
function groupRowHtml(table: Table): string {
  if (table.columns.every((column) => column.group === undefined)) return "";
  const cells: string[] = [];
  for (let from = 0, to = 0; from < table.columns.length; from = to) {
    const { group } = table.columns[from]!;
    while (to < table.columns.length && table.columns[to]!.group === group) to++;
    cells.push(
      group === undefined
        ? `<td colspan="${to - from}"></td>`
        : `<th scope="colgroup" class="group" colspan="${to - from}">${escapeHtml(group)}</th>`,
    );
  }
  return `<tr>${cells.join("")}</tr>`;
}

function cellText(cell: Cell, table: Table, i: number): string {
  if (cell === null) return "–";
  const { format } = table.columns[i]!;
  return format ? format(cell) : displayText(String(cell), MOST_LETTERS);
}

/** A text of a report; the id of a measure, "(M25)", leads to its definition. */
function proseHtml(text: string): string {
  return escapeHtml(text).replace(/\((M\d+)\)/g, (whole, id: string) =>
    DEFINITIONS.some((definition) => definition.id === id) ? `(<a href="#${id}">${id}</a>)` : whole,
  );
}

/** The measures that the report names, and those that its texts lead to; empty where there are none. */
function definitionsHtml(report: Report, page: string): string {
  const named = new Set(report.definitions.map(({ id }) => id));
  const entries = DEFINITIONS.filter(({ id }) => named.has(id) || page.includes(`<a href="#${id}">`)).map(
    ({ id, name, text }) => `<dt id="${id}">${id} ${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`,
  );
  if (entries.length === 0) return "";
  return `<section aria-labelledby="definitions"><h2 id="definitions">Definitions</h2>
<div class="panel-table"><dl class="manifest definitions">${entries.join("\n")}</dl></div></section>`;
}

function manifestHtml(report: Report): string {
  const entries = report.manifest.map(
    ({ name, text }) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`,
  );
  return `<section aria-labelledby="run"><h2 id="run">About this run</h2>
<div class="panel-table"><p class="caption">The same input, seed and version give the same numbers to the last bit on any machine.</p>
<dl class="manifest">${entries.join("\n")}</dl></div></section>`;
}

/** What the page's script needs to draw a chart, in both themes and for export. */
function chartForPage(chart: Chart): object {
  const [light, dark] = [themeOf("light", "screen"), themeOf("dark", "screen")];
  const exported = chartForExport(chart, themeOf("light", "export"));
  const { datasets: _datasets, ...vegaLite } = exported;
  return {
    id: chart.id,
    vegaLite,
    vega: compileWithoutData(exported),
    panels: chart.panels.map((panel) => ({
      light: compileWithoutData(panelForScreen(panel, light)),
      dark: compileWithoutData(panelForScreen(panel, dark)),
      data: Object.fromEntries(Object.entries(panel.datasets).map(([name, rows]) => [name, columnsOf(rows)])),
    })),
  };
}

/** Rows as columns: the names of the fields are written once. */
function columnsOf(rows: readonly Row[]): Record<string, Row[string][]> {
  const names = Object.keys(rows[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? null)]));
}
