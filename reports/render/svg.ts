import * as vega from "vega";
import { compile } from "vega-lite";
import type { TopLevelSpec } from "vega-lite";
import { bundledFont } from "../text/font.ts";
import { strictLogger } from "./logger.ts";

let metricsInstalled = false;

/**
 * Draws a Vega-Lite specification as SVG without a canvas, with the advances of the bundled font: the same bytes on
 * every machine.
 *
 * @throws Error on any warning of the compiler: a chart that warns is a chart that is wrong.
 */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  installFontMetrics();
  const logger = strictLogger();
  const { spec: compiled } = compile(spec, { logger });
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logger });
  try {
    await view.runAsync();
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** Vega guesses text widths by the number of characters where there is no canvas; this measures them. */
function installFontMetrics(): void {
  if (metricsInstalled) return;
  metricsInstalled = true;
  // The typings of Vega leave these out.
  const textMetrics = (vega as unknown as { textMetrics: TextMetrics }).textMetrics;
  textMetrics.width = (item, text) => {
    const line = String(text ?? item.text ?? "");
    const bold = item.fontWeight === "bold" || Number(item.fontWeight) >= 600;
    const weight = bold ? "bold" : "regular";
    const fontSize = item.fontSize ?? 11;
    const limit = item.limit ?? 0;
    const width = bundledFont(weight).width(line, fontSize);
    return limit > 0 ? Math.min(width, limit) : width;
  };
}

interface TextItem {
  readonly text?: string | number;
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  readonly limit?: number;
}

interface TextMetrics {
  width(item: TextItem, text?: string | number): number;
}
