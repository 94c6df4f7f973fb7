import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { themeOf } from "../../../reports/charts/theme.ts";
import { chartForExport } from "../../../reports/render/compose.ts";
import { renderPng } from "../../../reports/render/png.ts";
import { renderSvg } from "../../../reports/render/svg.ts";
import { chartsOf } from "../../../reports/templates/report.ts";
import { exampleReport } from "../example-report.ts";
import { settled } from "../settled.ts";

describe("pictures", () => {
  test("the drawing of every chart is the one that was looked at", async () => {
    const charts = chartsOf(await exampleReport());
    expect(charts.length).toBeGreaterThanOrEqual(10);
    for (const chart of charts) {
      const svg = await renderSvg(chartForExport(chart, themeOf("light", "export")));
      await expect(settled(svg)).toMatchFileSnapshot(`snapshots/${chart.id}.svg`);
    }
  });

  test("the same bytes each time, as SVG and as PNG", async () => {
    const [chart] = chartsOf(await exampleReport());
    const spec = chartForExport(chart!, themeOf("light", "export"));
    const [first, second] = [await renderSvg(spec), await renderSvg(spec)];
    expect(settled(second)).toBe(settled(first));
    const digests = [await renderPng(first), await renderPng(first)].map((png) =>
      createHash("sha256").update(png).digest("hex"),
    );
    expect(digests[1]).toBe(digests[0]);
  });

  test("a PNG has the size of its SVG, twice over, and a background", async () => {
    const [chart] = chartsOf(await exampleReport());
    const svg = await renderSvg(chartForExport(chart!, themeOf("light", "export")));
    const png = Buffer.from(await renderPng(svg));
    const width = Number(/width="(\d+)"/.exec(svg)![1]);
    expect(png.toString("latin1", 1, 4)).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(2 * width);
    expect(svg).toMatch(/fill="#ffffff"/);
  });

  test("a chart that the compiler warns about is an error", async () => {
    await expect(
      renderSvg({
        data: { values: [{ a: 1 }] },
        mark: "bar",
        encoding: { x: { field: "a", type: "quantitative" }, shape: { field: "a", type: "nominal" } },
      }),
    ).rejects.toThrow("chart: ");
  });
});
