import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeReport } from "../../../reports/index.ts";
import { chartsOf, type Report } from "../../../reports/templates/report.ts";
import { EXAMPLE, exampleReport } from "../example-report.ts";
import { BROWSER_PATH, launchBrowser, NO_BROWSER, openReport } from "./browser.ts";

/** Names that try to be more than text. */
const HOSTILE = [
  "</script><script>alert(1)</script>",
  "<img src=x onerror=alert(2)>",
  "javascript:alert(3)",
  `"'\`;alert(4);//`,
  "\u202Eevil\u2066\u200f",
  "=cmd|' /C calc'!A0",
  "${alert(5)}{{alert(6)}}",
  "<!--<script>",
  "back\\slash\\",
  "datum['x'] || alert(7)",
  "line\nbreak\ttab\u0000nul",
  "x".repeat(10_000),
  "😀".repeat(300),
  "",
];

const example = { ...EXAMPLE, epochs: 12 };

let folder = "";
let report: Report;
let plain = "";
let hostile = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yumasim-html-"));
  report = await exampleReport(example);
  const write = async (name: string, content: Report): Promise<string> => {
    const [page] = await writeReport(content, { formats: ["html"], outDir: join(folder, name) });
    return page!;
  };
  plain = await write("plain", report);
  hostile = await write(
    "hostile",
    await exampleReport({
      ...example,
      comparisons: [HOSTILE[0]!, HOSTILE[3]!],
      title: HOSTILE[1]!,
      description: HOSTILE.join(" "),
      // Empty and repeated names too.
      hotkey: (uid) =>
        uid < 2 * HOSTILE.length ? HOSTILE[uid % HOSTILE.length]! : `${HOSTILE[uid % 4]!}${uid}`,
    }),
  );
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("the file", () => {
  test("asks for nothing: no link to a style, a script or a picture elsewhere", async () => {
    const html = await readFile(plain, "utf8");
    expect(html.length).toBeLessThan(8_000_000);
    const markup = html.replace(/<script>[\s\S]*?<\/script>/g, "<script></script>");
    expect(markup).not.toMatch(/<(link|iframe|object|embed|base)\b/i);
    expect(markup).not.toMatch(/\b(src|srcset|action|formaction|data)\s*=\s*["']?(https?:)?\/\//i);
    expect(html).toMatch(/Content-Security-Policy" content="default-src 'none'; script-src 'sha256-/);
    expect(html).not.toContain("unsafe-");
  });

  test("a measure that a text names leads to its definition, whether the template lists it or not", async () => {
    const text = ["Concentration of stake (M5) and a name that is no measure (M999)."];
    const [page] = await writeReport(
      { ...report, text },
      { formats: ["html"], outDir: join(folder, "named") },
    );
    const html = (await readFile(page!, "utf8")).replace(/<script>[\s\S]*?<\/script>/g, "");
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!);
    expect(links).toContain("M5");
    expect(links).not.toContain("M999");
    for (const id of links) expect(html, `#${id}`).toContain(` id="${id}"`);
  });

  test("names stay text", async () => {
    const html = await readFile(hostile, "utf8");
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    const expected = [...(await readFile(plain, "utf8")).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts).toEqual(expected);
    expect(html).not.toContain("<img src=x");
    expect(html).not.toContain("<!--<script>");
  });
});

describe.skipIf(BROWSER_PATH === null)(
  `in a browser${BROWSER_PATH === null ? `: ${NO_BROWSER}` : ""}`,
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(async () => {
      await browser.close();
    });

    const views = [400, 1400].flatMap((width) =>
      (["light", "dark"] as const).map((theme) => ({ width, theme })),
    );

    test.each(views)("all charts draw, nothing complains: $width px, $theme", async (view) => {
      for (const file of [plain, hostile]) {
        const { page, complaints } = await openReport(browser, file, view);
        const drawings = await page.evaluate<{ id: string; marks: number; width: number; room: number }[]>(
          `[...document.querySelectorAll(".drawing")].map((drawing) => ({
          id: drawing.id,
          marks: drawing.querySelectorAll("svg path, svg text").length,
          width: drawing.querySelector("svg")?.getBoundingClientRect().width ?? 0,
          room: drawing.getBoundingClientRect().width,
        }))`,
        );
        expect(drawings).toHaveLength(chartsOf(report).reduce((sum, chart) => sum + chart.panels.length, 0));
        for (const { id, marks, width, room } of drawings) {
          expect(marks, id).toBeGreaterThan(10);
          expect(Math.abs(width - room), `${id}: ${width} in ${room}`).toBeLessThanOrEqual(1.5);
        }
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(view.width);
        const background = await page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
        expect(background).toBe(view.theme === "light" ? "rgb(246, 247, 249)" : "rgb(13, 16, 20)");
        expect(complaints).toEqual([]);
        await page.context().close();
      }
    });

    test("charts follow the width and the theme that the reader changes", async () => {
      const { page, complaints } = await openReport(browser, plain, { width: 1400, theme: "light" });
      const widthOf = `document.querySelector("#validator-trust-panel-0 svg").getBoundingClientRect().width`;
      const before = await page.evaluate<number>(widthOf);
      await page.setViewportSize({ width: 500, height: 900 });
      await page.waitForFunction(`${widthOf} !== ${before}`);
      expect(await page.evaluate<number>(widthOf)).toBeLessThan(before);
      await page.click("#theme");
      expect(await page.evaluate("document.documentElement.dataset.drawn")).toBe("dark");
      await page.emulateMedia({ media: "print" });
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
        "rgb(255, 255, 255)",
      );
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    test("on paper charts are drawn for their place, not shrunk from the screen's", async () => {
      const { page, complaints } = await openReport(browser, plain, { width: 1400, theme: "dark" });
      await page.evaluate(`window.dispatchEvent(new Event("beforeprint"))`);
      await page.emulateMedia({ media: "print" });
      // A4 less the margins of 12 mm.
      await page.setViewportSize({ width: 703, height: 1000 });
      const drawings = await page.evaluate<{ id: string; scale: number }[]>(`
        [...document.querySelectorAll(".drawing")].map((drawing) => {
          const svg = drawing.querySelector("svg");
          return { id: drawing.id, scale: svg.getBoundingClientRect().width / svg.viewBox.baseVal.width };
        })`);
      expect(drawings.length).toBeGreaterThan(3);
      for (const { id, scale } of drawings) {
        expect(scale, id).toBeGreaterThan(0.93);
        expect(scale, id).toBeLessThan(1.07);
      }
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(703);
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    test("a tooltip is text with the figures", async () => {
      const { page, complaints } = await openReport(browser, plain, { width: 1400, theme: "light" });
      const dots = page.locator("#validator-trust-panel-0 svg .mark-symbol path").first();
      await dots.scrollIntoViewIfNeeded();
      await dots.hover();
      await page.waitForFunction(`!document.getElementById("tooltip").hidden`);
      expect(await page.textContent("#tooltip")).toMatch(
        /validator-\d+ \(uid \d+\)\n.*% of its weights stand/,
      );
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    test.each(["csv", "svg", "png", "json"])("the button for %s gives the file", async (format) => {
      const { page, complaints } = await openReport(browser, plain, { width: 1400, theme: "dark" });
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.click(`button[data-chart="dividends-over-time"][data-download="${format}"]`),
      ]);
      const content = await readFile(await download.path());
      const text = content.toString("utf8");
      const expected: Record<string, () => void> = {
        csv: () =>
          expect(text).toMatch(
            /^comparison,epoch,block,uid,hotkey,dividends_ratio\r\nyuma3 off,0,1000,0,validator-0,/,
          ),
        svg: () => expect(text).toMatch(/^<svg [\s\S]*validator-0[\s\S]*<\/svg>$/),
        png: () => expect(content.toString("latin1", 1, 4)).toBe("PNG"),
        json: () =>
          expect((JSON.parse(text) as { datasets: object }).datasets).toHaveProperty("panel0_lines"),
      };
      expected[format]!();
      expect(download.suggestedFilename()).toMatch(/^dividends-over-time\./);
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    test("headings have no gap, every control has a name, all texts have contrast", async () => {
      for (const theme of ["light", "dark"] as const) {
        const { page } = await openReport(browser, plain, { width: 1400, theme });
        const levels = await page.evaluate<number[]>(
          `[...document.querySelectorAll("h1, h2, h3, h4")].map((heading) => Number(heading.tagName[1]))`,
        );
        expect(levels[0]).toBe(1);
        for (let i = 1; i < levels.length; i++) expect(levels[i]! - levels[i - 1]!).toBeLessThanOrEqual(1);
        const unnamed = await page.evaluate<number>(
          `[...document.querySelectorAll("button, a, [role=img], [role=region]")].filter((element) =>
          (element.getAttribute("aria-label") ?? element.textContent).trim() === "").length`,
        );
        expect(unnamed).toBe(0);
        const colors = await page.evaluate<[string, string][]>(
          `[...document.querySelectorAll("h1, h3, .caption, .label, summary, nav a, button, td, .drawing text")].map((element) => {
          const color = element.tagName === "text" ? element.getAttribute("fill") : getComputedStyle(element).color;
          let behind = element;
          while (behind && /rgba\\(0, 0, 0, 0\\)/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
          return [color, getComputedStyle(behind).backgroundColor];
        })`,
        );
        expect(colors.length).toBeGreaterThan(100);
        for (const [color, behind] of colors) {
          if (/^#(ffffff|12161b)$/.test(color)) continue; // Text on a bar, chosen for the bar's own colour.
          expect(contrast(color, behind), `${color} on ${behind}`).toBeGreaterThanOrEqual(4.5);
        }
        await page.context().close();
      }
    });

    test("without scripts the charts are pictures", async () => {
      const { page, complaints } = await openReport(browser, plain, {
        width: 1000,
        theme: "light",
        scripts: false,
      });
      expect(await page.locator("article > svg, article noscript svg").count()).toBeGreaterThanOrEqual(
        chartsOf(report).length,
      );
      expect(await page.locator("#theme").isHidden()).toBe(true);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  },
);

/** Contrast of two colours as WCAG 2 defines it. */
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const channels = color.startsWith("#")
    ? [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16))
    : color.match(/\d+(\.\d+)?/g)!.map(Number);
  const [red, green, blue] = channels.slice(0, 3).map((channel) => {
    const value = channel / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
