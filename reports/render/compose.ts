import type { TopLevelSpec } from "vega-lite";
import type { Chart, DrawingContext, Panel, Row } from "../charts/chart.ts";
import { type Theme, vegaLiteConfig } from "../charts/theme.ts";
import { wrapText } from "../text/font.ts";

const SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json";

/** Width of an exported picture, in pixels. */
const EXPORT_WIDTH = 960;

/** Room that axis and its title take to the left of a plot in an exported picture, in pixels. */
const AXIS_ROOM = 76;

const TITLE_SIZE = 16;

/**
 * One panel as a Vega-Lite specification whose width the page sets. Data sets are named and empty here: the page holds
 * them once for both themes.
 */
export function panelForScreen(panel: Panel, theme: Theme): TopLevelSpec {
  const context: DrawingContext = { theme, interactive: true, data: (name) => ({ name }) };
  return {
    $schema: SCHEMA,
    ...panel.spec(context),
    width: 600,
    height: panel.height,
    autosize: { type: "fit-x", contains: "padding" },
    padding: { left: 2, top: 4, bottom: 4, right: 6 },
    datasets: mutableDatasets(panel.datasets),
    config: vegaLiteConfig(theme),
  };
}

/** A whole chart with its title and data as one Vega-Lite specification: what is exported as JSON, SVG and PNG. */
export function chartForExport(chart: Chart, theme: Theme): TopLevelSpec {
  const columns = Math.min(chart.columns ?? 2, chart.panels.length);
  const room = Math.max(...chart.panels.map((panel) => panel.labelRoom)) + AXIS_ROOM;
  const width = Math.floor((EXPORT_WIDTH - 24 * (columns - 1)) / columns - room);
  const views = chart.panels.map((panel, i) => ({
    ...panel.spec({ theme, interactive: false, data: (name) => ({ name: datasetName(i, name) }) }),
    ...(panel.title === null ? {} : { title: panel.title }),
    width,
    height: panel.height,
  }));
  const datasets = chart.panels.flatMap((panel, i) =>
    Object.entries(panel.datasets).map(([name, rows]): [string, readonly Row[]] => [
      datasetName(i, name),
      rows,
    ]),
  );
  return {
    $schema: SCHEMA,
    title: {
      text: wrapText(chart.title, TITLE_SIZE, EXPORT_WIDTH - 40, "bold"),
      fontSize: TITLE_SIZE,
      offset: 16,
    },
    concat: views,
    columns,
    spacing: { row: 28, column: 24 },
    resolve: { scale: { color: "independent", shape: "independent", strokeDash: "independent" } },
    padding: 16,
    datasets: mutableDatasets(Object.fromEntries(datasets)),
    config: vegaLiteConfig(theme),
  };
}

function datasetName(panel: number, name: string): string {
  return `panel${panel}_${name}`;
}

function mutableDatasets(datasets: Readonly<Record<string, readonly Row[]>>): Record<string, Row[]> {
  return Object.fromEntries(Object.entries(datasets).map(([name, rows]) => [name, [...rows]]));
}
