import { describe, expect, test } from "vitest";
import {
  formatNumber,
  formatPercent,
  formatTokens,
  joinWords,
  raoToDecimal,
} from "../../../reports/text/format.ts";
import { displayText, neuronLabel, neuronLabels } from "../../../reports/text/labels.ts";

describe("numbers", () => {
  test.each([
    [0, "0%"],
    [1, "100%"],
    [0.12345, "12.3%"],
    [0.35, "35%"],
    [0.01234, "1.23%"],
    [0.00001, "under 0.01%"],
    [0.99999, "99.99%"],
    [-0.05, "−5%"],
    [null, "–"],
  ])("%s as a percentage", (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });

  test("rao as tokens", () => {
    expect(raoToDecimal(1n)).toBe("0.000000001");
    expect(raoToDecimal(-1_500_000_000n)).toBe("-1.500000000");
    expect(raoToDecimal(2n ** 64n - 1n)).toBe("18446744073.709551615");
    expect(formatTokens(1_234_567_000_000_000n)).toBe("1,234,567");
    expect(formatTokens(12_345_000_000n)).toBe("12.3");
    expect(formatTokens(1n)).toBe("0.000000001");
    expect(formatTokens(0n)).toBe("0");
  });

  test("grouped digits and lists", () => {
    expect(formatNumber(-1234.5, 1)).toBe("−1,234.5");
    expect(formatNumber(-0.0001, 2)).toBe("0.00");
    expect(formatNumber(null, 2)).toBe("–");
    expect(joinWords(["a", "b", "c"])).toBe("a, b and c");
  });
});

describe("names", () => {
  test("a hotkey address is shown by its uid", () => {
    expect(neuronLabel(17, "5F3sa2TJAWMqDhXG6jhV4N8ko9SxwGy8TpaNS1repo5EYjQX")).toBe("uid 17");
    expect(neuronLabel(3, "validator-3")).toBe("validator-3");
  });

  test("equal names are told apart", () => {
    expect(neuronLabels(["a", "b", "a"])).toEqual(["a (uid 0)", "b", "a (uid 2)"]);
  });

  test("controls and directions go, length is bounded", () => {
    expect(displayText("a\u202Eb\u0000c\nd")).toBe("a b c d");
    expect(displayText("\u200f\u202e")).toBe("(no name)");
    const long = displayText("x".repeat(10_000), 18);
    expect(Array.from(long)).toHaveLength(18);
    expect(displayText("😀".repeat(50), 10)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });
});
