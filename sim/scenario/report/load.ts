import type { ReportSettings } from "../../report-settings.ts";
import { mapping } from "../schema/leaf.ts";
import { REPORT_MEMBER } from "../study/members.ts";
import { readWith } from "../schema/issues.ts";
import { child, type Tree } from "../source/tree.ts";
import { economyReport, type ReportText, subnetReport } from "./schema.ts";

/**
 * What a scenario file says about its report; null where it says nothing.
 * @throws {ScenarioError} with file, line and column of everything that is wrong
 */
export function readReport(tree: Tree): ReportSettings | null {
  const own = child(tree, REPORT_MEMBER);
  if (tree.kind !== "mapping" || own === undefined || (own.kind === "scalar" && own.value === null))
    return null;
  const metrics = child(tree, "metrics");
  const schema =
    child(tree, "network") === undefined
      ? subnetReport
      : economyReport(metrics?.kind === "mapping" ? [...metrics.members.keys()] : []);
  const alone: Tree = {
    ...tree,
    members: new Map([...tree.members].filter(([name]) => name === REPORT_MEMBER)),
  };
  return settingsOf(readWith(mapping({ [REPORT_MEMBER]: schema }), alone)[REPORT_MEMBER]);
}

function settingsOf({ template, text, sections }: ReportText): ReportSettings {
  return {
    template: template ?? null,
    text: text ?? "",
    sections: sections.map((section) => ({
      title: section.title,
      text: section.text ?? "",
      charts: section.charts.map(({ metrics, table, column, by, rows, title, text: about, unit, scale }) => {
        const common = { title: title ?? null, text: about ?? "", unit: unit ?? null, scale };
        return metrics === undefined
          ? {
              ...common,
              kind: "column",
              // The schema asks for both.
              table: table ?? "",
              column: column ?? "",
              by: by ?? null,
              rows: rows ?? null,
            }
          : { ...common, kind: "metrics", metrics };
      }),
    })),
  };
}
