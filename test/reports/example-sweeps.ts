/** Sweeps without runs: what each cell gives is a formula of its values and its replica. */
import { type SearchStudy, searchStudy } from "../../reports/data/sweeps/search.ts";
import { type SweepStudy, sweepStudy } from "../../reports/data/sweeps/study.ts";
import type { CellResult, SearchFile, SweepFile, SweepPart } from "../../sim/trace/index.ts";

/** How a sweep is made: its paths with their parts and own values, its points, and what they give. */
export interface SweepMaker {
  readonly title?: string;
  readonly paths: readonly { readonly path: string; readonly part: SweepPart; readonly own?: string }[];
  readonly points: readonly (readonly string[])[];
  readonly replicas: number;
  readonly comparisons?: readonly string[];
  readonly metrics: readonly { readonly name: string; readonly unit: string | null }[];
  /** Null stands for a cell that failed, undefined for one that has not run. */
  readonly value: (
    values: readonly number[],
    at: {
      readonly metric: number;
      readonly comparison: number;
      readonly noise: number;
      readonly point: number;
    },
  ) => number | null | undefined;
}

/** Numbers in [-1, 1) that look like chance, the same each time. */
export function noiseOf(k: number): number {
  const state = Math.imul(k + 1, 0x9e3779b1) ^ ((k + 1) >>> 3);
  return (Math.imul(state ^ (state >>> 15), 0x85ebca6b) >>> 0) / 2 ** 31 - 1;
}

export function makeSweep(maker: SweepMaker): { readonly file: SweepFile; readonly results: CellResult[] } {
  const { paths, points, replicas, comparisons = ["base"], metrics } = maker;
  const cells = points.flatMap((values, point) =>
    Array.from({ length: replicas }, (_, replica) => ({
      id: `${point}-${replica}`,
      point,
      replica,
      seed: `7/${replica}`,
      values,
    })),
  );
  const results = cells.map(({ values, replica, point }): CellResult => {
    const numbers = values.map((text) => Number(/^-?[\d.]+/.exec(text)?.[0] ?? NaN));
    const all = comparisons.map((_, comparison) =>
      metrics.map((_, metric) =>
        maker.value(numbers, { metric, comparison, noise: noiseOf(replica), point }),
      ),
    );
    if (all.flat().includes(undefined)) return { status: "missing", error: null, metrics: {} };
    if (all.flat().includes(null)) return { status: "failed", error: "the subnet has no stake", metrics: {} };
    return {
      status: "done",
      error: null,
      metrics: Object.fromEntries(
        comparisons.map((name, k) => [
          name,
          Object.fromEntries(metrics.map(({ name }, metric) => [name, all[k]![metric]!])),
        ]),
      ),
    };
  });
  const file: SweepFile = {
    format: "yumasim-sweep/1",
    name: "example",
    title: maker.title ?? "An example",
    request: "0",
    engineVersion: "1.2.3",
    backend: "exact",
    keep: metrics.map(({ name }) => name),
    metrics,
    paths: paths.map(({ path }) => path),
    parts: paths.map(({ part }) => part),
    own: paths.map(({ own }) => own ?? null),
    cells,
  };
  return { file, results };
}

const range = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => Number((from + ((to - from) * k) / (count - 1)).toPrecision(6)));

const KAPPA = { path: "subnets[0].hyperparameters.kappa", part: "grid", own: "0.5" } as const;
const STAKE = { path: "subnets[0].neurons[1].alpha_stake", part: "grid", own: "400 alpha" } as const;
const PENALTY = { path: "subnets[0].hyperparameters.bonds_penalty", part: "grid", own: "100 %" } as const;
const PROFIT = { name: "profit", unit: "rao" };
const SHARE = { name: "small_share", unit: "ratio" };

const kappas = range(0.3, 0.7, 9).map(String);
const stakes = range(100, 900, 9).map((stake) => `${stake} alpha`);

const product = (...lists: (readonly string[])[]): string[][] =>
  lists.reduce<string[][]>(
    (points, list) => points.flatMap((point) => list.map((one) => [...point, one])),
    [[]],
  );

/** A profit that is made with enough stake and a kappa near a half, in rao. */
const profit = (kappa: number, stake: number, noise: number): number =>
  (stake / 100 - 3 - 40 * (kappa - 0.55) ** 2 + 0.3 * noise) * 1e9;

const spread = (k: number, dimension: number): number =>
  ((k + 0.5) * [0.7549, 0.5698, 0.8191][dimension]!) % 1;

/** A sweep of each kind. */
export const SWEEPS = {
  "one parameter": {
    paths: [STAKE],
    points: product(stakes),
    replicas: 8,
    metrics: [PROFIT, SHARE],
    value: ([stake = 0], { metric, noise }) =>
      metric === 0 ? profit(0.5, stake, noise) : stake / (stake + 600) + 0.02 * noise,
  },
  "few replicas of a scale": {
    paths: [{ ...STAKE, own: "none" }],
    points: product(["10 alpha", "30 alpha", "100 alpha", "300 alpha", "1000 alpha"]),
    replicas: 3,
    metrics: [SHARE],
    value: ([stake = 0], { noise }) => stake / (stake + 600) + 0.05 * noise,
  },
  "two parameters": {
    paths: [KAPPA, STAKE],
    points: product(kappas, stakes),
    replicas: 5,
    metrics: [PROFIT],
    value: ([kappa = 0, stake = 0], { noise }) => profit(kappa, stake, noise),
  },
  "two comparisons": {
    paths: [KAPPA, STAKE],
    points: product(kappas, stakes),
    replicas: 5,
    comparisons: ["control", "attack"],
    metrics: [SHARE],
    value: ([kappa = 0, stake = 0], { noise, comparison }) =>
      stake / (stake + 600) + 0.02 * noise + comparison * (kappa - 0.5),
  },
  "three parameters": {
    paths: [KAPPA, STAKE, PENALTY],
    points: product(kappas, stakes.slice(0, 5), ["0 %", "50 %", "100 %"]),
    replicas: 5,
    metrics: [PROFIT],
    value: ([kappa = 0, stake = 0, penalty = 0], { noise }) =>
      profit(kappa, stake, noise) * (1 + penalty / 200),
  },
  labels: {
    paths: [{ path: "subnets[0].hyperparameters.yuma3", part: "grid" }, KAPPA],
    points: product(["false", "true"], kappas),
    replicas: 6,
    metrics: [SHARE],
    value: ([, kappa = 0], { noise, point }) =>
      0.4 - (kappa - 0.5) ** 2 + 0.02 * noise + (point < 9 ? 0 : 0.1),
  },
  "one label of few replicas": {
    paths: [{ path: "subnets[0].neurons[0].weights", part: "grid" }],
    points: [['{"good":9,"other":1}'], ['{"good":1,"other":1}'], ['{"good":1,"other":9}']],
    replicas: 3,
    metrics: [SHARE],
    value: (_, { noise, point }) => 0.2 * point + 0.05 * noise,
  },
  zip: {
    paths: [
      { path: "subnets[0].hyperparameters.yuma3", part: "zip" },
      { path: "subnets[0].hyperparameters.bonds_moving_average", part: "zip" },
    ],
    points: [
      ["false", "90 %"],
      ["true", "97.5 %"],
      ["true", "99 %"],
    ],
    replicas: 5,
    metrics: [SHARE],
    value: ([, average = 0], { noise }) => average / 200 + 0.01 * noise,
  },
  replicas: {
    paths: [],
    points: [[]],
    replicas: 40,
    comparisons: ["control", "attack"],
    metrics: [PROFIT],
    value: (_, { noise, comparison }) => (noise + comparison) * 1e9,
  },
  drawn: {
    paths: [
      { ...KAPPA, part: "sobol" },
      { ...STAKE, part: "sobol" },
      { path: "subnets[0].hyperparameters.yuma3", part: "sobol" },
    ],
    points: Array.from({ length: 120 }, (_, k) => [
      String(Number((0.2 + 0.6 * spread(k, 0)).toPrecision(8))),
      `${Number((10 * 1000 ** spread(k, 1)).toPrecision(8))} alpha`,
      spread(k, 2) < 0.5 ? "false" : "true",
    ]),
    replicas: 1,
    metrics: [PROFIT],
    value: ([kappa = 0, stake = 0], { point }) => profit(kappa, Math.min(stake, 1000), noiseOf(point)),
  },
  "failed and missing cells": {
    paths: [KAPPA],
    points: product([...kappas, "2"]),
    replicas: 5,
    metrics: [SHARE],
    value: ([kappa = 0], { noise }) =>
      kappa === 2 ? null : kappa === 0.3 ? undefined : kappa + 0.01 * noise,
  },
  "nothing finished": {
    paths: [KAPPA],
    points: product(kappas),
    replicas: 1,
    metrics: [SHARE],
    value: () => undefined,
  },
  "an outcome that never changes": {
    paths: [KAPPA, STAKE],
    points: product(kappas, stakes),
    replicas: 5,
    metrics: [SHARE],
    value: () => 0,
  },
} as const satisfies Record<string, SweepMaker>;

export type SweepName = keyof typeof SWEEPS;

export function exampleSweep(name: SweepName): SweepStudy {
  const { file, results } = makeSweep(SWEEPS[name]);
  return sweepStudy(file, results);
}

/** A search with the steps that a method would ask for. */
export function searchFile(find: SearchFile["find"], places: readonly (readonly number[])[]): SearchFile {
  const paths = [STAKE.path, KAPPA.path].slice(0, places[0]!.length);
  const steps = places.map((place, k) => ({
    values: Object.fromEntries(
      paths.map((path, at) => [path, at === 0 ? `${place[at]!} alpha` : String(place[at]!)]),
    ),
    metric: profit(place[1] ?? 0.55, find === "crossing" ? place[0]! : 400 - Math.abs(place[0]! - 500), 0),
    cells: [String(k)],
  }));
  return {
    format: "yumasim-search/1",
    name: "example",
    title: "A search",
    engineVersion: "1.2.3",
    seed: "7",
    find,
    metric: "profit",
    unit: "rao",
    comparison: null,
    value: find === "crossing" ? 0 : null,
    replicas: 4,
    within: 0.01,
    answer: steps.at(-1)!,
    settled: true,
    path: steps,
  };
}

export const SEARCHES = {
  crossing: searchFile("crossing", [[100], [900], [500], [300.5], [200], [250], [275], [288], [294], [297]]),
  maximum: searchFile("maximum", [[100], [405], [594], [900], [478], [520], [495], [501]]),
  plane: searchFile("maximum", [
    [380, 0.44],
    [620, 0.44],
    [380, 0.56],
    [620, 0.56],
    [500, 0.5],
    [510, 0.54],
    [501, 0.55],
  ]),
  nothing: { ...searchFile("crossing", [[100], [200]]), answer: null, settled: false },
} satisfies Record<string, SearchFile>;

export const exampleSearch = (name: keyof typeof SEARCHES): SearchStudy => searchStudy(SEARCHES[name]);
