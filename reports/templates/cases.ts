import { caseSheet } from "../charts/case-sheet.ts";
import { type CaseRun, totalsPerThousand } from "../data/case-run.ts";
import { caseFromTrace } from "../data/case-from-trace.ts";
import { type Cell, numberColumn, textColumn } from "../data/table.ts";
import { countOf, formatNumber, joinWords } from "../text/format.ts";
import { displayProse, displayText } from "../text/labels.ts";
import { definitionsOf } from "./definitions.ts";
import { manifestEntries } from "./manifest.ts";
import type { Headline, ManifestEntry, Report, TableSection } from "./report.ts";
import type { Template } from "./template.ts";

/** The report of cases: small plots of weights, bonds and dividends, a column per formula. */
export const casesTemplate: Template = {
  name: "cases",
  // A scenario asks for it: whether neurons are few enough to look at each is not seen from outside.
  isUsualFor: () => false,
  build: async (runs) => {
    const cases = await Promise.all(runs.map(async ({ trace }) => await caseFromTrace(trace)));
    return casesReport(distinct(cases), manifestEntries(runs.map(({ trace }) => trace)));
  },
};

/** Runs of the same scenario need anchors of their own. */
const distinct = (cases: readonly CaseRun[]): CaseRun[] =>
  cases.map((run, at) =>
    cases.findIndex(({ id }) => id === run.id) < at ? { ...run, id: `${run.id}-${at + 1}` } : run,
  );

/**
 * Everything that there is about cases on one page.
 * @param cases at least one
 */
export function casesReport(cases: readonly CaseRun[], manifest: readonly ManifestEntry[]): Report {
  const [first] = cases as [CaseRun];
  const formulas = [...new Set(cases.flatMap((run) => run.formulas.map(({ name }) => name)))];
  const isOne = cases.length === 1;
  return {
    title: isOne
      ? displayText(first.title)
      : `${countOf(cases.length, "case")} under ${countOf(formulas.length, "formula")}`,
    subtitle: [
      countOf(
        cases.reduce((sum, { epochs, formulas: own }) => sum + epochs * own.length, 0),
        "epoch",
      ),
      joinWords(formulas),
    ].join(" · "),
    description: isOne
      ? displayProse(first.description)
      : "Stories of a few validators and servers, told in stakes and weights: who is paid for being early, who for following, and what bonds make of it.",
    headlines: isOne ? headlinesOf(first) : [],
    sections: cases.map((run) => ({
      id: `section-${run.id}`,
      title: isOne ? "Epoch by epoch" : (/^Case \d+/.exec(run.title)?.[0] ?? displayText(run.title, 40)),
      charts: [
        caseSheet(
          isOne ? { ...run, title: `${joinWords(formulas)} side by side`, description: HOW_TO_READ } : run,
        ),
      ],
    })),
    tables: [totalsTable(cases, formulas)],
    manifest,
    definitions: definitionsOf(["M25"]),
  };
}

const HOW_TO_READ =
  "The horizontal axis of every plot is the epoch. Lines that cover each other are drawn with the first one broadest and lowest. A plot whose values lie far above the others of its row has a scale of its own; bonds always have. Under the name of a formula: total dividends per 1,000 of stake (M25), and what they are above or below those of the base validator.";

/** Per formula: who does best against who does worst. */
function headlinesOf(run: CaseRun): Headline[] {
  return run.formulas.slice(0, 8).map((formula) => {
    const totals = totalsPerThousand(run, formula);
    const [best, worst] = [totals.indexOf(Math.max(...totals)), totals.indexOf(Math.min(...totals))];
    return {
      figure: formatNumber(totals[best]!, 3),
      label: `most per 1,000 under ${formula.name}`,
      sentence:
        best === worst
          ? "All validators get the same."
          : `${run.validators[best]!} gets it, ${run.validators[worst]!} gets ${formatNumber(totals[worst]!, 3)}.`,
      definition:
        "Dividends per 1,000 of stake in all epochs together (M25), of each validator that sets weights.",
    };
  });
}

function totalsTable(cases: readonly CaseRun[], formulas: readonly string[]): TableSection {
  return {
    id: "totals",
    title: "Totals per 1,000 of stake",
    description:
      "Dividends per 1,000 tokens of stake, all epochs together (M25). Equal treatment would give everybody the same.",
    table: {
      columns: [
        textColumn("case", "case"),
        textColumn("validator", "validator"),
        ...formulas.map((name) => numberColumn(name, name, (value) => formatNumber(value, 3))),
      ],
      rows: cases.flatMap((run) => {
        const totals = new Map(
          run.formulas.map((formula) => [formula.name, totalsPerThousand(run, formula)]),
        );
        return run.validators.map((validator, i): Cell[] => [
          displayText(run.title),
          validator,
          ...formulas.map((name) => totals.get(name)?.[i] ?? null),
        ]);
      }),
    },
  };
}
