import type { Config } from "vega-lite";

/** Colours and fonts of all charts. Colours are Okabe and Ito's, which colour-blind readers can tell apart. */
export interface Theme {
  readonly name: "light" | "dark";
  readonly font: string;
  readonly background: string;
  /** Text. */
  readonly foreground: string;
  /** Axis titles and notes; still 4.5 : 1 against the background. */
  readonly muted: string;
  readonly grid: string;
  readonly axis: string;
  /** Series that are named; in this order. */
  readonly categorical: readonly string[];
  /** Everything that is not named. */
  readonly other: string;
  readonly band: string;
  /** Low to high. */
  readonly sequential: readonly string[];
  /** From below a level, which is in the middle, to above it. */
  readonly diverging: readonly string[];
}

/** The font of exported pictures: bundled, so that a picture has the same bytes on every machine. */
export const EXPORT_FONT = "DejaVu Sans";

/** Interactive charts use the reader's own interface font. */
const SCREEN_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

const LIGHT = {
  name: "light",
  background: "#ffffff",
  foreground: "#1b1f24",
  muted: "#57606a",
  grid: "#e7eaee",
  axis: "#9aa3ad",
  categorical: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"],
  other: "#8c959f",
  band: "#d5dae0",
  sequential: ["#f3f6fa", "#c6dcec", "#7fb6d9", "#2f83b7", "#075a8c", "#012f4d"],
  diverging: ["#b04a00", "#f0b083", "#f4f4f2", "#8cbfe0", "#075a8c"],
} as const;

const DARK = {
  name: "dark",
  background: "#15191e",
  foreground: "#e8ecf1",
  muted: "#a4adb8",
  grid: "#2a3038",
  axis: "#5c6773",
  categorical: ["#56b4e9", "#f08a4b", "#2fc99b", "#e3a3c8", "#f2bf4a", "#9fb4ff"],
  other: "#7d8792",
  band: "#37404a",
  sequential: ["#1c232b", "#123f5a", "#14628c", "#2b8cc0", "#74bbe3", "#d8effc"],
  diverging: ["#f59a5f", "#8c4c1f", "#22282f", "#1f6390", "#74bbe3"],
} as const;

/** Light or dark, for the screen or for exported pictures. */
export function themeOf(name: "light" | "dark", target: "screen" | "export"): Theme {
  return { ...(name === "light" ? LIGHT : DARK), font: target === "screen" ? SCREEN_FONT : EXPORT_FONT };
}

/** The Vega-Lite configuration of a theme: thin axes, a light grid, no frame, text large enough to read. */
export function vegaLiteConfig(theme: Theme): Config {
  return {
    background: theme.background,
    font: theme.font,
    view: { stroke: null },
    axis: {
      domainColor: theme.axis,
      gridColor: theme.grid,
      tickColor: theme.axis,
      labelColor: theme.muted,
      titleColor: theme.muted,
      labelFontSize: 11,
      titleFontSize: 11.5,
      titleFontWeight: "normal",
      titlePadding: 8,
      labelPadding: 4,
      tickSize: 4,
    },
    axisY: { domain: false, ticks: false },
    axisX: { grid: false },
    legend: {
      labelColor: theme.foreground,
      titleColor: theme.muted,
      labelFontSize: 11.5,
      titleFontSize: 11.5,
      titleFontWeight: "normal",
      labelLimit: 260,
      titleLimit: 320,
      symbolSize: 90,
      symbolOpacity: 1,
    },
    title: {
      color: theme.foreground,
      subtitleColor: theme.muted,
      fontSize: 13,
      fontWeight: "bold",
      subtitleFontSize: 11.5,
      anchor: "start",
      frame: "group",
      offset: 10,
    },
    text: { color: theme.foreground, fontSize: 11.5 },
    line: { strokeWidth: 2, strokeJoin: "round" },
    rule: { color: theme.axis },
  };
}
