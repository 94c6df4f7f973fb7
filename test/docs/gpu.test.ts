import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorRow, sequenceErrors } from "../../bench/gpu-errors.ts";
import { FloatKernel } from "../../kernels/gpu/kernel.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/gpu.md"), "utf8");

/** Cells without the padding of the table. */
const cellsOf = (line: string): string => line.replaceAll(/\s*\|\s*/g, "|").trim();

test.each(["webasm", "cpu"] as const)(
  "the page has the errors over 200 epochs as %s computes them",
  async (backend) => {
    const kernel = await FloatKernel.open(backend);
    const row = errorRow(kernel, "200 epochs", await sequenceErrors(kernel));
    await kernel.close();
    expect(PAGE.split("\n").map(cellsOf)).toContain(cellsOf(row));
  },
);

test("no error on the page is beyond its tolerance", () => {
  const rows = PAGE.split("\n")
    .map((line) => cellsOf(line).split("|"))
    .filter((cells) => cells[2] === "vectors" || cells[2] === "200 epochs");
  expect(rows.length).toBe(6);
  for (const cells of rows) {
    const [incentive, dividends, consensus, trust, bonds] = cells.slice(3, 8).map(Number);
    const [ratio, bond] = cells[2] === "vectors" ? [2e-6, 2e-5] : [1e-4, 1e-4];
    for (const error of [incentive, dividends, consensus, trust]) expect(error).toBeLessThanOrEqual(ratio);
    expect(bonds).toBeLessThanOrEqual(bond);
  }
});
