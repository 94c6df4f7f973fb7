import { expect, test } from "vitest";
import { numberColumn, tableToCsv, textColumn } from "../../../reports/data/table.ts";

test("CSV quotes what it must and lets no name be a formula", () => {
  const table = {
    columns: [textColumn("hotkey", "Hotkey"), numberColumn("alpha", "Alpha")],
    rows: [
      ['a "b", c', "18446744073.709551615"],
      ["=1+1", -2],
      ["two\nlines", null],
      ["-x", 0.1],
    ],
  };
  expect(tableToCsv(table)).toBe(
    'hotkey,alpha\r\n"a ""b"", c",18446744073.709551615\r\n\'=1+1,-2\r\n"two\nlines",\r\n\'-x,0.1\r\n',
  );
});
