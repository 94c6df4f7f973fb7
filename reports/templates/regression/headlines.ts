import type { Difference, ShownValue } from "../../../sim/trace/index.ts";
import {
  columnLabel,
  type ComparedCase,
  type DifferingCase,
  differs,
  formatPart,
  knowledgeOf,
  unitOf,
} from "../../data/regression.ts";
import { countOf, formatCount, joinWords } from "../../text/format.ts";
import { displayText } from "../../text/labels.ts";
import type { Headline } from "../report.ts";
import { moves } from "./tables.ts";

/** At most this many names stand in a sentence. */
const MOST_NAMES = 4;

/** What a check found, in five figures. */
export function checkHeadlines(cases: readonly ComparedCase[]): Headline[] {
  return [
    verdictHeadline(cases),
    firstHeadline(cases),
    spreadHeadline(cases),
    expectationsHeadline(cases),
    updateHeadline(cases),
  ];
}

/** What the comparison of two runs found, in five figures. */
export function differenceHeadlines(one: ComparedCase): Headline[] {
  return [
    runsHeadline(one),
    firstHeadline([one]),
    spreadHeadline([one]),
    sizeHeadline(one),
    notesHeadline(one),
  ];
}

function verdictHeadline(cases: readonly ComparedCase[]): Headline {
  const odd = cases.filter(({ passed }) => !passed);
  const compared = cases.flatMap(({ comparison }) => comparison?.tables ?? []);
  const tolerated = compared.filter(({ same, exact }) => same && !exact).length;
  const rows = compared.reduce((sum, table) => sum + table.rows, 0);
  const updated = cases.filter(({ check }) => check?.updated === true);
  const equal = `${countOf(rows, "row")} of ${countOf(compared.length, "table")}`;
  const sentence =
    odd.length > 0
      ? `${namesOf(odd)} ${odd.length === 1 ? "is" : "are"} not as expected${cases.length > odd.length ? `; ${namesOf(cases.filter(({ passed }) => passed))} ${cases.length - odd.length === 1 ? "is" : "are"}` : ""}.`
      : updated.length > 0
        ? `New baselines were written for ${namesOf(updated)}.`
        : tolerated > 0
          ? `Everything is as the baselines have it: ${equal} are equal, those of ${countOf(tolerated, "table")} within the tolerances of their scenarios.`
          : `Everything is as the baselines have it: ${equal} are equal to the last bit.`;
  return {
    figure: `${formatCount(cases.length - odd.length)} of ${formatCount(cases.length)}`,
    label: "scenarios as expected",
    sentence,
    definition:
      "A scenario is as expected when every value of every table is as its baseline has it, within the tolerances that it names, and all of its expectations hold.",
  };
}

function runsHeadline({ comparison, label }: ComparedCase): Headline {
  const tables = comparison?.tables ?? [];
  const different = tables.filter(({ same }) => !same);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return {
    figure: comparison?.same === true ? "equal" : "different",
    label: `${countOf(rows, "row")} of ${countOf(tables.length, "table")}`,
    sentence:
      comparison?.same === true
        ? `${label} are equal in every value of every table.`
        : `${label} differ in ${different.length} of ${countOf(tables.length, "table")}: ${namesIn(different.map(({ table }) => table))}.`,
    definition: "Every value of every column of both runs, bit for bit.",
  };
}

/** The column in which most cases part first; of those, the first case. */
function firstHeadline(cases: readonly ComparedCase[]): Headline {
  const differing = cases.filter(differs);
  const definition =
    "The earliest block with a difference; inside the block, the column that the protocol computes first, so that a change of the consensus is not shown as one of the emission that follows from it.";
  const noted = cases.filter(({ comparison }) => (comparison?.notes.length ?? 0) > 0);
  const chosen = mostFrequent(differing);
  if (chosen === null)
    return {
      figure: "none",
      label: "no value differs",
      sentence:
        noted.length === 0
          ? "There is no first difference: no value differs."
          : `There is no first difference in values; what sets the runs apart as a whole: ${displayText(noted[0]!.comparison!.notes.join("; "), 200)}.`,
      definition,
    };
  const { first } = chosen.comparison;
  const alike = differing.filter(({ comparison }) => columnLabel(comparison.first) === columnLabel(first));
  const which =
    differing.length < 2
      ? ""
      : ` ${countOf(alike.length, "scenario")} of the ${differing.length} that differ ${alike.length === 1 ? "parts" : "part"} first here.`;
  return {
    figure: first.epoch === null ? `block ${first.block}` : `epoch ${first.epoch}`,
    label: `${columnLabel(first)} differs first${first.source === "" ? "" : ` (${first.source})`}`,
    sentence: `${chosen.check === null ? "The runs part" : `${chosen.label} parts`} at ${momentOf(first)}${placeOf(first)}: ${valuesOf(first, chosen.sides)}.${which}`,
    definition,
  };
}

function mostFrequent(cases: readonly DifferingCase[]): DifferingCase | null {
  const counts = new Map<string, number>();
  for (const { comparison } of cases)
    counts.set(columnLabel(comparison.first), (counts.get(columnLabel(comparison.first)) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return cases.find(({ comparison }) => counts.get(columnLabel(comparison.first)) === most) ?? null;
}

/** `block 650, epoch 2`, with the comparison where the run names one. */
export function momentOf({ block, epoch, comparison }: Difference): string {
  const name = comparison === "base" ? "" : `, comparison ${displayText(comparison, 40)}`;
  return `block ${block}${epoch === null ? "" : `, epoch ${epoch}`}${name}`;
}

/** `, netuid 2, uid 3`, as far as it is known. */
export function placeOf({ row }: Difference): string {
  return Object.entries(row ?? {})
    .map(([name, value]) => `, ${name} ${displayText(value, 40)}`)
    .join("");
}

/** Both values, or what is known instead of them. */
export function valuesOf(difference: Difference, [before, after]: readonly [string, string]): string {
  const knowledge = knowledgeOf(difference);
  if (knowledge === "digest")
    return "the baseline keeps only a digest of this column, so that the row and the values are not known; yumasim diff shows them where a run of the version before is at hand";
  if (knowledge === "values")
    return `${before} ${textOf(difference.before)}, ${after} ${textOf(difference.after)}`;
  return difference.before === null
    ? `only ${after} has ${difference.after?.decimal ?? "it"}`
    : `only ${before} has ${difference.before.decimal}`;
}

function textOf(value: ShownValue | null): string {
  if (value === null) return "nothing";
  const { decimal, hex } = value;
  return hex === null ? displayText(decimal, 60) : `${decimal} (${hex})`;
}

function spreadHeadline(cases: readonly ComparedCase[]): Headline {
  const spread = cases.flatMap(({ comparison }) => comparison?.spread ?? []);
  const columns = new Set(spread.map(columnLabel));
  const tables = new Set(spread.map(({ table }) => table));
  const unknown = spread.filter(({ rows }) => rows === null);
  const digests = new Set(unknown.map(columnLabel)).size;
  const rows = spread.reduce((sum, one) => sum + (one.rows ?? 0), 0);
  const known =
    unknown.length === spread.length
      ? "how many values is not known, since the baselines keep only digests of them"
      : `${countOf(rows, "value")} in all${digests > 0 ? `, beside those of ${countOf(digests, "column")} known by digests only` : ""}`;
  return {
    figure: formatCount(columns.size),
    label: columns.size === 1 ? "column differs" : "columns differ",
    sentence:
      spread.length === 0
        ? "Nothing spreads: there is no difference."
        : `The differences reach ${countOf(columns.size, "column")} of ${countOf(tables.size, "table")} (${namesIn([...tables])}): ${known}.`,
    definition: "Columns with a difference in any block, over everything that was compared.",
  };
}

function sizeHeadline({ comparison }: ComparedCase): Headline {
  const definition =
    "Over all columns of numbers and all blocks: the difference as a part of the larger of the two values.";
  const points = (comparison?.spread ?? []).flatMap((spread) =>
    spread.course.flatMap((point) =>
      point.relative === null ? [] : [{ spread, point, relative: point.relative }],
    ),
  );
  const [start] = points;
  if (start === undefined)
    return { figure: "none", label: "largest difference", sentence: "No number differs.", definition };
  const { spread, point, relative } = points.reduce((most, one) =>
    one.relative > most.relative ? one : most,
  );
  const unit = unitOf(spread.table, spread.column);
  return {
    figure: formatPart(relative),
    label: "largest difference, of the larger value",
    sentence: `The largest difference in its own measure is that of ${columnLabel(spread)} in block ${point.firstBlock}: ${point.largest ?? ""}${unit === "" ? "" : ` ${unit}`}.`,
    definition,
  };
}

function notesHeadline({ comparison }: ComparedCase): Headline {
  const notes = comparison?.notes ?? [];
  return {
    figure: formatCount(notes.length),
    label: notes.length === 1 ? "thing sets the runs apart" : "things set the runs apart",
    sentence:
      notes.length === 0
        ? "Scenario, seed, versions and input files of both runs are the same."
        : `Beside their values: ${displayText(notes.join("; "), 400)}.`,
    definition:
      "What two runs are told apart by before any table is looked at: scenario, seed, protocol, arithmetic, versions, input files, number of epochs, tables.",
  };
}

function expectationsHeadline(cases: readonly ComparedCase[]): Headline {
  const all = cases.flatMap(({ label, check }) =>
    (check?.expectations ?? []).map((expectation) => ({ label, ...expectation })),
  );
  const missed = all.filter(({ met }) => !met);
  const [worst] = missed;
  return {
    figure: `${formatCount(missed.length)} of ${formatCount(all.length)}`,
    label: "expectations missed",
    sentence:
      all.length === 0
        ? "No scenario says under expect: what must hold."
        : worst === undefined
          ? `All of ${countOf(all.length, "expectation")} hold.`
          : `${worst.label} expects ${displayText(worst.metric, 60)} ${worst.operator} ${worst.value} and finds ${Number.isNaN(worst.found) ? "no number" : worst.found}${missed.length > 1 ? `; ${countOf(missed.length - 1, "other is", "others are")} missed, too` : ""}.`,
    definition:
      "What scenarios say under expect: must hold at the end of the run, whatever the baseline says.",
  };
}

function updateHeadline(cases: readonly ComparedCase[]): Headline {
  const written = cases.some(({ check }) => check?.updated === true);
  const moved = cases.filter(moves);
  const columns = new Set(moved.flatMap(({ comparison }) => (comparison?.spread ?? []).map(columnLabel)));
  return {
    figure: countOf(moved.length, "baseline"),
    label: written ? "moved by --update" : "that --update would move",
    sentence:
      moved.length === 0
        ? "An update would move nothing."
        : `${written ? "The update moved" : "An update would move"} ${namesOf(moved)}: ${columns.size === 0 ? "no values of columns, only what the baselines say of their runs or lets tolerances pass" : countOf(columns.size, "column")}.`,
    definition: "Baselines whose file is another one afterwards, and the columns whose values move in them.",
  };
}

const namesOf = (cases: readonly ComparedCase[]): string => namesIn(cases.map(({ label }) => label));

function namesIn(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return joinWords(rest > 0 ? [...names.slice(0, MOST_NAMES), countOf(rest, "other")] : names);
}
