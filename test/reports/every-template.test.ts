import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REPORT_FORMATS, writeReport } from "../../reports/index.ts";
import { chartsOf, type Report } from "../../reports/templates/report.ts";
import { everyTemplate } from "./every-template.ts";
import { hostileNames } from "./hostile.ts";
import { BROWSER_PATH, launchBrowser, NO_BROWSER, openReport } from "./render/browser.ts";

const TEMPLATES = [
  "consensus",
  "economy",
  "comparison",
  "attack",
  "cases",
  "sweep",
  "search",
  "guarantees",
  "regression",
] as const;

let folder = "";
let reports: Awaited<ReturnType<typeof everyTemplate>>;
const pages = new Map<string, { readonly plain: string; readonly hostile: string }>();
const files = new Map<string, readonly string[]>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yumasim-templates-"));
  reports = await everyTemplate(folder, hostileNames());
  for (const [name, { plain, renamed }] of Object.entries(reports)) {
    const write = async (report: Report, kind: string, formats: typeof REPORT_FORMATS | ["html"]) =>
      await writeReport(report, { formats, outDir: join(folder, "reports", name, kind) });
    const [page] = await write(plain, "plain", ["html"]);
    const all = await write(renamed, "hostile", REPORT_FORMATS);
    files.set(name, all);
    pages.set(name, { plain: page!, hostile: all[0]! });
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The fields of a CSV file (RFC 4180). */
function csvFields(text: string): string[] {
  return Array.from(text.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^,\r\n"]*))/g), ([, quoted, plain]) =>
    quoted === undefined ? plain! : quoted.replaceAll('""', '"'),
  );
}

describe.each(TEMPLATES)("hostile names in the report %s", (name) => {
  const written = async (extension: string): Promise<[string, string][]> => {
    const paths = files.get(name)!.filter((path) => path.endsWith(extension));
    return await Promise.all(
      paths.map(async (path): Promise<[string, string]> => [basename(path), await readFile(path, "utf8")]),
    );
  };

  test("are in it", async () => {
    const [[, html]] = (await written(".html")) as [[string, string]];
    expect(html).toContain("&lt;/script&gt;");
  });

  test("make no markup in the page", async () => {
    const scripts = async (path: string): Promise<string[]> =>
      Array.from((await readFile(path, "utf8")).matchAll(/<script\b[^>]*>/g), ([tag]) =>
        tag.replace(/id="[a-z0-9-]*-csv"/, "id"),
      );
    const { plain, hostile } = pages.get(name)!;
    expect(await scripts(hostile)).toEqual(await scripts(plain));
    const html = (await readFile(hostile, "utf8")).replace(/<script\b[\s\S]*?<\/script>/g, "");
    expect(html).not.toMatch(/<(?:img|iframe|object|embed|base|form|svg onload)/i);
    expect(html).not.toMatch(/<[a-z]+\b[^<>"]*(?:"[^"]*"[^<>"]*)*\son[a-z]+=/i);
    expect(html).not.toMatch(/\b(?:href|src)="(?!#)/);
  });

  test("do not name files or anchors", async () => {
    for (const path of files.get(name)!)
      expect(basename(path)).toMatch(/^[a-z][a-z0-9-]*\.(?:html|md|svg|png|csv|vl\.json)$/);
    const html = (await readFile(pages.get(name)!.hostile, "utf8")).replace(
      /(<script\b[^>]*>)[\s\S]*?<\/script>|<svg[\s\S]*?<\/svg>/g,
      "$1",
    );
    const ids = Array.from(html.matchAll(/\sid="([^"]*)"/g), ([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z][A-Za-z0-9-]*$/);
  });

  // The PNG of each picture was made by a strict XML parser: a broken one would have thrown.
  test("make no markup in the pictures", async () => {
    const pictures = await written(".svg");
    expect(pictures).toHaveLength(chartsOf(reports[name]!.renamed).length);
    for (const [file, svg] of pictures)
      expect(svg, file).not.toMatch(/<(?:script|image|foreignObject|a|use|svg onload)\b|\son[a-z]+="|href=/);
  });

  test("make no expression, link or picture in the specifications", async () => {
    for (const [file, text] of await written(".vl.json")) {
      const members: string[] = [];
      JSON.parse(text, (key, value: unknown) => {
        members.push(key);
        if (key === "expr" || key === "calculate" || key === "filter")
          expect(JSON.stringify(value), file).not.toMatch(/alert|javascript|calc'/);
        return value;
      });
      expect(members, file).not.toContain("href");
      expect(members, file).not.toContain("url");
    }
  });

  test("make no formula in a spreadsheet", async () => {
    const tables = await written(".csv");
    expect(tables.length).toBeGreaterThan(0);
    for (const [file, text] of tables)
      for (const field of csvFields(text))
        if (!/^-?(?:\d|Infinity$)/.test(field)) expect(field, file).not.toMatch(/^[=+\-@\t\r]/);
  });

  test("make no markup in Markdown", async () => {
    const [[, text]] = (await written(".md")) as [[string, string]];
    expect(text).not.toMatch(/<|:\/\/|@/);
    const links = Array.from(text.matchAll(/(?<!\\)\]\(([^)]*)\)/g), ([, target]) => target!);
    expect(links).toEqual((await written(".svg")).map(([file]) => `charts/${file}`));
    // Definitions are there where a text names a measure.
    const headings = text.split("\n").filter((line) => line.startsWith("#") && line !== "## Definitions");
    const { sections, tables } = reports[name]!.renamed;
    expect(headings).toHaveLength(
      3 + sections.length + tables.length + chartsOf(reports[name]!.renamed).length,
    );
    const cells = (line: string): number => line.match(/(?<!\\)\|/g)!.length;
    const rows = text.split("\n").filter((line) => line.startsWith("|"));
    expect(rows).toHaveLength(tables.reduce((sum, { table }) => sum + table.rows.length + 2, 0));
    let at = 0;
    for (const { table } of tables)
      for (let row = 0; row < table.rows.length + 2; row++)
        expect(cells(rows[at++]!)).toBe(table.columns.length + 1);
  });
});

interface Fault {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

describe.skipIf(BROWSER_PATH === null)(
  `every template in a browser${BROWSER_PATH === null ? `: ${NO_BROWSER}` : ""}`,
  () => {
    let browser: Browser;
    let axe = "";
    beforeAll(async () => {
      browser = await launchBrowser();
      axe = await readFile(AXE, "utf8");
    });
    afterAll(async () => {
      await browser.close();
    });

    const views = TEMPLATES.flatMap((name) =>
      [400, 1400].flatMap((width) => (["light", "dark"] as const).map((theme) => ({ name, width, theme }))),
    );

    test.each(views)("$name at $width px, $theme: no message", async ({ name, width, theme }) => {
      const { page, complaints } = await openReport(browser, pages.get(name)!.hostile, { width, theme });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      expect(
        await page.evaluate(
          `[...document.querySelectorAll(".drawing")].filter((one) => one.querySelector("svg") === null).length`,
        ),
      ).toBe(0);
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    test.each(TEMPLATES.flatMap((name) => (["light", "dark"] as const).map((theme) => ({ name, theme }))))(
      "$name, $theme: no fault of accessibility",
      async ({ name, theme }) => {
        const { page } = await openReport(browser, pages.get(name)!.plain, { width: 1400, theme });
        // Details that are closed hide their faults; every cell of a long table would be looked at.
        await page.evaluate(
          `for (const one of document.querySelectorAll("details")) one.open = true;
          for (const one of document.querySelectorAll("tbody tr:nth-child(n + 4)")) one.remove();`,
        );
        await page.evaluate(axe);
        const { violations } = await page.evaluate<{ violations: Fault[] }>(
          `axe.run(document, { resultTypes: ["violations"] })`,
        );
        const faults = violations.map(
          ({ id, impact, nodes }) =>
            `${impact} ${id}: ${nodes[0]!.html.slice(0, 200)} ${nodes[0]!.failureSummary}`,
        );
        expect(faults).toEqual([]);
        await page.context().close();
      },
    );

    test("everything is reached and opened by the keyboard", async () => {
      const { page, complaints } = await openReport(browser, pages.get("consensus")!.plain, {
        width: 1400,
        theme: "light",
      });
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.className")).toBe("skip");
      const wanted = await page.evaluate<number>(
        `document.querySelectorAll("a[href], button, summary, [tabindex='0']").length`,
      );
      const reached = new Set<number>();
      for (let presses = 0; presses <= wanted; presses++) {
        reached.add(
          await page.evaluate<number>(
            `[...document.querySelectorAll("a[href], button, summary, [tabindex='0']")].indexOf(document.activeElement)`,
          ),
        );
        await page.keyboard.press("Tab");
      }
      reached.delete(-1);
      const hidden = await page.evaluate<number>(
        `document.querySelectorAll("details:not([open]) :is(a[href], button, [tabindex='0'])").length`,
      );
      expect(reached.size).toBe(wanted - hidden);
      await page.focus(".chart details summary");
      await page.keyboard.press("Enter");
      expect(await page.evaluate("document.activeElement.parentElement.open")).toBe(true);
      await page.focus("#theme");
      await page.keyboard.press("Space");
      expect(await page.evaluate("document.documentElement.dataset.drawn")).toBe("dark");
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  },
);
