import { expect, test } from "vitest";
import { describePerRun } from "../../../reports/text/per-run.ts";

const run = (label: string, value: number | null) => ({
  label,
  value,
  text: value === null ? "none" : `${value}%`,
});

test("one value, two with their runs, the ends of more", () => {
  expect(describePerRun([run("a", 3)])).toBe("3%");
  expect(describePerRun([run("a", 3), run("b", 3), run("c", 3)])).toBe("3%");
  expect(describePerRun([run("a", 3), run("b", 4)])).toBe("3% under a and 4% under b");
  expect(describePerRun([run("a", 3), run("b", 9), run("c", 1)])).toBe("between 1% under c and 9% under b");
  expect(describePerRun([run("a", 3), run("b", null), run("c", 1)])).toBe(
    "between none under b and 3% under a",
  );
  expect(describePerRun([])).toBe("–");
});
