/** The sheet of a case: small pictures of everything that researchers look at, one column per formula. */
import {
  type CaseRun,
  dividendsPerThousand,
  type FormulaRun,
  normalisedBonds,
  relativeDividends,
  seriesOf,
  totalsPerThousand,
} from "../data/case-run.ts";
import { numberColumn, type Table, textColumn } from "../data/table.ts";
import { formatNumber } from "../text/format.ts";
import { displayProse, displayText } from "../text/labels.ts";
import type { Chart } from "./chart.ts";
import {
  type PictureStyle,
  PLOT_HEIGHT,
  plotSvg,
  PLOT_WIDTH,
  type PlotSeries,
  textSvg,
} from "./small-plot.ts";

/** Room of a plot with its axis labels, in pixels. */
const CELL_WIDTH = PLOT_WIDTH + 42;
const ROW_HEIGHT = PLOT_HEIGHT + 46;
const MARGIN = 8;

/** A formula whose values lie this many times above what is usual among the others has a scale of its own. */
const OUTLIER = 2.5;

interface SheetRow {
  readonly title: string;
  /** One per plot of the row. */
  readonly plots: readonly { readonly heading: string; readonly series: readonly PlotSeries[] }[];
  /** Null = from the values. */
  readonly range: readonly [low: number, high: number] | null;
  /** Each plot has the scale of its values. */
  readonly ownScales?: boolean;
  /** A level that stands for something. */
  readonly level: number | null;
}

/** @param style how it is coloured: by the page's own rules, or by those that it brings */
export function caseSheet(run: CaseRun): Chart {
  return {
    id: run.id,
    title: displayText(run.title),
    description: displayProse(run.description),
    panels: [],
    picture: (style) => sheetSvg(run, style),
    table: sheetTable(run),
  };
}

function rowsOf(run: CaseRun): SheetRow[] {
  const { epochs, validators, servers, formulas } = run;
  const byValidator = (values: Float64Array): PlotSeries[] =>
    validators.map((name, i) => ({
      name,
      colour: i,
      values: seriesOf(values, epochs, validators.length, i),
    }));
  const onServer = (values: Float64Array, j: number): PlotSeries[] =>
    validators.map((name, i) => ({
      name,
      colour: i,
      values: seriesOf(values, epochs, validators.length * servers.length, i * servers.length + j),
    }));
  const perFormula = (title: string, of: (formula: FormulaRun) => PlotSeries[]): SheetRow => ({
    title,
    plots: formulas.map((formula) => ({ heading: "", series: of(formula) })),
    range: null,
    level: null,
  });
  const equalShare = run.validatorEmission * 1000;
  const stake = totalStake(run);
  return [
    {
      title: "Weights: part of the row that each validator gives to a server",
      plots: servers.map((name, j) => ({ heading: name, series: onServer(run.weights, j) })),
      range: [0, 1],
      level: null,
    },
    {
      ...perFormula("Dividends per 1,000 of stake and epoch (line: equal treatment)", (formula) =>
        byValidator(dividendsPerThousand(run, formula)),
      ),
      level: stake > 0 ? equalShare / stake : null,
    },
    {
      ...perFormula("Relative dividends: share of dividends less share of stake", (formula) =>
        byValidator(relativeDividends(run, formula)),
      ),
      level: 0,
    },
    {
      ...perFormula("Incentive: share of each server", (formula) =>
        servers.map((name, j) => ({
          name,
          colour: validators.length + j,
          values: seriesOf(formula.incentives, epochs, servers.length, j),
        })),
      ),
      range: [0, 1],
    },
    ...servers.flatMap((name, j): SheetRow[] => [
      {
        ...perFormula(`Bonds on ${name}, in the unit of the formula`, (formula) =>
          onServer(formula.bonds, j),
        ),
        ownScales: true,
      },
      {
        ...perFormula(`Normalised bonds on ${name}: part of all bonds on it`, (formula) =>
          onServer(normalisedBonds(run, formula), j),
        ),
        range: [0, 1],
      },
    ]),
  ];
}

/** Of the first epoch. */
function totalStake({ stakes, validators }: CaseRun): number {
  let total = 0;
  for (let i = 0; i < validators.length; i++) total += stakes[i]!;
  return total;
}

function sheetSvg(run: CaseRun, style: PictureStyle): string {
  const rows = rowsOf(run);
  const columns = Math.max(run.formulas.length, run.servers.length);
  const parts: string[] = [];
  let top = legendSvg(run, parts, 14);
  rows.forEach((row, at) => {
    if (at === 1) top = formulaHeadings(run, parts, top);
    parts.push(textSvg(MARGIN, top + 14, row.title, "title"));
    const ranges = rangesOf(row);
    row.plots.forEach(({ heading, series }, k) => {
      const left = MARGIN + k * CELL_WIDTH + 34;
      if (heading !== "") parts.push(textSvg(left, top + 28, displayText(heading, 18), "note"));
      parts.push(plotSvg(left, top + (heading === "" ? 22 : 36), series, ranges[k]!, row.level));
    });
    top += ROW_HEIGHT + (row.plots.some(({ heading }) => heading !== "") ? 12 : 0);
  });
  const width = 2 * MARGIN + columns * CELL_WIDTH;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="sheet" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}">${style.rules}${parts.join("")}</svg>`;
}

/** Names of validators and servers in their colours. @returns where the next thing begins */
function legendSvg({ validators, servers, base }: CaseRun, parts: string[], top: number): number {
  let left = MARGIN;
  const entry = (name: string, colour: number): void => {
    parts.push(
      `<path class="s${colour} w0" d="M${left} ${top - 4}h16"/>`,
      textSvg(left + 21, top, name, "note"),
    );
    left += 42 + 7 * name.length;
  };
  validators.forEach((name, i) => entry(`${displayText(name, 30)}${i === base ? " (base)" : ""}`, i));
  left += 24;
  servers.forEach((name, j) => entry(displayText(name, 18), validators.length + j));
  return top + 12;
}

/** Names of the formulas with the totals of the validators. @returns where the next thing begins */
function formulaHeadings(run: CaseRun, parts: string[], top: number): number {
  run.formulas.forEach((formula, k) => {
    const left = MARGIN + k * CELL_WIDTH + 34;
    parts.push(textSvg(left, top + 16, displayText(formula.name, 18), "title"));
    const totals = totalsPerThousand(run, formula);
    totals.forEach((total, i) => {
      const base = totals[run.base]!;
      const percent = (total / base - 1) * 100;
      const relation =
        i === run.base || base === 0 ? "" : ` (${percent < 0 ? "" : "+"}${formatNumber(percent, 1)}%)`;
      const text = `${shortName(run.validators[i]!)} ${formatNumber(total, 3)}${relation}`;
      parts.push(textSvg(left, top + 31 + 13 * i, text, `note f${i}`));
    });
  });
  return top + 26 + 13 * run.validators.length;
}

/** A name that begins with a letter of its own, "A big 0.8", is known by it. */
const shortName = (name: string): string => /^([A-Z]) /.exec(name)?.[1] ?? displayText(name, 10);

/** What each plot of a row shows: the same for all, but for those that lie far above the rest. */
function rangesOf({ plots, range, ownScales = false }: SheetRow): (readonly [number, number])[] {
  if (range !== null) return plots.map(() => range);
  const extent = ({ series }: SheetRow["plots"][number]): [number, number] => {
    let [low, high] = [0, 0];
    for (const { values } of series)
      for (const value of values) {
        if (value < low) low = value;
        if (value > high) high = value;
      }
    return [low, high];
  };
  const extents = plots.map(extent);
  if (ownScales) return extents;
  const sizes = extents.map(([low, high]) => high - low);
  const middle = [...sizes].sort((a, b) => a - b)[sizes.length >> 1]!;
  const usual = extents.filter((_, k) => sizes[k]! <= OUTLIER * middle);
  const shared = [
    Math.min(...usual.map(([low]) => low)),
    Math.max(...usual.map(([, high]) => high)),
  ] as const;
  return extents.map((own, k) => (sizes[k]! <= OUTLIER * middle ? shared : own));
}

/** Everything that is drawn, one row per formula and epoch. */
function sheetTable(run: CaseRun): Table {
  const { epochs, validators, servers, formulas, weights } = run;
  const pairs = validators.flatMap((validator) => servers.map((server) => `${validator}_${server}`));
  const number = (title: string) => numberColumn(title, title, (value) => formatNumber(value, 4));
  const groups = (name: string, labels: readonly string[]) =>
    labels.map((label) => number(`${name}_${label}`));
  return {
    columns: [
      textColumn("formula", "formula"),
      numberColumn("epoch", "epoch"),
      ...groups("weight", pairs),
      ...groups("dividends_per_1000", validators),
      ...groups("relative_dividend", validators),
      ...groups("incentive", servers),
      ...groups("bond", pairs),
      ...groups("normalised_bond", pairs),
    ],
    rows: formulas.flatMap((formula) => {
      const tables: readonly (readonly [Float64Array, number])[] = [
        [weights, pairs.length],
        [dividendsPerThousand(run, formula), validators.length],
        [relativeDividends(run, formula), validators.length],
        [formula.incentives, servers.length],
        [formula.bonds, pairs.length],
        [normalisedBonds(run, formula), pairs.length],
      ];
      return Array.from({ length: epochs }, (_, epoch) => [
        formula.name,
        epoch,
        ...tables.flatMap(([values, width]) =>
          [...values.subarray(epoch * width, (epoch + 1) * width)].map((value) =>
            Number.isNaN(value) ? null : rounded(value),
          ),
        ),
      ]);
    }),
  };
}

/** Seven digits: what the published numbers hold, and more than a picture shows. */
const rounded = (value: number): number => Number(value.toPrecision(7));
