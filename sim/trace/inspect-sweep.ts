/** What a sweep or a search is and how far it is, for those who look into its directory. */
import { readdir } from "node:fs/promises";
import {
  quantityOf,
  readCellResults,
  readSearchFile,
  readSweepFile,
  type SearchFile,
  type SweepFile,
  type SweepPart,
} from "./sweep.ts";

/** A sweep, a search, or both, in the same directory. */
export interface SweepSummary {
  readonly name: string;
  readonly title: string;
  readonly engineVersion: string;
  /** Whether `cells.arrow` and `summary.arrow` are there. */
  readonly hasTables: boolean;
  /** Cells by what became of them; null for a search alone. */
  readonly counts: { readonly done: number; readonly failed: number; readonly missing: number } | null;
  readonly points: number;
  readonly varied: readonly {
    readonly path: string;
    readonly part: SweepPart;
    readonly values: number;
    /** The ends of numbers of one unit; else the first and the last in the order of the points. */
    readonly first: string;
    readonly last: string;
  }[];
  /** Least and greatest value over all cells. */
  readonly metrics: readonly {
    readonly name: string;
    /** Null where there is one only. */
    readonly comparison: string | null;
    readonly unit: string | null;
    readonly least: number;
    readonly greatest: number;
  }[];
  /** Why the first of the failed cells failed; null without one. */
  readonly failure: string | null;
  readonly search: SearchFile | null;
}

/** What a directory holds of a sweep or a search; null where it holds neither. @throws InputError when its files are of another kind */
export async function inspectSweep(directory: string): Promise<SweepSummary | null> {
  const [file, search] = await Promise.all([readSweepFile(directory), readSearchFile(directory)]);
  const about = file ?? search;
  if (about === null) return null;
  const { name, title, engineVersion } = about;
  const hasTables = (await readdir(directory)).some((entry) => /\.arrows?$/.test(entry));
  const common = { name, title, engineVersion, hasTables, search };
  if (file === null)
    return {
      ...common,
      counts: null,
      points: search?.path.length ?? 0,
      varied: [],
      metrics: [],
      failure: null,
    };
  const results = readCellResults(directory, file);
  const count = (status: string): number => results.filter((result) => result.status === status).length;
  const comparisons = [...new Set(results.flatMap(({ metrics }) => Object.keys(metrics)))];
  return {
    ...common,
    counts: { done: count("done"), failed: count("failed"), missing: count("missing") },
    points: new Set(file.cells.map(({ point }) => point)).size,
    varied: variedPaths(file),
    metrics: file.metrics.flatMap(({ name, unit }) =>
      comparisons.flatMap((comparison) => {
        const values = results.flatMap(({ metrics }) => metrics[comparison]?.[name] ?? []);
        if (values.length === 0) return [];
        const least = values.reduce((a, b) => Math.min(a, b));
        const greatest = values.reduce((a, b) => Math.max(a, b));
        return [{ name, comparison: comparisons.length > 1 ? comparison : null, unit, least, greatest }];
      }),
    ),
    failure: results.find(({ status }) => status === "failed")?.error ?? null,
  };
}

function variedPaths({ paths, parts, cells }: SweepFile): SweepSummary["varied"] {
  return paths.map((path, position) => {
    const values = [...new Set(cells.map((cell) => cell.values[position] ?? ""))];
    const quantities = values.map(quantityOf);
    const isNumbers = quantities.every(
      (quantity) => quantity !== null && quantity.unit === quantities[0]?.unit,
    );
    const sorted = isNumbers
      ? [...values].sort((a, b) => quantityOf(a)!.number - quantityOf(b)!.number)
      : values;
    return {
      path,
      part: parts[position]!,
      values: values.length,
      first: sorted[0] ?? "",
      last: sorted.at(-1) ?? "",
    };
  });
}
