import type { TopLevelSpec } from "vega-lite";
import type { Table } from "../data/table.ts";
import type { PictureStyle } from "./small-plot.ts";
import type { Theme } from "./theme.ts";

/** One row of a data set of a chart. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** How a panel is being drawn. */
export interface DrawingContext {
  readonly theme: Theme;
  /** On a page that reacts to the pointer. */
  readonly interactive: boolean;
  /** Reference to one of the data sets of the panel. */
  readonly data: (name: string) => { name: string };
}

/** A layered view without its size, data and configuration, which the renderer adds. */
export type PanelSpec = Pick<
  Extract<TopLevelSpec, { layer: unknown }>,
  "layer" | "encoding" | "resolve" | "transform"
>;

/** One picture of a chart. A chart that compares runs has a panel for each, with the same scales. */
export interface Panel {
  /** Which run it shows; `null` when the chart has one panel for all. */
  readonly title: string | null;
  /** Height of the plot in pixels. */
  readonly height: number;
  /** Room to the right of the plot for labels, in pixels. */
  readonly labelRoom: number;
  readonly datasets: Readonly<Record<string, readonly Row[]>>;
  readonly spec: (context: DrawingContext) => PanelSpec;
}

/** A chart: a statement, the pictures that show it and the data behind them. */
export interface Chart {
  /** Lower-case words joined by hyphens; file name and anchor. */
  readonly id: string;
  /** What is seen, as a sentence without full stop. */
  readonly title: string;
  /** How to read it: what is drawn, over which population, which definitions. */
  readonly description: string;
  readonly panels: readonly Panel[];
  /** How many panels stand beside each other in a picture; 2 when absent. More are small multiples. */
  readonly columns?: number;
  /** Instead of panels: the whole chart as SVG, for charts of so many plots that Vega would take minutes. */
  readonly picture?: (style: PictureStyle) => string;
  /** What the panels are drawn from, with units. */
  readonly table: Table;
}
