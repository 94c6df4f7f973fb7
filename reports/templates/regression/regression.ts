import type { CheckResult, Comparison, Trace } from "../../../sim/trace/index.ts";
import { sizesOfDifferences } from "../../charts/regression/sizes.ts";
import { spreadMap } from "../../charts/regression/spread-map.ts";
import { verdicts } from "../../charts/regression/verdicts.ts";
import {
  caseOfRuns,
  casesOfChecks,
  columnLabel,
  type ComparedCase,
  type DifferingCase,
  differs,
} from "../../data/regression.ts";
import { countOf } from "../../text/format.ts";
import { displayText } from "../../text/labels.ts";
import { manifestEntries } from "../manifest.ts";
import type { Report, Section } from "../report.ts";
import { checkHeadlines, differenceHeadlines, momentOf, placeOf, valuesOf } from "./headlines.ts";
import {
  casesTable,
  columnsTable,
  expectationsTable,
  firstDifferencesTable,
  moves,
  movesTable,
} from "./tables.ts";

/** Pictures are drawn of at most this many differing scenarios; the tables have all. */
const MOST_DRAWN = 6;

/** What a page about a check says beside its results. */
export interface CheckContext {
  /** Directory of the baselines. */
  readonly against: string;
  readonly engineVersion: string;
}

/** The report about scenarios that were compared with their baselines. */
export function checkReport(
  results: readonly CheckResult[],
  { against, engineVersion }: CheckContext,
): Report {
  const cases = casesOfChecks(results);
  const differing = cases.filter(differs);
  const failed = cases.filter(({ passed }) => !passed).length;
  const updated = results.some((result) => result.updated);
  return {
    title: failed === 0 ? "Regression check: as expected" : "Regression check: not as expected",
    subtitle: [
      countOf(cases.length, "scenario"),
      `against ${displayText(against, 60)}`,
      failed === 0 ? "all as expected" : `${failed} not as expected`,
    ].join(" · "),
    description:
      "Every scenario was run by this version, and every value of every table compared with the baseline that an earlier version wrote.",
    headlines: checkHeadlines(cases),
    sections: [
      { id: "verdict-map", title: "What is equal", charts: cases.length === 0 ? [] : [verdicts(cases)] },
      ...differenceSections(differing),
    ],
    tables: [
      casesTable(cases),
      ...(differing.length > 0 ? [firstDifferencesTable(differing), columnsTable(differing)] : []),
      ...(results.some(({ expectations }) => expectations.length > 0) ? [expectationsTable(cases)] : []),
      ...(cases.some(moves) ? [movesTable(cases, updated)] : []),
    ],
    manifest: [
      { name: "Baselines", text: displayText(against, 300) },
      { name: "Engine version", text: displayText(engineVersion, 300) },
      { name: "Updated", text: updated ? "yes: new baselines were written" : "no" },
    ],
    definitions: [],
  };
}

/** Two runs and what their comparison found. */
export interface ComparedRuns {
  /** Names of the run directories. */
  readonly names: readonly [string, string];
  readonly traces: readonly [Trace, Trace];
  readonly comparison: Comparison;
}

/** The report about the difference of two runs. */
export function differenceReport({ names, traces, comparison }: ComparedRuns): Report {
  const one = caseOfRuns(names, comparison);
  const differing = differs(one) ? [one] : [];
  return {
    title: `${comparison.same ? "No difference" : "Difference"} of two runs`,
    subtitle: one.label,
    description:
      "Every value of every table of both runs was compared, bit for bit: where they part, and how far that spreads.",
    headlines: differenceHeadlines(one),
    sections: [
      { id: "verdict-map", title: "What is equal", charts: [verdicts([one])] },
      ...differenceSections(differing),
    ],
    tables: differing.length > 0 ? [firstDifferencesTable(differing), columnsTable(differing)] : [],
    manifest: manifestEntries(traces),
    definitions: [],
  };
}

/** A section for each of the first differing cases: where it parts in a sentence, and pictures of how it goes on. */
function differenceSections(cases: readonly DifferingCase[]): Section[] {
  return drawnCases(cases).map((one, at): Section => {
    const id = String(at + 1);
    const sizes = sizesOfDifferences(one, id);
    const hidden = cases.length - MOST_DRAWN;
    return {
      id: `difference-${id}`,
      title: one.check === null ? "How far it spreads" : `How far it spreads: ${one.label}`,
      text: [
        firstText(one),
        ...(at === MOST_DRAWN - 1 && hidden > 0
          ? [`The tables below hold ${countOf(hidden, "scenario")} more that differ.`]
          : []),
      ],
      charts: [spreadMap(one, id), ...(sizes === null ? [] : [sizes])],
    };
  });
}

/** In their order, but of those that part in the same column the others come last: a fault shows in many scenarios alike. */
function drawnCases(cases: readonly DifferingCase[]): DifferingCase[] {
  const seen = new Set<string>();
  const others: DifferingCase[] = [];
  const distinct = cases.filter((one) => {
    const column = columnLabel(one.comparison.first);
    const isNew = !seen.has(column);
    seen.add(column);
    if (!isNew) others.push(one);
    return isNew;
  });
  const drawn = new Set([...distinct, ...others].slice(0, MOST_DRAWN));
  return cases.filter((one) => drawn.has(one));
}

function firstText({ comparison: { first, notes }, sides }: ComparedCase & DifferingCase): string {
  const source = first.source === "" ? "" : ` (${first.source})`;
  const noted = notes.length === 0 ? "" : ` As a whole: ${displayText(notes.join("; "), 400)}.`;
  return `First difference: ${columnLabel(first)}${source}${placeOf(first)}, at ${momentOf(first)}: ${valuesOf(first, sides)}.${noted}`;
}
