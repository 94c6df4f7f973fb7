import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { CALL_NAMES } from "../../../../sim/chain/calls/dispatch.ts";

const page = readFileSync(new URL("../../../../docs/chain.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/^\| `([^`]+)` +\| (exact|simplified) +\| (.*)\|$/gm)];

it("docs/chain.md names every call of the dispatcher once and no other", () => {
  const sorted = (names: readonly string[]): string[] => [...names].sort((a, b) => (a < b ? -1 : 1));
  expect(sorted(rows.map(([, call]) => call ?? ""))).toEqual(sorted(CALL_NAMES));
});

it("docs/chain.md says what is simplified in a simplified call", () => {
  for (const [, call, state, notes] of rows) {
    if (state === "simplified") expect(notes?.trim(), call).not.toBe("");
  }
});
