import { describe, expect, test } from "vitest";
import { textWidth, wrapText } from "../../../reports/text/font.ts";

describe("the bundled font", () => {
  test("advances are those of the font's tables", () => {
    // DejaVu Sans has 2048 units per em; "i" advances 569 of them, "m" 1995, a digit 1303.
    expect(textWidth("i", 2048)).toBe(569);
    expect(textWidth("m", 2048)).toBe(1995);
    expect(textWidth("0123456789", 2048)).toBe(13_030);
    expect(textWidth("validators", 11)).toBeGreaterThan(textWidth("iiiiiiiiii", 11) * 1.7);
  });

  test("bold is wider; a missing letter has the width of the mark for it", () => {
    expect(textWidth("Gini", 12, "bold")).toBeGreaterThan(textWidth("Gini", 12));
    expect(textWidth("\u{10fffd}", 2048)).toBeGreaterThan(0);
  });
});

describe("wrapping", () => {
  test("as few lines as needed, of about the same length", () => {
    const text =
      "leader-0 starts with 35.5% of dividends and ends with 35.2% under one rule and 35% under two";
    const lines = wrapText(text, 16, 500);
    expect(lines.join(" ")).toBe(text);
    const widths = lines.map((line) => textWidth(line, 16));
    expect(Math.max(...widths)).toBeLessThanOrEqual(500);
    expect(Math.min(...widths)).toBeGreaterThan(0.6 * Math.max(...widths));
  });

  test("one long word stays whole", () => {
    expect(wrapText("x".repeat(200), 16, 100)).toEqual(["x".repeat(200)]);
  });
});
