/** Line plots as small as a stamp, drawn as SVG without Vega: a page holds more than a thousand of them. */
import { escapeHtml } from "../render/escape.ts";
import { displayText } from "../text/labels.ts";
import type { Theme } from "./theme.ts";

export const PLOT_WIDTH = 104;
export const PLOT_HEIGHT = 62;

/** A line. */
export interface PlotSeries {
  readonly name: string;
  /** Index of its colour. */
  readonly colour: number;
  /** One per epoch; not a number = no value. */
  readonly values: readonly number[];
}

/** Where a picture has its colours from. */
export interface PictureStyle {
  /** A `style` element; empty on a page, whose own rules apply. */
  readonly rules: string;
}

/** On a page: `page.css` has the rules, for light and dark. */
export const PAGE_STYLE: PictureStyle = { rules: "" };

/** A picture that stands alone. */
export function exportStyle(theme: Theme): PictureStyle {
  return { rules: `<style>${pictureRules(theme)}</style>` };
}

/** The rules of `page.css` in the colours of a theme. */
export function pictureRules(theme: Theme): string {
  const colours = [...theme.categorical, theme.other];
  return [
    `.sheet{background:${theme.background};font:10px ${theme.font}}`,
    `.sheet path{fill:none;stroke-linejoin:round}`,
    ...colours.map((colour, i) => `.sheet .s${i}{stroke:${colour}}.sheet .f${i}{fill:${colour}}`),
    `.sheet .w0{stroke-width:3.4}.sheet .w1{stroke-width:2.1}.sheet .w2{stroke-width:1.1}`,
    `.sheet .axis{stroke:${theme.axis};stroke-width:1}.sheet .grid{stroke:${theme.grid};stroke-width:1}`,
    `.sheet .level{stroke:${theme.muted};stroke-width:1;stroke-dasharray:3 2}`,
    `.sheet text{fill:${theme.muted}}.sheet .title{fill:${theme.foreground};font-weight:bold;font-size:11px}`,
    `.sheet .note{font-size:10px}.sheet .end{text-anchor:end}.sheet .middle{text-anchor:middle}`,
  ].join("");
}

export function textSvg(x: number, y: number, text: string, style: string): string {
  return `<text x="${x}" y="${y}" class="${style}">${escapeHtml(text)}</text>`;
}

/**
 * A plot with its axes. Lines that cover each other stay visible: the first is the broadest and lies below.
 * @param left of the plot itself, without its labels
 * @param level drawn as a dashed line; null = none
 */
export function plotSvg(
  left: number,
  top: number,
  series: readonly PlotSeries[],
  range: readonly [number, number],
  level: number | null,
): string {
  const [low, high] = roundEnds(range);
  const epochs = series[0]?.values.length ?? 0;
  const x = (epoch: number): number => left + (epochs < 2 ? 0 : (epoch / (epochs - 1)) * PLOT_WIDTH);
  const y = (value: number): number => top + PLOT_HEIGHT * (1 - (value - low) / (high - low));
  const bottom = top + PLOT_HEIGHT;
  const ticks = [low, (low + high) / 2, high];
  const parts = [
    ...ticks.map(
      (tick, i) =>
        `<path class="${i === 0 ? "axis" : "grid"}" d="M${left} ${place(y(tick))}h${PLOT_WIDTH}"/>` +
        textSvg(left - 4, place(y(tick)) + 3, tickText(tick, high - low), "end"),
    ),
    ...epochTicks(epochs).map((epoch) =>
      textSvg(place(x(epoch)), bottom + 12, String(epoch), epoch === 0 ? "" : "middle"),
    ),
  ];
  if (level !== null && level >= low && level <= high)
    parts.push(`<path class="level" d="M${left} ${place(y(level))}h${PLOT_WIDTH}"/>`);
  series.forEach(({ name, colour, values }, k) => {
    const width = Math.min(2, Math.max(0, k + 3 - series.length));
    parts.push(
      `<path class="s${Math.min(colour, 6)} w${width}" d="${lineOf(values, x, y)}"><title>${escapeHtml(displayText(name, 40))}</title></path>`,
    );
  });
  return parts.join("");
}

/** The path of a line, with a gap where there is no value. */
function lineOf(
  values: readonly number[],
  x: (epoch: number) => number,
  y: (value: number) => number,
): string {
  let path = "";
  let isDrawing = false;
  values.forEach((value, epoch) => {
    if (Number.isNaN(value)) {
      isDrawing = false;
      return;
    }
    // On a straight line only its ends are written.
    const [before, after] = [values[epoch - 1], values[epoch + 1]];
    if (isDrawing && before === value && after === value) return;
    path += `${isDrawing ? "L" : "M"}${place(x(epoch))} ${place(y(value))}`;
    isDrawing = true;
  });
  return path;
}

const place = (value: number): number => Math.round(value * 10) / 10;

/** Round numbers at or beyond both ends, with 0 among them where it is near. */
function roundEnds([low, high]: readonly [number, number]): readonly [number, number] {
  if (high - low < 1e-12) return [0, 1];
  const power = 10 ** Math.floor(Math.log10((high - low) / 2) + 1e-9);
  const step =
    [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => {
      const from = Math.floor(low / (one * power) + 1e-9) * one * power;
      return from + 2 * one * power >= high - 1e-9 * (high - low);
    }) ?? 20;
  const first = Math.floor(low / (step * power) + 1e-9) * step * power;
  return [first, first + 2 * step * power];
}

function tickText(value: number, span: number): string {
  const digits = Math.max(0, 1 - Math.floor(Math.log10(span / 2) + 1e-9));
  const text = Math.abs(value) < span * 1e-9 ? "0" : value.toFixed(Math.min(digits, 6));
  return text
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "")
    .replace("-", "−");
}

/** Where the axis is labelled: three or four round epochs. */
function epochTicks(epochs: number): number[] {
  if (epochs < 2) return [0];
  const power = 10 ** Math.floor(Math.log10((epochs - 1) / 3) + 1e-9);
  const step = Math.max(1, [1, 2, 5, 10].find((one) => (epochs - 1) / (one * power) < 4.5)! * power);
  return Array.from({ length: Math.floor((epochs - 1) / step) + 1 }, (_, k) => k * step);
}
