import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeReport } from "../../../reports/index.ts";
import { chartsOf, type Report } from "../../../reports/templates/report.ts";
import { exampleTrace, reportAbout } from "../example-economy.ts";
import { BROWSER_PATH, launchBrowser, NO_BROWSER, openReport } from "./browser.ts";

/** Texts and names that try to be more than text, in every place where a scenario can name something of a report. */
const HOSTILE = "</script><img src=x onerror=alert(1)>\u202E javascript:alert(2) '\"`${alert(3)}";

const HOSTILE_REPORT = JSON.stringify({
  text: `${HOSTILE}\n\n${"x".repeat(10_000)}`,
  sections: [
    {
      title: HOSTILE,
      text: HOSTILE,
      charts: [
        { metrics: ["issuance"], title: HOSTILE, text: HOSTILE, unit: HOSTILE },
        { table: "pools", column: "price", by: "netuid", title: "y".repeat(10_000), scale: "log" },
      ],
    },
  ],
});

describe.skipIf(BROWSER_PATH === null)(
  `reports about economies in a browser${BROWSER_PATH === null ? `: ${NO_BROWSER}` : ""}`,
  () => {
    let browser: Browser;
    let folder = "";
    const pages: { readonly file: string; readonly report: Report }[] = [];

    beforeAll(async () => {
      browser = await launchBrowser();
      folder = await mkdtemp(join(tmpdir(), "yumasim-economy-page-"));
      const plain = await exampleTrace(join(folder, "plain"), [
        `title=${JSON.stringify(HOSTILE)}`,
        `description=${JSON.stringify(HOSTILE)}`,
        `report=${HOSTILE_REPORT}`,
      ]);
      const compared = await exampleTrace(join(folder, "compared"), [
        'compare=[{name: one, set: {}}, {name: two, set: {"network.subnets[0].price": 0.5}}]',
      ]);
      for (const [name, report] of [
        ["economy", await reportAbout([plain])],
        ["comparison", await reportAbout([compared])],
      ] as const) {
        const [file] = await writeReport(report, { formats: ["html"], outDir: join(folder, name) });
        pages.push({ file: file!, report });
      }
    });
    afterAll(async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    });

    test.each(
      [400, 1400].flatMap((width) => (["light", "dark"] as const).map((theme) => ({ width, theme }))),
    )("all charts draw and fit, nothing complains: $width px, $theme", async (view) => {
      for (const { file, report } of pages) {
        const { page, complaints } = await openReport(browser, file, view);
        const drawings = await page.evaluate<{ marks: number; over: number }[]>(
          `[...document.querySelectorAll(".drawing")].map((drawing) => ({
          marks: drawing.querySelectorAll("svg path, svg text").length,
          over: (drawing.querySelector("svg")?.getBoundingClientRect().width ?? 0) - drawing.getBoundingClientRect().width,
        }))`,
        );
        expect(drawings).toHaveLength(chartsOf(report).reduce((sum, chart) => sum + chart.panels.length, 0));
        for (const { marks, over } of drawings) {
          expect(marks).toBeGreaterThan(5);
          expect(over).toBeLessThanOrEqual(1);
        }
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(view.width);
        expect(await page.evaluate("document.querySelectorAll('img').length")).toBe(0);
        expect(complaints).toEqual([]);
        await page.context().close();
      }
    });
  },
);
